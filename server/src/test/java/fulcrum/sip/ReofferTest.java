package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Offers and answers inside a running call: hold, re-INVITE and UPDATE from either side, glare.
class ReofferTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 3);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");
    private SipSession call = new NoSession();
    private SipSession answered = new NoSession();

    @BeforeEach
    void a_call_is_up() {
        call = alice.calls(bob);
        clock.pass(50);
        answered = bob.invitation().session();
        bob.invitation().answer(Station.audio(5000));
        clock.pass(50);
        alice.events.clear();
        bob.events.clear();
        network.log().clear();
        alice.onEvent = event -> accept(event, 4001);
        bob.onEvent = event -> accept(event, 5001);
    }

    @AfterEach
    void nothing_stays_behind() {
        network.heal();
        alice.hangsUp(call);
        bob.hangsUp(answered);
        clock.passSeconds(200);
        assertThat(alice.stack.sessionCount() + bob.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private static void accept(SessionEvent event, int port) {
        if (event instanceof SessionEvent.Reoffered(_, var reply)) {
            reply.accept(Station.audio(port));
        }
    }

    @Test
    void the_caller_holds_and_the_answer_only_receives() {
        call.reoffer(Station.audio(4000, MediaDirection.SENDONLY));
        clock.pass(100);
        assertThat(network.names()).containsExactly("INVITE", "200 INVITE", "ACK");
        var offer = bob.heard(SessionEvent.Reoffered.class).offer();
        assertThat(offer.isHeld(offer.media().getFirst())).isTrue();
        var answer = alice.heard(SessionEvent.Reanswered.class).description();
        assertThat(answer.directionOf(answer.media().getFirst()))
                .isEqualTo(MediaDirection.RECVONLY);
        assertThat(network.last("INVITE").to().tag()).isEqualTo(answered.localTag());
    }

    @Test
    void the_callee_reoffers_and_the_caller_answers() {
        answered.reoffer(Station.audio(5002));
        clock.pass(100);
        assertThat(Station.portOf(alice.heard(SessionEvent.Reoffered.class).offer()))
                .isEqualTo(5002);
        assertThat(Station.portOf(bob.heard(SessionEvent.Reanswered.class).description()))
                .isEqualTo(4001);
    }

    @Test
    void a_refused_offer_leaves_everything_as_it_was() {
        bob.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(_, var reply)) {
                        reply.refuse(488, "Not Acceptable Here");
                    }
                };
        call.reoffer(Station.audio(4002));
        clock.pass(100);
        assertThat(alice.heard(SessionEvent.ReofferRefused.class).status()).isEqualTo(488);
        bob.onEvent = event -> accept(event, 5001);
        call.reoffer(Station.audio(4004));
        clock.pass(100);
        assertThat(Station.portOf(alice.heard(SessionEvent.Reanswered.class).description()))
                .isEqualTo(5001);
    }

    @Test
    void an_offer_made_while_another_is_in_flight_waits_for_its_turn() {
        call.reoffer(Station.audio(4002));
        call.reoffer(Station.audio(4004));
        clock.pass(15);
        assertThat(network.count("INVITE")).isEqualTo(1);
        clock.pass(100);
        assertThat(network.count("INVITE")).isEqualTo(2);
        assertThat(alice.kinds()).containsExactly("Reanswered", "Reanswered");
    }

    @Test
    void offers_that_meet_are_refused_with_491_and_made_again_one_after_the_other() {
        call.reoffer(Station.audio(4002));
        answered.reoffer(Station.audio(5002));
        clock.pass(50);
        assertThat(network.count("491 INVITE")).isEqualTo(2);
        assertThat(alice.events).isEmpty();
        assertThat(bob.events).isEmpty();
        clock.pass(2_000);
        assertThat(bob.kinds()).containsExactly("Reanswered");
        assertThat(alice.kinds()).containsExactly("Reoffered");
        clock.pass(2_100);
        assertThat(bob.kinds()).containsExactly("Reanswered", "Reoffered");
        assertThat(alice.kinds()).containsExactly("Reoffered", "Reanswered");
    }

    @Test
    void a_lost_ack_to_a_reinvite_is_repeated_and_the_call_goes_on() {
        network.loseNext("ACK", 1);
        call.reoffer(Station.audio(4002));
        clock.passSeconds(2);
        assertThat(network.count("200 INVITE")).isEqualTo(2);
        assertThat(network.count("ACK")).isEqualTo(2);
        answered.reoffer(Station.audio(5002));
        clock.pass(100);
        assertThat(bob.kinds()).containsExactly("Reoffered", "Reanswered");
    }

    @Test
    void a_reinvite_that_comes_before_the_ack_of_the_last_one_counts_as_that_ack() {
        network.loseNext("ACK", 1);
        call.reoffer(Station.audio(4002));
        clock.pass(40);
        call.reoffer(Station.audio(4004));
        clock.pass(100);
        assertThat(alice.kinds()).containsExactly("Reanswered", "Reanswered");
        clock.passSeconds(40);
        assertThat(network.count("200 INVITE")).isEqualTo(2);
    }

    @Test
    void a_reinvite_to_a_callee_whose_ack_was_lost_confirms_the_call() {
        var second = Station.on(network, clock, "192.0.2.3");
        network.loseNext("ACK", 1);
        var other = alice.calls(second);
        clock.pass(50);
        second.invitation().answer(Station.audio(6000));
        clock.pass(50);
        assertThat(second.kinds()).isEmpty();
        second.onEvent = event -> accept(event, 6001);
        other.reoffer(Station.audio(4008));
        clock.pass(100);
        assertThat(second.kinds()).containsExactly("Confirmed", "Reoffered");
        alice.hangsUp(other);
    }

    @Test
    void an_answer_that_takes_its_time_is_announced_by_100() {
        bob.onEvent = _ -> {};
        call.reoffer(Station.audio(4002));
        clock.pass(100);
        assertThat(network.names()).containsExactly("INVITE", "100 INVITE");
        bob.heard(SessionEvent.Reoffered.class).reply().accept(Station.audio(5003));
        bob.heard(SessionEvent.Reoffered.class).reply().accept(Station.audio(5004));
        clock.pass(100);
        assertThat(Station.portOf(alice.heard(SessionEvent.Reanswered.class).description()))
                .isEqualTo(5003);
        assertThat(network.count("200 INVITE")).isEqualTo(1);
    }

    @Test
    void an_offer_that_nobody_replies_to_is_cancelled_after_a_minute() {
        bob.onEvent = _ -> {};
        call.reoffer(Station.audio(4002));
        clock.pass(59_000);
        assertThat(network.count("CANCEL")).isZero();
        clock.pass(2_000);
        assertThat(network.count("CANCEL")).isEqualTo(1);
        assertThat(alice.heard(SessionEvent.ReofferRefused.class).status()).isEqualTo(487);
        bob.heard(SessionEvent.Reoffered.class).reply().accept(Station.audio(5003));
        clock.pass(100);
        assertThat(network.count("200 INVITE")).isZero();
    }

    @Test
    void a_call_whose_offer_is_unanswered_when_it_ends_refuses_it_with_487() {
        bob.onEvent = _ -> {};
        call.reoffer(Station.audio(4002));
        clock.pass(50);
        bob.hangsUp(answered);
        clock.pass(100);
        assertThat(network.count("487 INVITE")).isEqualTo(1);
        assertThat(network.count("200 BYE")).isEqualTo(1);
        assertThat(alice.kinds()).endsWith("Ended");
    }

    @Test
    void an_offer_that_the_other_side_does_not_know_any_more_ends_the_call() {
        network.lose(carried -> carried.name().equals("BYE"));
        bob.hangsUp(answered);
        clock.passSeconds(40);
        network.heal();
        call.reoffer(Station.audio(4002));
        clock.pass(100);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOST);
    }

    @Test
    void an_offer_that_never_arrives_ends_the_call() {
        network.lose(_ -> true);
        call.reoffer(Station.audio(4002));
        clock.passSeconds(33);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOST);
    }

    @Test
    void a_reinvite_over_a_bad_network_is_answered_once() {
        network.worsen(0.3, 0.3, 200);
        call.reoffer(Station.audio(4002));
        answered.reoffer(Station.audio(5002));
        clock.passSeconds(60);
        assertThat(alice.kinds()).containsExactlyInAnyOrder("Reoffered", "Reanswered");
        assertThat(bob.kinds()).containsExactlyInAnyOrder("Reoffered", "Reanswered");
    }
}
