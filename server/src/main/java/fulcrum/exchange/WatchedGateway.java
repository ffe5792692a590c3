package fulcrum.exchange;

import fulcrum.call.GatewayRoute;
import fulcrum.sip.BadSip;
import fulcrum.sip.SipClock;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipUri;
import fulcrum.sip.Turn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// One gateway while its resource is on: asks it now and then whether it is there, and keeps our registration with it.
/// All of it happens in the gateway's turn; nothing here blocks.
final class WatchedGateway {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedGateway.class);

    private final String id;
    private final String name;
    private final JsonNode gateway;
    private final Messenger messenger;
    private final SipClock clock;
    private final Turn turn = new Turn();
    private final GatewayProbe probe = new GatewayProbe();
    private final Optional<GatewayRegistration> registration;
    private final String probeCallId;
    private final String probeTag;
    private Optional<SipClock.Alarm> nextProbe = Optional.empty();
    private Optional<SipClock.Alarm> nextRegister = Optional.empty();
    private long sequence;
    private boolean isStopped;
    private volatile boolean isOut;
    private volatile boolean isRegistered;

    /// @param name of the resource, for the log
    WatchedGateway(String id, String name, JsonNode gateway, Messenger messenger, SipClock clock) {
        this.id = id;
        this.name = name;
        this.gateway = gateway;
        this.messenger = messenger;
        this.clock = clock;
        this.probeCallId = messenger.token();
        this.probeTag = messenger.token();
        this.registration =
                GatewayRegistration.isWanted(gateway)
                        ? Optional.of(
                                new GatewayRegistration(
                                        gateway, messenger.token(), messenger.token()))
                        : Optional.empty();
    }

    String id() {
        return id;
    }

    JsonNode gateway() {
        return gateway;
    }

    /// Whether calls should go elsewhere.
    boolean isOut() {
        return isOut;
    }

    boolean wantsRegistration() {
        return registration.isPresent();
    }

    boolean isRegistered() {
        return isRegistered;
    }

    void start() {
        turn.run(
                () -> {
                    ping();
                    registration.ifPresent(own -> register(own, own.request()));
                });
    }

    /// Stops asking, and ends the registration.
    void stop() {
        turn.run(
                () -> {
                    isStopped = true;
                    nextProbe.ifPresent(SipClock.Alarm::cancel);
                    nextRegister.ifPresent(SipClock.Alarm::cancel);
                    registration
                            .filter(GatewayRegistration::isRegistered)
                            .ifPresent(own -> register(own, own.farewell()));
                });
    }

    private void ping() {
        Optional<SipRequest> options = options();
        if (isStopped || options.isEmpty()) {
            return;
        }
        messenger.send(options.get(), "", answer -> turn.run(() -> pinged(answer)));
    }

    private Optional<SipRequest> options() {
        String place = GatewayRoute.place(gateway);
        if (place.isEmpty() || place.startsWith(":")) {
            return Optional.empty(); // it has only a route
        }
        try {
            SipUri target = SipUri.parse("sip:" + place);
            String user = gateway.path("username").asString("fulcrum");
            String self = "<sip:" + SipUri.of(user, target.host(), 0).user() + "@" + target.host();
            return Optional.of(
                    SipRequest.of("OPTIONS", target)
                            .with("Max-Forwards", "70")
                            .with("From", self + ">;tag=" + probeTag)
                            .with("To", "<" + target + ">")
                            .with("Call-ID", probeCallId)
                            .with("CSeq", ++sequence + " OPTIONS")
                            .with("Accept", "application/sdp"));
        } catch (BadSip bad) {
            LOG.warn("gateway {} of {}: {}", place, name, bad.getMessage());
            return Optional.empty();
        }
    }

    private void pinged(SipResponse answer) {
        if (isStopped) {
            return;
        }
        boolean changed = probe.answered(answer.status());
        isOut = probe.isOut();
        if (changed && isOut) {
            LOG.warn(
                    "gateway {} of {} does not answer: calls go elsewhere until it does",
                    GatewayRoute.place(gateway),
                    name);
        } else if (changed) {
            LOG.info("gateway {} of {} is back", GatewayRoute.place(gateway), name);
        }
        nextProbe = later(probe.next(), this::ping);
    }

    private Optional<SipClock.Alarm> later(Duration pause, Runnable work) {
        return Optional.of(clock.schedule(pause.toMillis(), () -> turn.run(work)));
    }

    private void register(GatewayRegistration own, SipRequest request) {
        Consumer<SipResponse> answer =
                response -> turn.run(() -> registered(own, request, response));
        messenger.send(request, own.contactUser(), answer);
    }

    private void registered(GatewayRegistration own, SipRequest request, SipResponse response) {
        boolean before = own.isRegistered();
        switch (own.answered(request, response, messenger.token())) {
            case GatewayRegistration.Then.Send send -> register(own, send.request());
            case GatewayRegistration.Then.Wait wait -> {
                isRegistered = own.isRegistered();
                if (isRegistered != before) {
                    String how = isRegistered ? "registered" : "not registered: " + own.problem();
                    LOG.info("gateway {} of {}: {}", GatewayRoute.place(gateway), name, how);
                } else if (!isRegistered && !isStopped) {
                    LOG.warn(
                            "gateway {} of {}: not registered: {}; asked again in {}",
                            GatewayRoute.place(gateway),
                            name,
                            own.problem(),
                            wait.pause());
                }
                if (!isStopped) {
                    nextRegister = later(wait.pause(), () -> again(own));
                }
            }
        }
    }

    private void again(GatewayRegistration own) {
        if (!isStopped) {
            register(own, own.request());
        }
    }
}
