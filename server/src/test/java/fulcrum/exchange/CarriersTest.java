package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.GatewayRoute;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.MemoryDirectory;
import fulcrum.sip.Digest;
import fulcrum.sip.DigestFields;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Gateways that are asked whether they are there, and that we register with, on a clock that the test moves.
class CarriersTest {
    private static final String ACCOUNT = "a".repeat(32);

    private final HandClock clock = new HandClock();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final Wire wire = new Wire();
    private final Carriers carriers = new Carriers(directory, wire, clock, Runnable::run);

    /// The carriers' side: what each host answers, and what it was sent.
    private static final class Wire implements Messenger {
        private final Map<String, Function<SipRequest, SipResponse>> hosts = new HashMap<>();
        private final List<SipRequest> sent = new ArrayList<>();
        private final List<String> contacts = new ArrayList<>();
        private int tokens;

        @Override
        public void send(SipRequest request, String contactUser, Consumer<SipResponse> answer) {
            sent.add(request);
            contacts.add(contactUser);
            answer.accept(
                    hosts.getOrDefault(request.uri().host(), asked -> say(asked, 200))
                            .apply(request));
        }

        @Override
        public String token() {
            return "t" + ++tokens;
        }

        private static SipResponse say(SipRequest request, int status) {
            SipRequest stamped = request.plusFirst("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx");
            return SipResponse.to(stamped, status, "Because");
        }

        List<SipRequest> sent(String method) {
            return sent.stream().filter(request -> request.method().equals(method)).toList();
        }
    }

    @BeforeEach
    void account() {
        directory.save(Document.fresh(ACCOUNT, "account", ACCOUNT, Json.object(), Instant.EPOCH));
    }

    private void resource(String id, String body) {
        var json = Json.object(body.replace('\'', '"'));
        var before = directory.find(ACCOUNT, id);
        var fresh = Document.fresh(ACCOUNT, "resource", id, json, Instant.EPOCH);
        directory.save(before.map(found -> found.withBody(json)).orElse(fresh));
        carriers.changed("resource");
    }

    private void two() {
        resource(
                "r",
                "{'rules':['.*'],'gateways':[{'server':'one.example'},{'server':'two.example'}]}");
    }

    /// The hosts that a call would go out through.
    private List<String> ways() {
        CarrierWish wish = new CarrierWish(ACCOUNT, ACCOUNT, "+14155550199", "1", List.of());
        return carriers.gateways(wish, directory, bound -> 0).routes().stream()
                .map(GatewayRoute::uri)
                .map(uri -> uri.replaceFirst("^.*@", ""))
                .toList();
    }

    private void falls(String host, int status) {
        wire.hosts.put(host, request -> Wire.say(request, status));
    }

    @Test
    void a_gateway_that_stops_answering_is_taken_out_and_comes_back_when_it_answers() {
        two();
        assertThat(ways()).containsExactly("one.example", "two.example");
        falls("one.example", 408);
        clock.pass(Duration.ofSeconds(30));
        assertThat(ways()).hasSize(2);
        clock.pass(Duration.ofSeconds(10));
        assertThat(ways()).containsExactly("two.example");
        assertThat(carriers.out()).isEqualTo(1);
        wire.hosts.clear();
        clock.pass(Duration.ofSeconds(10));
        assertThat(ways()).containsExactly("one.example", "two.example");
        assertThat(carriers.out()).isZero();
    }

    @Test
    void when_all_are_out_they_are_tried_all_the_same() {
        two();
        falls("one.example", 503);
        falls("two.example", 503);
        clock.pass(Duration.ofSeconds(60));
        assertThat(carriers.out()).isEqualTo(2);
        assertThat(ways()).containsExactly("one.example", "two.example");
    }

    @Test
    void an_options_names_the_gateway_and_us() {
        resource(
                "r",
                "{'rules':['.*'],'gateways':[{'server':'one.example','port':5080,'username':'trunk'}]}");
        SipRequest options = wire.sent("OPTIONS").getFirst();
        assertThat(options.requestUri()).isEqualTo("sip:one.example:5080");
        assertThat(options.from().uri().user()).isEqualTo("trunk");
        clock.pass(Duration.ofSeconds(90));
        assertThat(wire.sent("OPTIONS").stream().map(request -> request.cseq().number()))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void what_is_switched_off_or_removed_is_asked_no_more() {
        two();
        resource("r", "{'rules':['.*'],'enabled':false,'gateways':[{'server':'one.example'}]}");
        assertThat(carriers.watched()).isZero();
        assertThat(clock.pending()).isZero();
        int before = wire.sent.size();
        clock.pass(Duration.ofMinutes(5));
        assertThat(wire.sent).hasSize(before);
    }

    @Test
    void a_resource_that_is_saved_again_as_it_was_stays_as_it_is() {
        two();
        falls("one.example", 408);
        clock.pass(Duration.ofSeconds(60));
        assertThat(ways()).containsExactly("two.example");
        two();
        assertThat(ways()).containsExactly("two.example");
        assertThat(clock.pending()).isEqualTo(2);
    }

    private void registering(String more) {
        resource(
                "r",
                "{'rules':['.*'],'gateways':[{'server':'one.example','register':true,'username':'trunk',"
                        + "'password':'s3cret'"
                        + more
                        + "}]}");
    }

    /// Challenges, and grants as many seconds as it says to whoever knows the password.
    private SipResponse registrar(SipRequest request, String password, String granted) {
        var given = Digest.credentials(request, "carrier");
        boolean proved = given.filter(own -> Digest.verify(request, own, password)).isPresent();
        return proved
                ? Wire.say(request, 200).with("Contact", "<sip:trunk@192.0.2.1>;expires=" + granted)
                : Wire.say(request, 401)
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"carrier\", nonce=\"n\", qop=\"auth\"");
    }

