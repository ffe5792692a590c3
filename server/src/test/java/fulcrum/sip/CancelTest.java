package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/// Calls that are given up, and the CANCEL that meets a 200 on the way.
class CancelTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 2);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");

    @AfterEach
    void nothing_stays_behind() {
        clock.passSeconds(200);
        assertThat(alice.stack.sessionCount() + bob.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void a_ringing_call_is_cancelled() {
        var call = alice.calls(bob);
        clock.pass(50);
        bob.invitation().ring();
        clock.pass(50);
        call.hangUp(Optional.of("SIP;cause=200, Q.850;cause=26"));
        clock.pass(50);
        assertThat(network.names())
                .containsExactly(
                        "INVITE",
                        "100 INVITE",
                        "180 INVITE",
                        "CANCEL",
                        "200 CANCEL",
                        "487 INVITE",
                        "ACK");
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(487);
        assertThat(bob.heard(SessionEvent.Cancelled.class).q850()).isEqualTo(26);
        assertThat(network.last("200 CANCEL").to().tag())
                .isEqualTo(network.last("487 INVITE").to().tag());
    }

    @Test
    void a_cancel_waits_for_the_first_provisional_response() {
        network.loseNext("100 INVITE", 1);
        var call = alice.calls(bob);
        clock.pass(50);
        alice.hangsUp(call);
        clock.pass(50);
        assertThat(network.count("CANCEL")).isZero();
        clock.pass(600);
        assertThat(network.count("CANCEL")).isEqualTo(1);
        assertThat(bob.hasHeard(SessionEvent.Cancelled.class)).isTrue();
    }

    @Test
    void a_200_that_was_sent_before_the_cancel_came_is_acknowledged_and_ended() {
        var call = alice.calls(bob);
        clock.pass(50);
        bob.invitation().ring();
        clock.pass(50);
        bob.invitation().answer(Station.audio(5000));
        alice.hangsUp(call);
        clock.pass(100);
        assertThat(network.names())
                .containsSubsequence("200 INVITE", "CANCEL", "ACK", "BYE", "200 BYE");
        assertThat(network.count("487 INVITE")).isZero();
        assertThat(network.count("200 CANCEL")).isEqualTo(1);
        assertThat(alice.kinds()).containsExactly("Ringing", "Refused");
        assertThat(bob.kinds()).containsExactly("Confirmed", "Ended");
    }

    @Test
    void an_answer_that_comes_after_the_cancel_is_not_sent() {
        var call = alice.calls(bob);
        clock.pass(50);
        alice.hangsUp(call);
        clock.pass(15);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        assertThat(network.count("200 INVITE")).isZero();
        assertThat(bob.kinds()).containsExactly("Cancelled");
        assertThat(alice.kinds()).containsExactly("Refused");
    }

    @Test
    void a_200_that_overtakes_the_lost_cancel_is_acknowledged_and_ended() {
        var call = alice.calls(bob);
        clock.pass(50);
        network.loseNext("CANCEL", 1);
        alice.hangsUp(call);
        clock.pass(100);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(100);
        assertThat(alice.kinds()).containsExactly("Refused");
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
    }

    @Test
    void a_lost_cancel_is_repeated() {
        var call = alice.calls(bob);
        clock.pass(50);
        network.loseNext("CANCEL", 2);
        alice.hangsUp(call);
        clock.passSeconds(2);
        assertThat(bob.kinds()).containsExactly("Cancelled");
    }

    @Test
    void a_487_that_is_not_acknowledged_is_repeated_until_it_is() {
        var call = alice.calls(bob);
        clock.pass(50);
        network.loseNext("ACK", 2);
        alice.hangsUp(call);
        clock.passSeconds(5);
        assertThat(network.count("487 INVITE")).isEqualTo(3);
        assertThat(network.count("ACK")).isEqualTo(3);
    }

    @Test
    void a_call_given_up_while_nobody_answers_sends_no_cancel_at_all() {
        network.lose(_ -> true);
        var call = alice.calls(bob);
        clock.passSeconds(3);
        alice.hangsUp(call);
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(487);
        clock.passSeconds(60);
        assertThat(network.count("CANCEL")).isZero();
        assertThat(alice.kinds()).containsExactly("Refused");
    }

    @Test
    void a_cancelled_call_of_which_nothing_more_is_heard_is_forgotten() {
        var call = alice.calls(bob);
        clock.pass(50);
        network.lose(carried -> carried.name().equals("CANCEL"));
        alice.hangsUp(call);
        clock.passSeconds(33);
        assertThat(alice.stack.sessionCount()).isZero();
        bob.hangsUp(bob.invitation().session());
    }

    @Test
    void a_call_that_rings_and_is_hung_up_by_the_callee_gets_480() {
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().session().hangUp(Optional.of("Q.850;cause=16"));
        clock.pass(50);
        var refusal = alice.heard(SessionEvent.Refused.class);
        assertThat(refusal.status()).isEqualTo(480);
        assertThat(refusal.q850()).isEqualTo(16);
        assertThat(bob.kinds()).containsExactly("Ended");
    }
}
