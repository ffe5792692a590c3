package fulcrum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.CallEvent;
import fulcrum.call.Journal;
import fulcrum.call.Leg;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Saving;
import fulcrum.exchange.Binding;

import tools.jackson.databind.node.ObjectNode;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/// A whole server with an account, phones, a carrier and a web handler, for the peers of these tests.
///
/// Whoever calls [#NUMBER] hears [#GREETING], hears it again while the server records him, may press keys up to `#`,
/// hears [#FAREWELL] and what was recorded, and is hung up on. So a caller that sends a tone of its own and keeps what
/// it hears proves sound both ways.
final class Office implements AutoCloseable {
    static final String NUMBER = "1000";

    /// As [#NUMBER], but the first half second of the greeting is heard before the answer.
    static final String EARLY_NUMBER = "1001";

    static final String CARRIER_NUMBER = "+14155550100";
    static final String REALM = "office.example";
    static final double GREETING = 440;
    static final double FAREWELL = 1000;
    static final Duration RECORDED = Duration.ofSeconds(1);

    private static final String ACCOUNT = "a".repeat(32);
    private static final long PLAYBACK = 1_000_000;

    private final Handler handler = new Handler();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final OpenHouse house;
    private int documents;

    Office() {
        this(Map.of());
    }

    /// @param settings of the server, by name
    Office(Map<String, String> settings) {
        house =
                OpenHouse.open(
                        handler.place(),
                        this::happened,
                        sounds -> sounds,
                        facts -> Journal.NONE,
                        settings);
        ObjectNode account = Json.object();
        account.put("name", "office");
        account.put("realm", REALM);
        house.directory().save(Document.fresh(ACCOUNT, "account", ACCOUNT, account, Instant.now()));
        callflow(NUMBER, pivot("/answer"));
        callflow(
                EARLY_NUMBER,
                "{\"module\":\"play\",\"data\":{\"answer\":false,\"id\":\"tone_stream://%(500,0,440)\"},"
                        + "\"children\":{\"_\":"
                        + pivot("/answer")
                        + "}}");
        callflow(CARRIER_NUMBER, pivot("/carrier"));
        handler.answer("/answer", asked -> play(GREETING, 1000, pivot("/record")));
        handler.answer("/record", this::record);
        handler.answer("/digits", asked -> play(FAREWELL, 1000, "{\"module\":\"hangup\"}"));
        handler.answer("/carrier", asked -> play(GREETING, 1000, collect(1, "/key")));
        handler.answer("/key", asked -> play(FAREWELL, 60_000, "{\"module\":\"hangup\"}"));
    }

    private String record(Map<String, String> asked) {
        String callId = asked.getOrDefault("Call-ID", "");
        leg(callId).tell(new Order.StartRecording(recording(callId), RECORDED));
        return play(GREETING, 2000, collect(9, "/digits"));
    }

    /// Keeps events, and queues the recording before a call is hung up on; `hangup` lets the queue be played first.
    private void happened(CallEvent event) {
        events.add(event);
        if (event instanceof CallEvent.NodeEntered node && node.module().equals("hangup")) {
            Sound recorded = new Sound.Recorded(recording(node.callId()));
            leg(node.callId()).tell(new Order.Play(PLAYBACK, recorded, 1));
        }
    }

    private static String recording(String callId) {
        return "said-" + callId;
    }

    private Leg leg(String callId) {
        return house.exchange()
                .calls()
                .leg(callId)
                .orElseThrow(() -> new AssertionError("no leg " + callId));
    }

    private String pivot(String path) {
        return "{\"module\":\"pivot\",\"data\":{\"voice_url\":\"" + handler.url(path) + "\"}}";
    }

    /// No key stops it, so that keys pressed meanwhile are kept for the collection.
    private static String play(double frequency, int millis, String then) {
        String tone = "tone_stream://%(" + millis + ",0," + Math.round(frequency) + ")";
        return "{\"module\":\"play\",\"data\":{\"terminators\":[],\"id\":\""
                + tone
                + "\"},\"children\":{\"_\":"
                + then
                + "}}";
    }

    private String collect(int most, String path) {
        return "{\"module\":\"collect_dtmf\",\"data\":{\"max_digits\":"
                + most
                + ",\"timeout\":30000,\"collection_name\":\"keys\"},\"children\":{\"_\":"
                + pivot(path)
                + "}}";
    }

