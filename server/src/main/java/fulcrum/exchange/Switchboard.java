package fulcrum.exchange;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.CallRun;
import fulcrum.call.Calls;
import fulcrum.call.HangupCause;
import fulcrum.call.Journal;
import fulcrum.call.LegCard;
import fulcrum.call.LegState;
import fulcrum.call.Value;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// Takes calls and registrations in: makes an invitation into a leg and starts the call that owns it.
///
/// 1. [#admit] decides, on a transport thread and without keeping anything.
/// 2. [#invited] makes the leg, its inbox and its call, and starts the call's thread.
/// 3. The call's thread carries out `body`, normally a flow; [CallRun] sees to its end.
/// 4. [#drain] refuses new calls from then on.
public final class Switchboard implements SipApplication {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
    private static final String RETRY_AFTER_SECONDS = "30";

    private final Doorkeeper doorkeeper;
    private final Arrival arrival;
    private final Registrar registrar;
    private final LegWorld legWorld;
    private final LiveWorld world;
    private final Consumer<Call> body;
    private final Function<CallFacts, Journal> journals;
    private final AtomicLong begun = new AtomicLong();
    private volatile boolean draining;

    Switchboard(
            Doorkeeper doorkeeper,
            Arrival arrival,
            Registrar registrar,
            LegWorld legWorld,
            LiveWorld world,
            Consumer<Call> body,
            Function<CallFacts, Journal> journals) {
        this.doorkeeper = doorkeeper;
        this.arrival = arrival;
        this.registrar = registrar;
        this.legWorld = legWorld;
        this.world = world;
        this.body = body;
        this.journals = journals;
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        if (draining && request.method().equals("INVITE")) {
            return new Admission.Refused(
                    503, "Service Unavailable", Map.of("Retry-After", RETRY_AFTER_SECONDS));
        }
        return doorkeeper.decide(request, from);
    }

    @Override
    public void requested(IncomingRequest incoming) {
        Optional<Peer> peer = doorkeeper.peer(incoming.request(), incoming.connection());
        String method = incoming.request().method();
        if (method.equals("REGISTER") && peer.orElse(null) instanceof Peer.Device device) {
            registrar.register(incoming, device);
        } else if (method.equals("SUBSCRIBE")) {
            incoming.respond(489, "Bad Event", Map.of());
        } else {
            incoming.respond(403, "Forbidden", Map.of());
        }
    }

    @Override
    public void invited(Invitation invitation) {
        Optional<Peer> peer = doorkeeper.peer(invitation.request(), invitation.connection());
        Optional<CallFacts> facts = peer.flatMap(who -> arrival.facts(invitation.request(), who));
        boolean speaks =
                invitation.offer().isEmpty()
                        || Negotiation.answer(invitation.offer().get(), "0.0.0.0", 9).isPresent();
        if (facts.isEmpty()) {
            LOG.info(
                    "call {} refused: nobody has the number {}",
                    invitation.request().callId(),
                    invitation.request().uri().user());
            refuse(invitation, 404, "Not Found");
        } else if (!speaks) {
            refuse(invitation, 488, "Not Acceptable Here");
        } else if (legWorld.calls().leg(facts.get().callId()).isPresent()) {
            refuse(invitation, 482, "Call-ID In Use"); // a leg's name must be its own
        } else {
            begin(invitation, facts.get());
        }
    }

    private static void refuse(Invitation invitation, int status, String reason) {
        invitation.listen(event -> {});
        invitation.reject(status, reason, Map.of());
    }

    private void begin(Invitation invitation, CallFacts facts) {
        Instant now = legWorld.clock().instant();
        LiveInbox inbox = new LiveInbox(legWorld.clock(), () -> overflowed(facts.callId()));
        SipLeg leg = new SipLeg(legWorld, Line.incoming(invitation), card(facts, now));
        String callId = facts.callId();
        LiveCalls calls = legWorld.calls();
        calls.opened(callId, inbox);
        calls.seated(leg, callId);
        begun.incrementAndGet();
        invitation.listen(leg);
        Call call = new Call(facts, leg, world, inbox, journals.apply(facts), now);
        Thread.ofVirtual()
                .name("call-" + callId)
                .start(
                        () -> {
                            try {
                                CallRun.run(call, body);
                            } finally {
                                calls.closed(callId);
                                legWorld.recordings().forget(leg.audio().recorded());
                            }
                        });
    }

    private static LegCard card(CallFacts facts, Instant now) {
        return new LegCard(
                facts.callId(),
                facts.callId(),
                facts.accountId(),
                "inbound",
                LegState.NEW,
                facts.caller().name(),
                facts.caller().number(),
                facts.request().user(),
                facts.callId(),
                facts.authorizingId(),
                facts.authorizingType(),
                facts.ownerIds(),
                "",
                now,
                Optional.empty());
    }

    /// A call that does not read its inbox is ended from outside: its leg is told to go, and reports that.
    private void overflowed(String callId) {
        LOG.error("call {} does not keep up with what it is told, and is ended", callId);
        legWorld.calls().abandon(callId);
    }

    /// Ends calls that have not looked into their inbox for so long, and legs that no call owns any more.
    void watch(Duration patience) {
        Instant since = legWorld.clock().instant().minus(patience);
        for (String callId : legWorld.calls().stuckSince(since)) {
            LOG.error(
                    "call {} has been busy for {} without waiting, and is ended", callId, patience);
            legWorld.calls().abandon(callId);
        }
        legWorld.calls().hangUpOrphans();
        registrar.sweep();
    }

    /// The live calls and legs.
    public Calls calls() {
        return legWorld.calls();
    }

    /// How many calls are running now.
    public int callCount() {
        return legWorld.calls().callCount();
    }

    /// How many legs there are now.
    public int legCount() {
        return legWorld.calls().legCount();
    }

    /// How many calls have begun since the start.
    public long begun() {
        return begun.get();
    }

    /// Refuses new calls from now on; running ones go on.
    public void drain() {
        draining = true;
    }

    /// Asks every call to end.
    public void hangUpAll() {
        for (LegCard card : legWorld.calls().cards()) {
            legWorld.calls()
                    .postToOwner(
                            card.legId(),
                            new Value.HangupAsked(card.legId(), HangupCause.NORMAL_CLEARING));
        }
    }
}
