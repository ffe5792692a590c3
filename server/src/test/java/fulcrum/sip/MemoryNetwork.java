package fulcrum.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/// A network of named places on a virtual clock. Messages are carried as bytes, through the same door as those of the
/// real sockets, and take 10 ms unless it is made worse.
final class MemoryNetwork {
    private static final long TRAVEL_MILLIS = 10;

    /// One message on its way.
    record Carried(
            long atMillis,
            InetSocketAddress from,
            InetSocketAddress to,
            SipMessage message,
            boolean isLost) {
        /// Such as `INVITE` or `200 INVITE`.
        String name() {
            return switch (message) {
                case SipRequest request -> request.method();
                case SipResponse response -> response.status() + " " + response.cseq().method();
            };
        }
    }

    private final VirtualClock clock;
    private final Random chance;
    private final Map<InetSocketAddress, Inlet> places = new HashMap<>();
    private final List<Carried> log = new ArrayList<>();
    private Predicate<Carried> loses = _ -> false;
    private double lossRate;
    private double doubleRate;
    private long jitterMillis;

    MemoryNetwork(VirtualClock clock, long seed) {
        this.clock = clock;
        chance = new Random(seed);
    }

    static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    /// Loses, doubles and reorders from now on.
    void worsen(double newLossRate, double newDoubleRate, long newJitterMillis) {
        lossRate = newLossRate;
        doubleRate = newDoubleRate;
        jitterMillis = newJitterMillis;
    }

    /// Loses the messages that a test chooses.
    void lose(Predicate<Carried> which) {
        loses = which;
    }

    /// Loses the next so many messages of that name.
    void loseNext(String name, int count) {
        var left = new int[] {count};
        loses = carried -> carried.name().equals(name) && left[0]-- > 0;
    }

    void heal() {
        loses = _ -> false;
        worsen(0, 0, 0);
    }

    /// Everything that was sent.
    List<Carried> log() {
        return log;
    }

    /// Names of everything that was sent, in order.
    List<String> names() {
        return log.stream().map(Carried::name).toList();
    }

    long count(String name) {
        return log.stream().filter(carried -> carried.name().equals(name)).count();
    }

    /// The last request or response of that name.
    SipMessage last(String name) {
        return log.reversed().stream()
                .filter(carried -> carried.name().equals(name))
                .findFirst()
                .orElseThrow()
                .message();
    }

    /// Makes a place at which messages arrive.
    Flows place(InetSocketAddress at, Protocol protocol, MessageListener listener) {
        places.put(at, new Inlet(listener));
        return new Flows() {
            @Override
            public Connection toward(Protocol wanted, InetSocketAddress remote) {
                return new Way(at, remote, protocol);
            }

            @Override
            public InetSocketAddress listening(Protocol wanted) {
                return at;
            }
        };
    }

    private void carry(byte[] bytes, Way way) {
        var message = SipParser.parse(bytes.clone(), bytes.length);
        var carried = new Carried(clock.nowMillis(), way.local(), way.remote(), message, false);
        var isLost = loses.test(carried) || chance.nextDouble() < lossRate;
        log.add(new Carried(clock.nowMillis(), way.local(), way.remote(), message, isLost));
        if (isLost) {
            return;
        }
        deliver(bytes, way);
        if (chance.nextDouble() < doubleRate) {
            deliver(bytes, way);
        }
    }

    private void deliver(byte[] bytes, Way way) {
        var delay = TRAVEL_MILLIS + (jitterMillis == 0 ? 0 : chance.nextLong(jitterMillis));
        clock.schedule(
                delay,
                () -> {
                    var place = places.get(way.remote());
                    if (place != null) {
                        place.take(bytes.clone(), way.reversed());
                    }
                });
    }

    /// A way from one place to another.
    private final class Way implements Connection, Inlet.Source {
        private final InetSocketAddress local;
        private final InetSocketAddress remote;
        private final Protocol protocol;

        private Way(InetSocketAddress local, InetSocketAddress remote, Protocol protocol) {
            this.local = local;
            this.remote = remote;
            this.protocol = protocol;
        }

        private Way reversed() {
            return new Way(remote, local, protocol);
        }

        @Override
        public void send(byte[] message) {
            carry(message, this);
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public Protocol protocol() {
            return protocol;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String id() {
            return "memory/" + remote;
        }

        @Override
        public Connection replyBy(Via via) {
            return this;
        }

        @Override
        public Connection back() {
            return this;
        }

        @Override
        public Via seen(Via via) {
            return Seen.by(via, remote);
        }
    }
}
