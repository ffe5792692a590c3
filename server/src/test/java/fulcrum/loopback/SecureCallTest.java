package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.call.Leg;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.exchange.Binding;
import fulcrum.media.Clip;
import fulcrum.media.Spectrum;
import fulcrum.phone.Hearing;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;
import fulcrum.secure.Certificates;
import fulcrum.secure.TestAuthority;
import fulcrum.sip.Protocol;
import fulcrum.sip.SdpMedia;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

/// Real calls over SIP with TLS and SRTP.
@Timeout(120)
class SecureCallTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final String STRICT = "d".repeat(32);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double TONE = 440;
    private static final double VOICE = 700;

    private final TestAuthority authority = new TestAuthority();
    private final SSLContext trust = Certificates.none(authority.trust()).context();

    private final OpenHouse house;

    SecureCallTest(@TempDir Path folder) {
        TestAuthority.Issued.Pair files =
                authority.issue("pbx", "127.0.0.1", "pbx.example").write(folder);
        house =
                OpenHouse.open(
                        "all",
                        EventSink.NONE,
                        sounds -> sounds,
                        facts -> Journal.NONE,
                        Map.of(
                                "tls-cert",
                                files.chain().toString(),
                                "tls-key",
                                files.key().toString(),
                                "sip-tls",
                                "127.0.0.1:0",
                                "https",
                                "127.0.0.1:0"));
    }

    @BeforeEach
    void furnish() {
        ObjectNode account = Json.object();
        account.put("name", "office");
        account.put("realm", "office.example");
        save("account", ACCOUNT, account);
        ObjectNode strict = device("strict");
        ObjectNode encryption = strict.putObject("media").putObject("encryption");
        encryption.putArray("methods").add("srtp");
        encryption.put("enforce_security", true);
        save("device", STRICT, strict);
        save("device", "e".repeat(32), device("open"));
        ObjectNode callflow = Json.object();
        callflow.putArray("numbers").add("1");
        callflow.set(
                "flow",
                Json.object(
                        "{\"module\":\"play\",\"data\":{\"id\":\"tone_stream://%(2000,0,440)\"},"
                                + "\"children\":{\"_\":{\"module\":\"wait_for_hangup\",\"data\":{}}}}"));
        save("callflow", "c".repeat(32), callflow);
    }

    private static ObjectNode device(String username) {
        ObjectNode device = Json.object();
        device.put("name", username);
        device.putObject("sip").put("username", username).put("password", "secret");
        return device;
    }

    private void save(String type, String id, ObjectNode body) {
        house.directory().save(Document.fresh(ACCOUNT, type, id, body, Instant.now()));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private SoftPhone phone(String username) {
        Login login =
                new Login(
                        username,
                        "secret",
                        "office.example",
                        username,
                        house.exchange().tlsAddress().orElseThrow());
        return SoftPhone.open(login, trust);
    }

    private static SdpMedia audio(PhoneCall call) {
        return call.description().orElseThrow().audio().orElseThrow();
    }

    /// Whether a frequency is what is heard in some quarter of a second.
    private static boolean isHeard(Hearing hearing, double frequency) {
        Spectrum spectrum = new Spectrum(Hearing.SAMPLE_RATE, 2048);
        for (int at = 0; at + 2048 <= hearing.length(); at += 1024) {
            spectrum.measure(hearing.samples(at, at + 2048), 0);
            if (spectrum.totalPower() > 100_000
                    && Math.abs(spectrum.strongest() - frequency) < 10) {
                return true;
            }
        }
        return false;
    }

    private static Clip hum(double frequency) {
        short[] samples = new short[8000 * 10];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8000 * Math.sin(2 * Math.PI * frequency * i / 8000));
        }
        return Clip.of(samples, 8000);
    }

    /// The tone of the flow, then its own voice from a recording.
    private void assertHeardBothWays(PhoneCall call) {
        call.say(hum(VOICE).source(0));
        assertThat(call.hearing().awaitMoreThan(8000 * 2, PATIENCE)).isTrue();
        assertThat(isHeard(call.hearing(), TONE)).as("the flow's tone").isTrue();
        Leg leg = house.exchange().calls().leg(call.id()).orElseThrow();
        leg.tell(new Order.StartRecording("voice", Duration.ofSeconds(1)));
        assertThat(call.hearing().awaitMoreThan(8000 * 4, PATIENCE)).isTrue();
        leg.tell(new Order.Play(1, new Sound.Recorded("voice"), 1));
        assertThat(call.hearing().awaitMoreThan(8000 * 6, PATIENCE)).isTrue();
        assertThat(isHeard(call.hearing(), VOICE)).as("its own voice").isTrue();
    }

    @Test
    void a_phone_registers_over_tls_and_talks_by_srtp_both_ways() {
        try (SoftPhone phone = phone("strict")) {
            phone.encrypt(true);
            assertThat(phone.register(Duration.ofMinutes(1))).isEqualTo(200);
            Binding binding = house.exchange().registrar().of(ACCOUNT, STRICT).getFirst();
            assertThat(binding.connection().protocol()).isEqualTo(Protocol.TLS);
            assertThat(binding.contact().parameter("transport")).hasValue("tls");

            PhoneCall call = phone.call("1");
            assertThat(call.awaitAnswer(PATIENCE)).isTrue();
            assertThat(audio(call).protocol()).isEqualTo("RTP/SAVP");
            assertHeardBothWays(call);
            assertThat(call.path().toString()).contains("srtp AES_CM_128_HMAC_SHA1_80");
            assertThat(call.path().counts().packetsForged()).isZero();
            call.hangUp();
            assertThat(call.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @Test
    void a_phone_that_must_encrypt_and_does_not_is_refused_and_told_why() {
        try (SoftPhone phone = phone("strict")) {
            PhoneCall call = phone.call("1");
            assertThat(call.awaitEnd(PATIENCE))
                    .hasValueSatisfying(end -> assertThat(end.status()).isEqualTo(488));
        }
    }

    @Test
    void a_phone_may_encrypt_without_being_asked_to_and_another_need_not() {
        try (SoftPhone phone = phone("open")) {
            PhoneCall plain = phone.call("1");
            assertThat(plain.awaitAnswer(PATIENCE)).isTrue();
            assertThat(plain.hearing().awaitMoreThan(8000, PATIENCE)).isTrue();
            assertThat(isHeard(plain.hearing(), TONE)).isTrue();
            plain.hangUp();
            phone.encrypt(true);
            PhoneCall sealed = phone.call("1");
            assertThat(sealed.awaitAnswer(PATIENCE)).isTrue();
            assertThat(sealed.hearing().awaitMoreThan(8000, PATIENCE)).isTrue();
            assertThat(isHeard(sealed.hearing(), TONE)).isTrue();
            sealed.hangUp();
        }
    }

    @Test
    void holding_and_going_on_keeps_the_keys_and_the_sound() {
        try (SoftPhone phone = phone("strict")) {
            phone.encrypt(true);
            PhoneCall call = phone.call("1");
            assertThat(call.awaitAnswer(PATIENCE)).isTrue();
            List<String> keys = keys(call);
            call.hold(true);
            call.hold(false);
            assertThat(keys(call)).isEqualTo(keys);
            assertHeardBothWays(call);
            assertThat(call.path().counts().packetsForged()).isZero();
            call.hangUp();
        }
    }

    private static List<String> keys(PhoneCall call) {
        return audio(call).attributes().stream()
                .filter(attribute -> attribute.name().equals("crypto"))
                .map(attribute -> attribute.value())
                .toList();
    }

    @Test
    void the_api_answers_https_with_the_same_certificate()
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            URI uri = URI.create("https://127.0.0.1:" + house.httpsPort() + "/healthz");
            HttpResponse<Void> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }
}
