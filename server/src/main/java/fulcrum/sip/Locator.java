package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Finds the flows to next hops. A host that is a name is looked up on a thread of its own; places that have just
/// failed come last for a while (RFC 3263 §4.3 leaves to the client how long). For use by many threads.
final class Locator {
    /// So long a place that failed is tried after all others.
    static final long SHUNNED_MILLIS = 60_000;

    private final ServerFinder finder;
    private final Flows flows;
    private final OwnAddresses addresses;
    private final LongSupplier nowMillis;
    private final Map<Place, Long> shunned = new ConcurrentHashMap<>();

    Locator(ServerFinder finder, Flows flows, OwnAddresses addresses, LongSupplier nowMillis) {
        this.finder = finder;
        this.flows = flows;
        this.addresses = addresses;
        this.nowMillis = nowMillis;
    }

    /// Finds the places to try, and goes on with them in the turn; none when there is no way.
    void find(SipUri hop, Turn turn, Consumer<List<Place>> then) {
        if (ServerFinder.isLiteral(ServerFinder.bare(hop.host()))) {
            then.accept(finder.find(hop));
            return;
        }
        Thread.ofVirtual()
                .name("sip-dns")
                .start(
                        () -> {
                            List<Place> found = sorted(finder.find(hop));
                            turn.run(() -> then.accept(found));
                        });
    }

    private List<Place> sorted(List<Place> places) {
        long now = nowMillis.getAsLong();
        shunned.values().removeIf(until -> until <= now);
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort(
                (one, other) ->
                        Boolean.compare(shunned.containsKey(one), shunned.containsKey(other)));
        return sorted;
    }

    /// Nobody was there, or it is out of order.
    void shun(Place place) {
        shunned.put(place, nowMillis.getAsLong() + SHUNNED_MILLIS);
    }

    /// A flow to a place, a running one if there is one.
    Connection toward(Place place) {
        return flows.toward(place.protocol(), place.address());
    }

    /// Finds the flow to the next hop and goes on with it in the turn: the given flow when it leads there, else one
    /// to the first place there is. Empty when there is no way.
    void reach(
            SipUri hop,
            Optional<Connection> known,
            boolean knownIsNearer,
            Turn turn,
            Consumer<Optional<Connection>> then) {
        boolean isNear = knownIsNearer && ServerFinder.isLiteral(ServerFinder.bare(hop.host()));
        find(hop, turn, places -> then.accept(way(hop, places, known, isNear)));
    }

    private Optional<Connection> way(
            SipUri hop, List<Place> places, Optional<Connection> known, boolean knownIsNearer) {
        Optional<Connection> open = known.filter(Connection::isOpen);
        if (places.isEmpty()) {
            return open;
        }
        Optional<Protocol> wanted = RequestMaker.protocol(hop);
        boolean leads =
                open.filter(flow -> isSecureEnough(flow, wanted))
                        .filter(
                                flow ->
                                        places.stream()
                                                .anyMatch(
                                                        place -> leads(flow, place, knownIsNearer)))
                        .isPresent();
        return leads ? open : Optional.of(toward(places.getFirst()));
    }

    /// What wants TLS does not go in the clear.
    private static boolean isSecureEnough(Connection known, Optional<Protocol> wanted) {
        return wanted.orElse(Protocol.UDP) != Protocol.TLS || known.protocol() == Protocol.TLS;
    }

    /// A flow leads to an address when it goes there, when it is a connection from that host (RFC 5923 in spirit), or
    /// when the address is a private one behind a NAT from which the flow came.
    private boolean leads(Connection known, Place place, boolean knownIsNearer) {
        var there = known.remote();
        if (there.getAddress().equals(place.address().getAddress())) {
            return known.isReliable() || there.getPort() == place.address().getPort();
        }
        return knownIsNearer && addresses.isLocal(place.address().getAddress());
    }
}
