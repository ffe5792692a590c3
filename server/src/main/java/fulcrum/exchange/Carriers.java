package fulcrum.exchange;

import fulcrum.call.Answer;
import fulcrum.call.GatewayRoute;
import fulcrum.call.LegCard;
import fulcrum.call.OutboundAsk;
import fulcrum.call.TollGuard;
import fulcrum.directory.CarrierChoice;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.LookUps;
import fulcrum.directory.OutboundLimits;
import fulcrum.sip.SipClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntUnaryOperator;

/// The carriers as this server finds them: which gateways are there, our registrations with them, and who may go out.
///
/// Every gateway of every resource that is on is asked now and then with OPTIONS ([GatewayProbe]); one with `register`
/// is registered with ([GatewayRegistration]). The table is made anew on a thread of `workers` when a resource changed.
/// For use by many threads.
public final class Carriers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

    private final Directory directory;
    private final Messenger messenger;
    private final SipClock clock;
    private final Executor workers;
    private final TollGuard guard = new TollGuard();
    private final Map<String, WatchedGateway> gateways = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Carriers(Directory directory, Messenger messenger, SipClock clock, Executor workers) {
        this.directory = directory;
        this.messenger = messenger;
        this.clock = clock;
        this.workers = workers;
    }

    /// Begins to watch; the stack is running.
    void start() {
        changed("resource");
    }

    /// A document of this type was changed; an empty type is any.
    void changed(String type) {
        if (type.equals("resource") || type.equals("account") || type.isEmpty()) {
            try {
                workers.execute(this::read);
            } catch (RejectedExecutionException full) {
                clock.schedule(1000, () -> changed(type));
            }
        }
    }

    private synchronized void read() {
        if (closed) {
            return;
        }
        Map<String, WatchedGateway> wanted = new HashMap<>();
        try {
            for (Document account : directory.accounts()) {
                for (Document resource : directory.all(account.accountId(), "resource")) {
                    add(wanted, resource);
                }
            }
        } catch (DirectoryFailed failed) {
            LOG.error("the gateways could not be read; the old ones stay watched", failed);
            return;
        }
        Set<String> gone = new HashSet<>(gateways.keySet());
        gone.removeAll(wanted.keySet());
        gone.forEach(id -> stop(gateways.remove(id)));
        wanted.forEach(this::watch);
    }

    private static void stop(@org.jspecify.annotations.Nullable WatchedGateway gateway) {
        if (gateway != null) {
            gateway.stop();
        }
    }

    /// One that is the same as before stays as it is.
    private void watch(String id, WatchedGateway gateway) {
        WatchedGateway before = gateways.get(id);
        if (before == null || !before.gateway().equals(gateway.gateway())) {
            stop(before);
            gateways.put(id, gateway);
            gateway.start();
        }
    }

    private void add(Map<String, WatchedGateway> wanted, Document resource) {
        for (JsonNode gateway : resource.at("gateways").orElseGet(Json::object)) {
            boolean isSip = Json.text(gateway, "endpoint_type").orElse("sip").equals("sip");
            if (isSip && !isOff(resource.body()) && !isOff(gateway)) {
                String id = GatewayRoute.gatewayId(resource, gateway);
                String name = resource.text("name").orElse(resource.id());
                wanted.put(id, new WatchedGateway(id, name, gateway, messenger, clock));
            }
        }
    }

    private static boolean isOff(JsonNode node) {
        return Json.text(node, "enabled").filter("false"::equals).isPresent();
    }

    /// The gateways that a number may go out through, without those that are out; when all are, all the same: trying
    /// costs nothing, and they may be back.
    Answer.Gateways gateways(CarrierWish wish, LookUps documents, IntUnaryOperator dice) {
        CarrierChoice.Result chosen = CarrierChoice.of(wish, documents, dice);
        List<GatewayRoute> all = chosen.gateways().stream().map(GatewayRoute::of).toList();
        List<GatewayRoute> there = all.stream().filter(route -> !isOut(route.gatewayId())).toList();
        return new Answer.Gateways(there.isEmpty() ? all : there, chosen.why());
    }

    private boolean isOut(String gatewayId) {
        WatchedGateway gateway = gateways.get(gatewayId);
        return gateway != null && gateway.isOut();
    }

    /// @param legs the live legs of the account
    Answer.Outbound mayGoOut(
            OutboundAsk ask, LookUps documents, List<LegCard> legs, Clock wallClock) {
        OutboundLimits limits = OutboundLimits.of(documents, ask.accountId());
        return guard.ask(ask, limits, legs, wallClock.instant());
    }

    void left(String accountId, String callId) {
        guard.leave(accountId, callId);
    }

    /// How many gateways are watched.
    public int watched() {
        return gateways.size();
    }

    /// How many gateways do not answer.
    public int out() {
        return (int) gateways.values().stream().filter(WatchedGateway::isOut).count();
    }

    /// How many gateways should know us and do not.
    public int unregistered() {
        return (int)
                gateways.values().stream()
                        .filter(WatchedGateway::wantsRegistration)
                        .filter(gateway -> !gateway.isRegistered())
                        .count();
    }

    /// Ends the registrations; does not wait for answers.
    @Override
    public synchronized void close() {
        closed = true;
        gateways.values().forEach(WatchedGateway::stop);
        gateways.clear();
    }
}
