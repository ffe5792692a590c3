package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.CallEvent;
import fulcrum.call.Journal;
import fulcrum.call.LegCard;
import fulcrum.directory.CarrierChoice;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;
import fulcrum.sip.Invitation;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SipParser;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Calls of a device that `resources` and `offnet` send out over real SIP: to carriers that work and carriers that do
/// not, and to another account of the same server.
class CarrierCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NUMBER = "+14155550199";
    private static final String OTHER = "b".repeat(32);

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final OpenHouse house =
            OpenHouse.open(
                    "all",
                    events::add,
                    sounds -> sounds,
                    facts -> Journal.NONE,
                    Map.of(),
                    flows -> flows);
    private final Gateway first = new Gateway("");
    private final Gateway second = new Gateway("s3cret");
    private final SoftPhone ann = SoftPhone.open(house.phone("ann"));

    @AfterEach
    void close() {
        ann.close();
        await(() -> house.exchange().paths() == 0 && house.exchange().sessions() == 0);
        await(() -> first.sessions() == 0 && second.sessions() == 0);
        house.close();
        first.close();
        second.close();
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /// Only calls from that very port are the carrier's: the phone has the same address.
    private static String at(String port, String more) {
        return "{'server':'127.0.0.1','force_port':true,'port':" + port + more + "}";
    }

    private static String at(Gateway gateway, String more) {
        return at(gateway.uri("x").replaceFirst("^.*:", ""), more);
    }

    private static final String LOGIN = ",'username':'office','password':'s3cret'";

    private void resource(boolean isGlobal, String... gateways) {
        String body =
                "{'name':'Acme','rules':['^\\\\+1\\\\d+$'],'gateways':["
                        + String.join(",", gateways)
                        + "]}";
        Document resource =
                Document.fresh(
                        house.masterAccountId(),
                        "resource",
                        "r".repeat(32),
                        Json.object(body.replace('\'', '"')),
                        Instant.EPOCH);
        var hidden = Json.object().put(CarrierChoice.GLOBAL, isGlobal);
        house.directory().save(resource.withHidden(hidden));
    }

    private PhoneCall dials(String flow) {
        house.callflow("4155550199", flow.replace('\'', '"'));
        return ann.call("4155550199");
    }

    @Test
    void a_carrier_that_answers_503_has_the_next_one_called_which_wants_our_password()
            throws InterruptedException {
        resource(false, at(first, ""), at(second, LOGIN));
        PhoneCall call = dials("{'module':'resources','data':{}}");
        first.awaitInvitation(PATIENCE).reject(503, "", Map.of());
        Invitation invitation = second.awaitInvitation(PATIENCE);
        SipRequest invite = invitation.request();
        assertThat(invite.uri().user()).isEqualTo(NUMBER);
        assertThat(invite.header("Max-Forwards")).contains("69");
        second.answer(invitation);
        assertThat(call.awaitAnswer(PATIENCE)).isTrue();
        assertThat(house.exchange().calls().cards())
                .extracting(LegCard::authorizingType)
                .contains("resource");
        call.hangUp();
        await(() -> second.events().stream().anyMatch(SessionEvent.Ended.class::isInstance));
    }

    @Test
    void a_carrier_that_never_answers_is_given_up_for_the_next_one() throws Exception {
        try (DatagramSocket silent =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            resource(
                    false,
                    at(Integer.toString(silent.getLocalPort()), ",'progress_timeout':1"),
                    at(second, LOGIN));
            PhoneCall call = dials("{'module':'resources','data':{}}");
            second.answer(second.awaitInvitation(PATIENCE));
            assertThat(call.awaitAnswer(PATIENCE)).isTrue();
            call.hangUp();
            refuses(silent); // or its session would be waited for until 32 s are over
        }
    }

    /// Answers the INVITE that came long ago.
    private void refuses(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        SipRequest invite = null;
        while (invite == null) {
            socket.receive(packet);
            if (SipParser.parse(packet.getData(), packet.getLength()) instanceof SipRequest request
                    && request.method().equals("INVITE")) {
                invite = request;
            }
        }
        byte[] refusal =
                SipResponse.to(invite, 487, "Request Terminated")
                        .with("To", invite.to().withTag("gone").toString())
                        .toBytes();
        socket.send(new DatagramPacket(refusal, refusal.length, house.sip()));
    }

    @Test
    void a_carrier_that_says_busy_is_the_end_of_it() throws InterruptedException {
        resource(false, at(first, ""), at(second, LOGIN));
        PhoneCall call =
                dials(
                        "{'module':'resources','data':{},'children':{'USER_BUSY':"
                                + "{'module':'response','data':{'code':486}}}}");
        first.awaitInvitation(PATIENCE).reject(486, "", Map.of());
        assertThat(call.awaitEnd(PATIENCE).orElseThrow().status()).isEqualTo(486);
        assertThat(second.events()).isEmpty();
    }

    @Test
    void a_gateway_that_wants_it_is_registered_with_and_let_go_at_the_end() {
        resource(false, at(second, LOGIN + ",'register':true"));
        await(() -> second.requests().size() == 1);
        SipRequest register = second.requests().getFirst();
        assertThat(register.method()).isEqualTo("REGISTER");
        assertThat(register.header("Contact").orElse("")).startsWith("<sip:office@127.0.0.1:");
        await(() -> house.exchange().carriers().unregistered() == 0);
        house.exchange().carriers().close();
        await(() -> second.requests().size() == 2);
        assertThat(second.requests().getLast().header("Expires")).contains("0");
    }

    @Test
    void another_country_is_not_called_and_the_log_says_why() {
        house.callflow("0114420712345", "{\"module\":\"resources\",\"data\":{}}");
        Document resource =
                Document.fresh(
                        house.masterAccountId(),
                        "resource",
                        "r".repeat(32),
                        Json.object(
                                ("{'name':'Acme','rules':['.*'],'gateways':["
                                                + at(first, "")
                                                + "]}")
                                        .replace('\'', '"')),
                        Instant.EPOCH);
        house.directory().save(resource);
        PhoneCall call = ann.call("0114420712345");
        assertThat(call.awaitEnd(PATIENCE).orElseThrow().status()).isEqualTo(403);
        assertThat(first.events()).isEmpty();
        assertThat(events)
                .filteredOn(CallEvent.Noticed.class::isInstance)
                .extracting(event -> ((CallEvent.Noticed) event).message())
                .anyMatch(text -> text.contains("no country that may be called"));
    }

    @Test
    void a_number_of_another_account_is_called_within_the_server() {
        resource(true, at(first, ""));
        save(OTHER, "account", OTHER, "{'name':'Other','realm':'other.example'}");
        save(OTHER, "number", NUMBER, "{'state':'in_service'}");
        save(
                OTHER,
                "callflow",
                "f".repeat(32),
                "{'numbers':['"
                        + NUMBER
                        + "'],'flow':{'module':'answer','data':{},'children':{'_':"
                        + "{'module':'wait_for_hangup','data':{}}}}}");
        PhoneCall call = dials("{'module':'offnet','data':{}}");
        assertThat(call.awaitAnswer(PATIENCE)).isTrue();
        assertThat(house.exchange().calls().cards())
                .extracting(LegCard::accountId)
                .contains(OTHER, house.masterAccountId());
        CallEvent.Started started =
                events.stream()
                        .filter(CallEvent.Started.class::isInstance)
                        .map(CallEvent.Started.class::cast)
                        .filter(event -> event.accountId().equals(OTHER))
                        .findFirst()
                        .orElseThrow();
        assertThat(started.facts().isOffnet()).isTrue();
        assertThat(started.facts().request().user()).isEqualTo(NUMBER);
        assertThat(started.facts().sipHeaders()).isEmpty();
        assertThat(first.events()).isEmpty();
        call.hangUp();
    }

    private void save(String account, String type, String id, String body) {
        house.directory()
                .save(
                        Document.fresh(
                                account,
                                type,
                                id,
                                Json.object(body.replace('\'', '"')),
                                Instant.EPOCH));
    }
}
