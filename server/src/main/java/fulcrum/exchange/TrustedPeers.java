package fulcrum.exchange;

import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Source addresses that vouch for a request by themselves: carriers' gateways (`server` of a resource's gateways, with
/// `port` when `force_port` says so) and devices with `sip.method` `ip`.
///
/// A look-up is a read of an immutable table, so a transport thread may make it. Thread `trusted-peers` makes the table
/// anew when a resource, device or account changed, and every minute, since gateways may be named by host names.
final class TrustedPeers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedPeers.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Set<String> DEPENDS_ON =
            Set.of("resource", "device", "account", "user", "");

    /// A trusted source; `port` 0 is any.
    private record Entry(Peer peer, int port) {}

    private final Directory directory;
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private long changes;
    private long known;
    private volatile Map<InetAddress, List<Entry>> table = Map.of();
    private volatile boolean closed;

    TrustedPeers(Directory directory) {
        this.directory = directory;
        thread = Thread.ofPlatform().name("trusted-peers").daemon().start(this::keep);
    }

    /// The peer that this source address stands for; global carriers come before local ones and those before devices.
    Optional<Peer> at(InetSocketAddress source) {
        return table.getOrDefault(source.getAddress(), List.of()).stream()
                .filter(entry -> entry.port == 0 || entry.port == source.getPort())
                .map(Entry::peer)
                .findFirst();
    }

    /// Has the table made anew, and waits for it at most [#PATIENCE], so that a gateway may call once its resource is
    /// saved.
    ///
    /// @param type of the document that changed; empty when that is unknown
    void changed(String type) {
        if (!DEPENDS_ON.contains(type)) {
            return;
        }
        synchronized (this) {
            long mine = ++changes;
            wanted.release();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (known < mine && !closed && System.nanoTime() < end) {
                try {
                    wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /// Waits until the table was made for the first time.
    void awaitReady() {
        try {
            ready.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExchangeFailed("interrupted while the gateways were read", stopped);
        }
    }

    private void keep() {
        while (!closed) {
            long seen;
            synchronized (this) {
                seen = changes;
            }
            try {
                table = made();
            } catch (DirectoryFailed failed) {
                LOG.error("the gateways could not be read; the old ones stay in force", failed);
            }
            ready.countDown();
            synchronized (this) {
                known = seen;
                notifyAll();
            }
            try {
                if (wanted.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private Map<InetAddress, List<Entry>> made() {
        Map<InetAddress, List<Entry>> global = new HashMap<>();
        Map<InetAddress, List<Entry>> local = new HashMap<>();
        Map<InetAddress, List<Entry>> devices = new HashMap<>();
        for (Document account : directory.accounts()) {
            for (Document resource : directory.all(account.accountId(), "resource")) {
                boolean isGlobal = Json.flag(resource.hidden(), GLOBAL);
                addGateways(resource, isGlobal, isGlobal ? global : local);
            }
            for (Document device : directory.all(account.accountId(), "device")) {
                addDevice(account, device, devices);
            }
        }
        Map<InetAddress, List<Entry>> all = new HashMap<>(global);
        local.forEach((address, entries) -> append(all, address, entries));
        devices.forEach((address, entries) -> append(all, address, entries));
        return all;
    }

    /// Marks resources that serve all accounts, in the hidden part of the document.
    static final String GLOBAL = "pvt_global";

    private static void append(
            Map<InetAddress, List<Entry>> table, InetAddress address, List<Entry> entries) {
        List<Entry> joined = new ArrayList<>(table.getOrDefault(address, List.of()));
        joined.addAll(entries);
        table.put(address, joined);
    }

    private static void addGateways(
            Document resource, boolean isGlobal, Map<InetAddress, List<Entry>> table) {
        if (isOff(resource.body())) {
            return;
        }
        Peer peer = new Peer.Carrier(resource, isGlobal);
        for (JsonNode gateway : resource.at("gateways").orElse(Json.object())) {
            if (!isOff(gateway)) {
                int port =
                        Json.flag(gateway, "force_port")
                                ? (int) Json.whole(gateway, "port").orElse(5060)
                                : 0;
                for (InetAddress address : addresses(Json.text(gateway, "server").orElse(""))) {
                    append(table, address, List.of(new Entry(peer, port)));
                }
            }
        }
    }

    private void addDevice(Document account, Document device, Map<InetAddress, List<Entry>> table) {
        if (device.text("sip", "method").orElse("").equals("ip") && !isOff(device.body())) {
            Optional<Document> owner =
                    device.text("owner_id").flatMap(id -> directory.find(account.accountId(), id));
            Peer peer = new Peer.Device(account, device, owner);
            for (InetAddress address : addresses(device.text("sip", "ip").orElse(""))) {
                append(table, address, List.of(new Entry(peer, 0)));
            }
        }
    }

    private static boolean isOff(JsonNode document) {
        return Json.text(document, "enabled").orElse("true").equals("false");
    }

    private static List<InetAddress> addresses(String host) {
        String bare = host.startsWith("[") ? host.replaceAll("[\\[\\]]", "") : host;
        if (bare.isBlank()) {
            return List.of(); // the machine itself is what the JDK finds for an empty name
        }
        try {
            return List.of(InetAddress.getAllByName(bare));
        } catch (UnknownHostException unknown) {
            LOG.warn("the gateway {} has no address; calls from it are refused", bare);
            return List.of();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
