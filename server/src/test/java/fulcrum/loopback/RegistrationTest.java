package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.EventSink;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.exchange.Binding;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.Digest;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.Protocol;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipSettings;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;
import fulcrum.sip.TimerThread;
import fulcrum.sip.TransportLimits;
import fulcrum.sip.Transports;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What a phone meets that registers, right and wrong, over real sockets.
class RegistrationTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final String DEVICE = "d".repeat(32);
    private static final String REALM = "office.example";

    private OpenHouse house = open();
    private TimerThread timer = new TimerThread();
    private Stack stack = new Stack(new SipSettings(), timer, new SecureRandom()::nextLong);
    private Optional<Transports> transports = Optional.empty();
    private int sequence;

    private static OpenHouse open() {
        return OpenHouse.open("all", EventSink.NONE, sounds -> sounds);
    }

    @BeforeEach
    void furnish() {
        ObjectNode account = Json.object();
        account.put("name", "office");
        account.put("realm", REALM);
        house.directory().save(Document.fresh(ACCOUNT, "account", ACCOUNT, account, Instant.now()));
        ObjectNode device = Json.object();
        device.put("name", "desk");
        device.putObject("sip").put("username", "desk").put("password", "secret");
        house.directory().save(Document.fresh(ACCOUNT, "device", DEVICE, device, Instant.now()));
        Transports opened =
                Transports.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        stack.listener(),
                        new TransportLimits());
        stack.startOn(opened, new Nobody());
        transports = Optional.of(opened);
    }

    @AfterEach
    void close() {
        transports.ifPresent(Transports::close);
        timer.close();
        house.close();
    }

    /// Takes nothing in.
    private static final class Nobody implements SipApplication {
        @Override
        public Admission admit(SipRequest request, Connection from) {
            return new Admission.Refused(486, "Busy Here");
        }

        @Override
        public void invited(Invitation invitation) {
            throw new IllegalStateException("nobody is admitted");
        }

        @Override
        public void requested(IncomingRequest request) {
            throw new IllegalStateException("nobody is admitted");
        }
    }

    private Connection flow(Protocol protocol) {
        return transports.orElseThrow().toward(protocol, house.sip());
    }

    private SipRequest register(String callId, Map<String, String> headers) {
        String self = "<sip:desk@" + REALM + ">";
        SipRequest request =
                SipRequest.of("REGISTER", SipUri.of("", REALM, 0))
                        .with("Max-Forwards", "70")
                        .with("From", self + ";tag=t")
                        .with("To", self)
                        .with("Call-ID", callId)
                        .with("CSeq", ++sequence + " REGISTER");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return request;
    }

    private SipResponse answer(SipRequest request, Protocol protocol) {
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        stack.request(request, Optional.of(flow(protocol)), answer::complete);
        return answer.orTimeout(40, TimeUnit.SECONDS).join();
    }

    private SipResponse proved(Map<String, String> headers, String password) {
        return proved(headers, password, Protocol.UDP);
    }

    private SipResponse proved(Map<String, String> headers, String password, Protocol protocol) {
        SipRequest first = register("reg@phone", headers);
        SipResponse challenge = answer(first, protocol);
        assertThat(challenge.status()).isEqualTo(401);
        String proof =
                Digest.authorization(challenge, first, "desk", password, "cnonce", 1).orElseThrow();
        return answer(register("reg@phone", headers).with("Authorization", proof), protocol);
    }

    private List<Binding> bindings() {
        return house.exchange().registrar().of(ACCOUNT, DEVICE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"UDP", "TCP"})
    void a_phone_with_the_right_password_is_registered_with_its_connection(Protocol protocol) {
        SipResponse accepted =
                proved(
                        Map.of("Contact", "<sip:desk@127.0.0.1:9>", "Expires", "600"),
                        "secret",
                        protocol);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.contacts()).hasSize(1);
        assertThat(accepted.contacts().getFirst().parameter("expires")).isPresent();
        assertThat(bindings()).hasSize(1);
        assertThat(bindings().getFirst().connection().protocol()).isEqualTo(protocol);
    }

    @Test
    void a_wrong_password_is_refused_and_an_unknown_user_too() {
        assertThat(proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>"), "wrong").status())
                .isEqualTo(403);
        assertThat(bindings()).isEmpty();
    }

    @Test
    void a_proof_is_good_once() {
        Map<String, String> headers = Map.of("Contact", "<sip:desk@127.0.0.1:9>");
        SipRequest first = register("reg@phone", headers);
        SipResponse challenge = answer(first, Protocol.UDP);
        String proof =
                Digest.authorization(challenge, first, "desk", "secret", "c", 1).orElseThrow();
        assertThat(
                        answer(
                                        register("reg@phone", headers).with("Authorization", proof),
                                        Protocol.UDP)
                                .status())
                .isEqualTo(200);
        assertThat(
                        answer(
                                        register("reg@phone", headers).with("Authorization", proof),
                                        Protocol.UDP)
                                .status())
                .isEqualTo(401);
    }

    @Test
    void several_contacts_are_kept_fetched_and_removed_together() {
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>;q=0.5"), "secret");
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:10>"), "secret");
        assertThat(bindings())
                .extracting(binding -> binding.contact().port())
                .containsExactly(10, 9);
        SipResponse fetched = proved(Map.of(), "secret");
        assertThat(fetched.contacts()).hasSize(2);
        SipResponse gone = proved(Map.of("Contact", "*", "Expires", "0"), "secret");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.contacts()).isEmpty();
        assertThat(bindings()).isEmpty();
    }

    @Test
    void one_contact_leaves_with_expires_0_and_the_other_stays() {
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>"), "secret");
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:10>"), "secret");
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>;expires=0"), "secret");
        assertThat(bindings()).extracting(binding -> binding.contact().port()).containsExactly(10);
    }

    @Test
    void too_short_a_time_is_refused_with_the_shortest_one() {
        SipResponse brief =
                proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>", "Expires", "5"), "secret");
        assertThat(brief.status()).isEqualTo(423);
        assertThat(brief.header("Min-Expires")).contains("30");
    }

    @Test
    void a_star_with_another_contact_is_a_bad_request() {
        assertThat(proved(Map.of("Contact", "*"), "secret").status()).isEqualTo(400);
    }

    @Test
    void more_contacts_than_allowed_are_refused_and_change_nothing() {
        for (int port = 1; port <= 10; port++) {
            proved(Map.of("Contact", "<sip:desk@127.0.0.1:" + port + ">"), "secret");
        }
        assertThat(proved(Map.of("Contact", "<sip:desk@127.0.0.1:11>"), "secret").status())
                .isEqualTo(403);
        assertThat(bindings()).hasSize(10);
    }

    @Test
    void a_disabled_device_is_refused() {
        Document device = house.directory().find(ACCOUNT, DEVICE).orElseThrow();
        ObjectNode body = device.body().deepCopy();
        body.put("enabled", false);
        house.directory().save(device.withBody(body));
        assertThat(proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>"), "secret").status())
                .isEqualTo(403);
    }

    @Test
    void a_domain_that_nobody_has_is_refused_unless_one_account_has_the_user() {
        SipRequest elsewhere =
                register("reg@phone", Map.of("Contact", "<sip:desk@127.0.0.1:9>"))
                        .with("To", "<sip:nobody@elsewhere.example>")
                        .with("From", "<sip:nobody@elsewhere.example>;tag=t");
        assertThat(answer(elsewhere, Protocol.UDP).status()).isEqualTo(403);
        SipRequest byAddress =
                register("reg@phone", Map.of("Contact", "<sip:desk@127.0.0.1:9>"))
                        .with("To", "<sip:desk@127.0.0.1>")
                        .with("From", "<sip:desk@127.0.0.1>;tag=t");
        SipResponse challenge = answer(byAddress, Protocol.UDP);
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.header("WWW-Authenticate").orElse("")).contains(REALM);
    }

    @Test
    void a_registration_that_came_over_a_closed_connection_is_gone() {
        proved(Map.of("Contact", "<sip:desk@127.0.0.1:9>"), "secret", Protocol.TCP);
        assertThat(bindings()).hasSize(1);
        Connection connection = bindings().getFirst().connection();
        transports.orElseThrow().close();
        transports = Optional.empty();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (connection.isOpen() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(bindings()).isEmpty();
    }
}
