package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

/// Whole calls between two stacks over a network in memory.
class CallTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 1);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");

    /// Whatever happened, nothing stays behind once every timer has run out.
    @AfterEach
    void nothing_stays_behind() {
        network.heal();
        alice.invitations.forEach(one -> alice.hangsUp(one.session()));
        bob.invitations.forEach(one -> bob.hangsUp(one.session()));
        clock.passSeconds(200);
        assertThat(alice.stack.sessionCount()).isZero();
        assertThat(bob.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount()).isZero();
        assertThat(bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void a_call_rings_is_answered_and_is_ended_by_the_caller() {
        var call = alice.calls(bob);
        clock.pass(50);
        bob.invitation().ring();
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(alice.kinds()).containsExactly("Ringing", "Answered");
        assertThat(Station.portOf(alice.heard(SessionEvent.Answered.class).description()))
                .isEqualTo(5000);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        call.hangUp(Optional.of("Q.850;cause=16"));
        clock.pass(50);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOCAL);
        var end = bob.heard(SessionEvent.Ended.class);
        assertThat(end.cause()).isEqualTo(SessionEvent.Cause.REMOTE);
        assertThat(end.q850()).isEqualTo(16);
        assertThat(end.reasonHeader()).isEqualTo("Q.850;cause=16");
        assertThat(network.names())
                .containsExactly(
                        "INVITE",
                        "100 INVITE",
                        "180 INVITE",
                        "200 INVITE",
                        "ACK",
                        "BYE",
                        "200 BYE");
    }

    @Test
    void a_call_is_ended_by_the_callee() {
        answeredCall();
        bob.hangsUp(bob.invitation().session());
        clock.pass(50);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
        assertThat(bob.heard(SessionEvent.Ended.class).cause()).isEqualTo(SessionEvent.Cause.LOCAL);
    }

    @Test
    void both_sides_may_hang_up_at_once() {
        var call = answeredCall();
        alice.hangsUp(call);
        bob.hangsUp(bob.invitation().session());
        clock.pass(50);
        assertThat(network.count("BYE")).isEqualTo(2);
        assertThat(network.count("200 BYE")).isEqualTo(2);
        assertThat(alice.kinds()).filteredOn("Ended"::equals).hasSize(1);
        assertThat(bob.kinds()).filteredOn("Ended"::equals).hasSize(1);
    }

    @Test
    void a_refusal_reaches_the_caller_with_its_cause() {
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().reject(486, "Busy Here", Map.of("Reason", "Q.850;cause=17;text=\"busy\""));
        clock.pass(50);
        var refusal = alice.heard(SessionEvent.Refused.class);
        assertThat(refusal.status()).isEqualTo(486);
        assertThat(refusal.q850()).isEqualTo(17);
        assertThat(network.count("ACK")).isEqualTo(1);
    }

    @Test
    void early_media_is_heard_and_the_answer_says_the_same_again() {
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().progress(Station.audio(5000));
        clock.pass(50);
        assertThat(Station.portOf(alice.heard(SessionEvent.EarlyMedia.class).description()))
                .isEqualTo(5000);
        bob.invitation().answer(Station.audio(7000));
        clock.pass(50);
        assertThat(Station.portOf(alice.heard(SessionEvent.Answered.class).description()))
                .isEqualTo(5000);
    }

    @Test
    void a_call_that_nobody_answers_at_all_ends_with_408_after_32_seconds() {
        network.lose(_ -> true);
        alice.calls(bob);
        clock.pass(31_999);
        assertThat(alice.events).isEmpty();
        assertThat(network.count("INVITE")).isEqualTo(7);
        clock.pass(1);
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(408);
    }

    @Test
    void a_call_without_offer_is_offered_to_by_the_callee() {
        alice.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(var offer, var reply)) {
                        assertThat(Station.portOf(offer)).isEqualTo(5000);
                        reply.accept(Station.audio(4000));
                    }
                };
        alice.stack.invite(alice.inviteTo(bob), alice);
        clock.pass(50);
        assertThat(bob.invitation().offer()).isEmpty();
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(alice.kinds()).containsExactly("Reoffered", "Answered");
        assertThat(bob.kinds()).containsExactly("Reanswered", "Confirmed");
        assertThat(Station.portOf(bob.heard(SessionEvent.Reanswered.class).description()))
                .isEqualTo(4000);
        assertThat(SessionDescription.parse(network.last("ACK").body()).audio()).isPresent();
    }

    @Test
    void a_late_offer_that_is_refused_ends_the_call_with_ack_and_bye() {
        alice.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(_, var reply)) {
                        reply.refuse(488, "Not Acceptable Here");
                    }
                };
        alice.stack.invite(alice.inviteTo(bob), alice);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(network.names()).containsSubsequence("200 INVITE", "ACK", "BYE", "200 BYE");
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.UNUSABLE);
    }

    @Test
    void an_ack_without_the_answer_that_it_owes_ends_the_call() {
        alice.stack.invite(alice.inviteTo(bob), alice);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(alice.kinds()).containsExactly("Reoffered");
        alice.events.clear();
        alice.stack
                .find(bob.invitation().request().callId(), bob.invitation().session().remoteTag())
                .orElseThrow()
                .hangUp(Optional.empty());
        clock.pass(50);
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.UNUSABLE);
    }

    @Test
    void a_lost_200_and_a_lost_ack_are_repeated_until_they_arrive() {
        network.loseNext("200 INVITE", 2);
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(1_400);
        assertThat(alice.kinds()).isEmpty();
        clock.pass(200);
        assertThat(alice.kinds()).containsExactly("Answered");
        network.loseNext("ACK", 0);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        assertThat(network.count("200 INVITE")).isEqualTo(3);
    }

    @Test
    void a_lost_ack_is_sent_again_for_the_next_200() {
        network.loseNext("ACK", 2);
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(1_000);
        assertThat(bob.kinds()).isEmpty();
        clock.pass(1_000);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        assertThat(network.count("ACK")).isEqualTo(3);
        clock.passSeconds(40);
        assertThat(network.count("200 INVITE")).isEqualTo(3);
    }

    @Test
    void an_answer_that_is_never_acknowledged_ends_the_call_after_32_seconds_with_bye() {
        network.lose(carried -> carried.name().equals("ACK"));
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(31_900);
        assertThat(bob.hasHeard(SessionEvent.Ended.class)).isFalse();
        clock.pass(200);
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.UNACKNOWLEDGED);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
    }

    @Test
    void a_callee_who_hangs_up_before_the_ack_says_bye_only_after_it() {
        network.loseNext("ACK", 1);
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        bob.hangsUp(bob.invitation().session());
        assertThat(bob.heard(SessionEvent.Ended.class).cause()).isEqualTo(SessionEvent.Cause.LOCAL);
        clock.pass(300);
        assertThat(network.count("BYE")).isZero();
        clock.pass(1_000);
        assertThat(network.count("BYE")).isEqualTo(1);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
    }

    @Test
    void a_lost_bye_is_repeated_and_ends_the_other_side_once() {
        var call = answeredCall();
        network.loseNext("BYE", 3);
        alice.hangsUp(call);
        clock.passSeconds(3);
        assertThat(bob.hasHeard(SessionEvent.Ended.class)).isFalse();
        clock.passSeconds(1);
        assertThat(bob.kinds()).containsExactly("Confirmed", "Ended");
        assertThat(network.count("BYE")).isEqualTo(4);
    }

    @Test
    void a_bye_that_never_arrives_is_given_up_and_forgotten() {
        var call = answeredCall();
        network.lose(carried -> carried.name().equals("BYE"));
        alice.hangsUp(call);
        clock.passSeconds(33);
        assertThat(alice.stack.sessionCount()).isZero();
        assertThat(alice.kinds()).containsExactly("Answered", "Ended");
    }

    @Test
    void keys_in_info_arrive_as_an_event() {
        var call = answeredCall();
        call.send(
                "INFO",
                "application/dtmf-relay; charset=utf-8",
                "Signal=5\r\nDuration=160\r\n".getBytes(UTF_8));
        clock.pass(50);
        var info = bob.heard(SessionEvent.InfoReceived.class);
        assertThat(info.contentType()).isEqualTo("application/dtmf-relay");
        assertThat(new String(info.body(), UTF_8)).startsWith("Signal=5");
        assertThat(network.names()).endsWith("INFO", "200 INFO");
    }

    @Test
    void a_request_for_a_call_that_the_other_side_lost_ends_it_here() {
        var call = answeredCall();
        network.lose(carried -> carried.name().equals("BYE"));
        bob.hangsUp(bob.invitation().session());
        clock.passSeconds(40);
        network.heal();
        assertThat(bob.stack.sessionCount()).isZero();
        call.send("INFO", "text/plain", "x".getBytes(UTF_8));
        clock.pass(50);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOST);
    }

    @Test
    void a_call_is_challenged_and_made_again_with_credentials() {
        bob.admission = new Admission.Challenged("example.com", false);
        bob.onInvitation = invitation -> invitation.answer(Station.audio(5000));
        var call =
                alice.inviteTo(bob)
                        .offering(Station.audio(4000))
                        .authenticatedBy("alice", "secret");
        alice.stack.invite(call, alice);
        clock.pass(15);
        assertThat(bob.stack.transactionCount()).isZero();
        assertThat(bob.stack.sessionCount()).isZero();
        bob.admission = new Admission.Admitted();
        clock.pass(100);
        assertThat(alice.kinds()).containsExactly("Answered");
        var credentials =
                Digest.credentials(bob.invitation().request(), "example.com").orElseThrow();
        assertThat(credentials.field("algorithm")).isEqualTo("SHA-256");
        assertThat(Digest.verify(bob.invitation().request(), credentials, "secret")).isTrue();
        assertThat(bob.invitation().request().cseq().number()).isEqualTo(2);
        alice.heard(SessionEvent.Answered.class);
    }

    @Test
    void wrong_credentials_are_not_tried_twice() {
        bob.admission = new Admission.Challenged("example.com", false);
        alice.stack.invite(
                alice.inviteTo(bob).offering(Station.audio(4000)).authenticatedBy("alice", "wrong"),
                alice);
        clock.passSeconds(5);
        assertThat(network.count("INVITE")).isEqualTo(2);
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(401);
    }

    private SipSession answeredCall() {
        var call = alice.calls(bob);
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(alice.kinds()).containsExactly("Answered");
        assertThat(bob.kinds()).containsExactly("Confirmed");
        return call;
    }
}