    private void callflow(String number, String flow) {
        ObjectNode body = Json.object();
        body.putArray("numbers").add(number);
        body.set("flow", Json.object(flow));
        save("callflow", body);
    }

    /// Keeps a document.
    ///
    /// @return its id
    private String save(String type, ObjectNode body) {
        String id = "%032x".formatted(++documents);
        Saving saving =
                house.directory().save(Document.fresh(ACCOUNT, type, id, body, Instant.now()));
        assertThat(saving).isInstanceOf(Saving.Saved.class);
        return id;
    }

    /// Makes a device that may register and call.
    ///
    /// @return its id
    String phone(String username) {
        return save("device", device(username));
    }

    /// Makes a device whose sound must be encrypted.
    ///
    /// @return its id
    String securePhone(String username) {
        ObjectNode device = device(username);
        ObjectNode encryption = device.putObject("media").putObject("encryption");
        encryption.putArray("methods").add("srtp");
        encryption.put("enforce_security", true);
        return save("device", device);
    }

    private static ObjectNode device(String username) {
        ObjectNode device = Json.object();
        device.put("name", username);
        ObjectNode sip = device.putObject("sip");
        sip.put("username", username);
        sip.put("password", password(username));
        return device;
    }

    static String password(String username) {
        return "secret-" + username;
    }

    /// Lists an address of loopback as a carrier's.
    void carrierAt(int port) {
        ObjectNode resource = Json.object();
        resource.put("name", "carrier at " + port);
        ObjectNode gateway = resource.putArray("gateways").addObject();
        gateway.put("server", "127.0.0.1");
        gateway.put("port", port);
        gateway.put("force_port", true);
        save("resource", resource);
    }

    Handler handler() {
        return handler;
    }

    InetSocketAddress sip() {
        return house.sip();
    }

    /// `127.0.0.1:PORT` of SIP.
    String sipPlace() {
        return "127.0.0.1:" + house.sip().getPort();
    }

    /// `127.0.0.1:PORT` of SIP over TLS.
    String tlsPlace() {
        return "127.0.0.1:" + house.exchange().tlsAddress().orElseThrow().getPort();
    }

    /// The contacts of a device.
    List<Binding> contacts(String deviceId) {
        return house.exchange().registrar().of(ACCOUNT, deviceId);
    }

    /// Waits until a device has so many contacts.
    void awaitContacts(String deviceId, int count, Duration patience, Supplier<String> output) {
        await(
                () -> contacts(deviceId).size() == count,
                patience,
                () -> count + " contacts, there are " + contacts(deviceId) + ": " + output.get());
    }

    /// Waits until no call, no leg and no port for sound is left.
    void awaitQuiet(Duration patience) {
        await(() -> left().equals("0 calls, 0 legs, 0 paths"), patience, this::left);
    }

    private String left() {
        return "%d calls, %d legs, %d paths"
                .formatted(
                        house.exchange().switchboard().callCount(),
                        house.exchange().switchboard().legCount(),
                        house.exchange().paths());
    }

    /// How the calls ended that are over, in the order they ended; forgets them.
    List<CallEvent.Ended> ended() {
        List<CallEvent.Ended> ended = new ArrayList<>();
        for (CallEvent event : events) {
            if (event instanceof CallEvent.Ended end) {
                ended.add(end);
            }
        }
        events.clear();
        return ended;
    }

    /// Checks what a caller heard from beginning to end.
    ///
    /// @param heard how long a frequency sounded
    /// @param voice what the caller said; it comes back from the recording
    static void assertHeard(DoubleFunction<Duration> heard, double voice) {
        assertThat(heard.apply(GREETING)).as("greeting").isGreaterThan(Duration.ofMillis(1500));
        assertThat(heard.apply(voice)).as("own voice").isGreaterThan(Duration.ofMillis(500));
        assertThat(heard.apply(FAREWELL)).as("farewell").isGreaterThan(Duration.ofMillis(500));
    }

    /// Waits for something.
    ///
    /// @param what was waited for, said when the time is over
    static void await(BooleanSupplier happened, Duration patience, Supplier<String> what) {
        long end = System.nanoTime() + patience.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + patience + ": " + what.get());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        house.close();
        handler.close();
    }
}