    @Test
    void we_register_with_our_password_and_again_before_that_runs_out() {
        wire.hosts.put("one.example", request -> registrar(request, "s3cret", "100"));
        registering(",'realm':'carrier.example'");
        List<SipRequest> sent = wire.sent("REGISTER");
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().requestUri()).isEqualTo("sip:one.example");
        assertThat(sent.getFirst().to().uri().toString()).isEqualTo("sip:trunk@carrier.example");
        assertThat(sent.getFirst().header("Expires")).contains("3600");
        assertThat(wire.contacts.get(wire.sent.indexOf(sent.getFirst()))).isEqualTo("trunk");
        assertThat(sent.getLast().callId()).isEqualTo(sent.getFirst().callId());
        assertThat(sent.getLast().cseq().number()).isEqualTo(2);
        assertThat(carriers.unregistered()).isZero();
        clock.pass(Duration.ofSeconds(89));
        assertThat(wire.sent("REGISTER")).hasSize(2);
        clock.pass(Duration.ofSeconds(1));
        assertThat(wire.sent("REGISTER")).hasSize(4);
    }

    @Test
    void a_registrar_that_wants_longer_registrations_gets_them() {
        wire.hosts.put(
                "one.example",
                request ->
                        request.method().equals("REGISTER")
                                        && request.header("Expires").orElse("").equals("600")
                                ? Wire.say(request, 423).with("Min-Expires", "7200")
                                : Wire.say(request, 200));
        registering(",'expires':600");
        assertThat(wire.sent("REGISTER").stream().map(one -> one.header("Expires").orElse("")))
                .containsExactly("600", "7200");
        assertThat(carriers.unregistered()).isZero();
        clock.pass(Duration.ofMinutes(108));
        assertThat(wire.sent("REGISTER")).hasSize(3);
    }

    @Test
    void a_wrong_password_is_tried_seldom_and_seldomer() {
        wire.hosts.put("one.example", request -> registrar(request, "other", "100"));
        registering("");
        assertThat(wire.sent("REGISTER")).hasSize(2);
        assertThat(carriers.unregistered()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(30));
        assertThat(wire.sent("REGISTER")).hasSize(4);
        clock.pass(Duration.ofSeconds(59));
        assertThat(wire.sent("REGISTER")).hasSize(4);
        clock.pass(Duration.ofSeconds(1));
        assertThat(wire.sent("REGISTER")).hasSize(6);
        wire.hosts.put("one.example", request -> registrar(request, "s3cret", "100"));
        clock.pass(Duration.ofMinutes(2));
        assertThat(carriers.unregistered()).isZero();
    }

    @Test
    void a_nonce_that_is_too_old_is_no_wrong_password() {
        wire.hosts.put(
                "one.example",
                request -> {
                    var nonce =
                            request.header("Authorization")
                                    .flatMap(DigestFields::parse)
                                    .map(DigestFields::nonce)
                                    .orElse("");
                    return switch (nonce) {
                        case "" -> challenge(request, "old", "");
                        case "old" -> challenge(request, "new", ", stale=true");
                        default -> Wire.say(request, 200);
                    };
                });
        registering("");
        assertThat(wire.sent("REGISTER")).hasSize(3);
        assertThat(carriers.unregistered()).isZero();
    }

    private static SipResponse challenge(SipRequest request, String nonce, String more) {
        return Wire.say(request, 401)
                .with(
                        "WWW-Authenticate",
                        "Digest realm=\"carrier\", nonce=\"" + nonce + "\", qop=\"auth\"" + more);
    }

    @Test
    void a_registrar_says_when_to_come_back() {
        wire.hosts.put(
                "one.example", request -> Wire.say(request, 503).with("Retry-After", "7 (soon)"));
        registering("");
        assertThat(wire.sent("REGISTER")).hasSize(1);
        clock.pass(Duration.ofSeconds(7));
        assertThat(wire.sent("REGISTER")).hasSize(2);
    }

    @Test
    void at_the_end_the_registration_is_ended() {
        registering("");
        carriers.close();
        assertThat(wire.sent("REGISTER").getLast().header("Expires")).contains("0");
        assertThat(clock.pending()).isZero();
    }

    @Test
    void without_the_word_or_a_name_nobody_is_registered_with() {
        resource(
                "r",
                "{'rules':['.*'],'gateways':[{'server':'one.example','username':'u'},"
                        + "{'server':'two.example','register':true}]}");
        assertThat(wire.sent("REGISTER")).isEmpty();
        assertThat(carriers.watched()).isEqualTo(2);
    }
}
