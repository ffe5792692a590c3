package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.Call;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.EventSink;
import fulcrum.call.HangupCause;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.RingPlan;
import fulcrum.call.RingTarget;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;
import fulcrum.sip.Invitation;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SipRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Calls that go out to a carrier: what the INVITE says, and what becomes of the carrier's answers.
class BridgeGatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Dial.Caller ANN =
            new Dial.Caller("Ann Lee", "+14155550100", "office.example", false);

    private final List<DialResult> results = new CopyOnWriteArrayList<>();
    private final List<String> pointed = new CopyOnWriteArrayList<>();
    private final OpenHouse house =
            OpenHouse.open(
                    "all",
                    EventSink.NONE,
                    sounds -> sounds,
                    facts -> Journal.NONE,
                    Map.of(),
                    flows -> this::carryOut);
    private final Gateway gateway = new Gateway("s3cret");
    private final SoftPhone ann = SoftPhone.open(house.phone("ann"));
    private volatile Dial dial =
            Dial.to(gateway.uri("+442079460000"), "a".repeat(32), ANN)
                    .withCredentials("office", "s3cret");

    @AfterEach
    void close() {
        ann.close();
        await(() -> house.exchange().paths() == 0 && house.exchange().sessions() == 0);
        await(() -> gateway.sessions() == 0);
        gateway.close();
        house.close();
    }

    private void carryOut(Call call) {
        RingPlan plan =
                RingPlan.together(List.of(RingTarget.of(dial)))
                        .followingRedirects(
                                redirected -> {
                                    pointed.addAll(redirected.contacts());
                                    return List.of();
                                });
        DialResult result = call.ring(plan);
        results.add(result);
        switch (result) {
            case DialResult.Answered answered -> call.bridge(answered.leg(), answered.music());
            case DialResult.Failed failed ->
                    call.tell(new Order.Reject(failed.sipStatus(), "", Map.of()));
        }
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private Invitation invited() throws InterruptedException {
        return gateway.awaitInvitation(PATIENCE);
    }

    @Test
    void a_challenge_is_answered_and_the_invite_says_who_calls() throws InterruptedException {
        dial = dial.withHeader("X-Account-ID", "abc").withHeader("Diversion", "<sip:100@x>");
        PhoneCall call = ann.call("100");
        Invitation invitation = invited();
        SipRequest invite = invitation.request();
        assertThat(invite.from().displayName()).isEqualTo("Ann Lee");
        assertThat(invite.from().uri().toString()).isEqualTo("sip:+14155550100@office.example");
        assertThat(invite.uri().user()).isEqualTo("+442079460000");
        assertThat(invite.header("X-Account-ID")).contains("abc");
        assertThat(invite.header("Diversion")).contains("<sip:100@x>");
        assertThat(invite.header("Privacy")).isEmpty();
        gateway.answer(invitation);
        assertThat(call.awaitAnswer(PATIENCE)).isTrue();
        call.hangUp();
        await(() -> gateway.events().stream().anyMatch(SessionEvent.Ended.class::isInstance));
    }

    @Test
    void a_caller_who_is_hidden_is_anonymous() throws InterruptedException {
        dial =
                dial.withCaller(new Dial.Caller("Ann Lee", "+14155550100", "", true))
                        .withHeader("P-Asserted-Identity", "<sip:+14155550100@office.example>");
        PhoneCall call = ann.call("100");
        Invitation invitation = invited();
        assertThat(invitation.request().from().uri().toString())
                .isEqualTo("sip:anonymous@anonymous.invalid");
        assertThat(invitation.request().header("Privacy")).contains("id");
        assertThat(invitation.request().header("P-Asserted-Identity"))
                .contains("<sip:+14155550100@office.example>");
        call.hangUp();
    }

    @Test
    void wrong_credentials_are_a_rejection() {
        dial = dial.withCredentials("office", "guess");
        PhoneCall call = ann.call("100");
        assertThat(call.awaitEnd(PATIENCE).orElseThrow().status()).isEqualTo(401);
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.CALL_REJECTED, 401));
    }

    @ParameterizedTest
    @CsvSource({
        "486, '', USER_BUSY",
        "480, Q.850;cause=19, NO_ANSWER",
        "503, '', NORMAL_TEMPORARY_FAILURE",
        "503, Q.850;cause=34, NORMAL_CIRCUIT_CONGESTION",
        "404, Q.850;cause=1, UNALLOCATED_NUMBER",
        "500, Q.850;cause=38;text=\"down\", NETWORK_OUT_OF_ORDER"
    })
    void a_refusal_becomes_a_cause_by_its_reason_or_else_its_status(
            int status, String reason, HangupCause cause) throws InterruptedException {
        PhoneCall call = ann.call("100");
        Map<String, String> headers = reason.isEmpty() ? Map.of() : Map.of("Reason", reason);
        invited().reject(status, "", headers);
        assertThat(call.awaitEnd(PATIENCE).orElseThrow().status()).isEqualTo(status);
        assertThat(results).containsExactly(new DialResult.Failed(cause, status));
    }

    @Test
    void a_redirection_tells_where_to_best_first() throws InterruptedException {
        PhoneCall call = ann.call("100");
        String contacts = "<sip:second@x>;q=0.2, <sip:first@x>;q=0.9, <tel:+1>";
        invited().reject(302, "", Map.of("Contact", contacts));
        call.awaitEnd(PATIENCE);
        assertThat(pointed).containsExactly("sip:first@x", "sip:second@x");
        assertThat(results)
                .containsExactly(
                        new DialResult.Failed(HangupCause.REDIRECTION_TO_NEW_DESTINATION, 302));
    }

    @Test
    void a_carrier_that_drops_the_call_with_a_cause_ends_it_for_the_caller()
            throws InterruptedException {
        PhoneCall call = ann.call("100");
        Invitation invitation = invited();
        gateway.answer(invitation);
        assertThat(call.awaitAnswer(PATIENCE)).isTrue();
        invitation.session().hangUp(java.util.Optional.of("Q.850;cause=41"));
        PhoneCall.Ending ending = call.awaitEnd(PATIENCE).orElseThrow();
        assertThat(ending.byThem()).isTrue();
        assertThat(ending.status()).isZero();
    }

    @Test
    void a_caller_who_gives_up_is_cancelled_at_the_carrier() throws InterruptedException {
        PhoneCall call = ann.call("100");
        Invitation invitation = invited();
        invitation.ring();
        call.hangUp();
        await(() -> gateway.events().stream().anyMatch(SessionEvent.Cancelled.class::isInstance));
        SessionEvent.Cancelled cancelled =
                (SessionEvent.Cancelled)
                        gateway.events().stream()
                                .filter(SessionEvent.Cancelled.class::isInstance)
                                .findFirst()
                                .orElseThrow();
        assertThat(cancelled.reasonHeader()).startsWith("SIP;cause=487");
    }
}
