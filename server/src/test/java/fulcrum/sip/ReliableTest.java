package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/// Reliable provisional responses on both sides (RFC 3262).
class ReliableTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 4);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");

    @AfterEach
    void nothing_stays_behind() {
        network.heal();
        bob.invitations.forEach(one -> bob.hangsUp(one.session()));
        clock.passSeconds(200);
        assertThat(alice.stack.sessionCount() + bob.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private SipSession requiring(Optional<SessionDescription> offer) {
        var call = alice.inviteTo(bob).with("Require", "100rel");
        return alice.stack.invite(offer.map(call::offering).orElse(call), alice);
    }

    private Invitation invited(Optional<SessionDescription> offer) {
        requiring(offer);
        clock.pass(50);
        return bob.invitation();
    }

    @Test
    void a_caller_who_requires_it_gets_ringing_that_surely_arrives() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        network.loseNext("180 INVITE", 2);
        invitation.ring();
        clock.pass(1_600);
        assertThat(alice.kinds()).containsExactly("Ringing");
        assertThat(network.count("180 INVITE")).isEqualTo(3);
        assertThat(network.count("PRACK")).isEqualTo(1);
        clock.passSeconds(20);
        assertThat(network.count("180 INVITE")).isEqualTo(3);
        var prack = (SipRequest) network.last("PRACK");
        var ringing = network.last("180 INVITE");
        assertThat(prack.header("RAck"))
                .hasValue(ringing.header("RSeq").orElseThrow() + " 1 INVITE");
    }

    @Test
    void a_caller_who_only_supports_it_gets_plain_ringing() {
        alice.calls(bob);
        clock.pass(50);
        bob.invitation().ring();
        clock.pass(50);
        assertThat(network.last("180 INVITE").hasHeader("RSeq")).isFalse();
        assertThat(network.count("PRACK")).isZero();
    }

    @Test
    void a_lost_prack_is_repeated_and_the_ringing_is_heard_once() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        network.loseNext("PRACK", 2);
        invitation.ring();
        clock.passSeconds(4);
        assertThat(alice.kinds()).containsExactly("Ringing");
        assertThat(network.count("200 PRACK")).isEqualTo(1);
    }

    @Test
    void the_second_response_waits_for_the_prack_of_the_first() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        invitation.ring();
        invitation.progress(Station.audio(5000));
        clock.pass(5);
        assertThat(network.count("183 INVITE")).isZero();
        clock.pass(100);
        assertThat(network.names())
                .containsSubsequence(
                        "180 INVITE", "PRACK", "200 PRACK", "183 INVITE", "PRACK", "200 PRACK");
        assertThat(alice.kinds()).containsExactly("Ringing", "EarlyMedia", "Ringing");
    }

    @Test
    void an_answer_waits_until_the_early_description_has_arrived() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        network.loseNext("183 INVITE", 1);
        invitation.progress(Station.audio(5000));
        invitation.answer(Station.audio(5000));
        clock.pass(400);
        assertThat(network.count("200 INVITE")).isZero();
        clock.pass(300);
        assertThat(network.names())
                .containsSubsequence("183 INVITE", "PRACK", "200 PRACK", "200 INVITE", "ACK");
        assertThat(alice.kinds()).containsExactly("EarlyMedia", "Ringing", "Answered");
        assertThat(bob.kinds()).containsExactly("Confirmed");
    }

    @Test
    void a_response_that_is_never_acknowledged_ends_the_call_with_504() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        network.lose(carried -> carried.name().equals("PRACK"));
        invitation.ring();
        clock.passSeconds(33);
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(504);
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.UNACKNOWLEDGED);
    }

    @Test
    void a_late_offer_goes_out_in_a_reliable_183_and_is_answered_in_the_prack() {
        alice.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(_, var reply)) {
                        reply.accept(Station.audio(4000));
                    }
                };
        var invitation = invited(Optional.empty());
        invitation.ring();
        clock.pass(50);
        assertThat(network.count("180 INVITE")).isZero();
        invitation.progress(Station.audio(5000));
        clock.pass(50);
        assertThat(Station.portOf(bob.heard(SessionEvent.Reanswered.class).description()))
                .isEqualTo(4000);
        invitation.answer(Station.audio(5000));
        clock.pass(50);
        assertThat(alice.kinds()).containsExactly("Reoffered", "Ringing", "Answered");
        assertThat(bob.kinds()).containsExactly("Reanswered", "Confirmed");
        assertThat(network.last("ACK").body()).isEmpty();
    }

    @Test
    void a_prack_for_nothing_gets_481() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        invitation.ring();
        clock.pass(50);
        var prack = (SipRequest) network.last("PRACK");
        var stranger = new Stranger(network, "192.0.2.9");
        stranger.sends(
                prack.with("CSeq", "77 PRACK")
                        .with("RAck", "4711 1 INVITE")
                        .withTopVia(stranger.via()),
                bob.address);
        clock.pass(50);
        assertThat(network.last("481 PRACK").cseq().number()).isEqualTo(77);
    }

    @Test
    void a_cancelled_call_stops_repeating() {
        var call = requiring(Optional.of(Station.audio(4000)));
        clock.pass(50);
        network.lose(carried -> carried.name().equals("PRACK"));
        bob.invitation().ring();
        clock.pass(100);
        alice.hangsUp(call);
        clock.pass(100);
        var ringings = network.count("180 INVITE");
        clock.passSeconds(40);
        assertThat(network.count("180 INVITE")).isEqualTo(ringings);
        assertThat(bob.kinds()).containsExactly("Cancelled");
    }

    @Test
    void a_call_that_rings_for_long_says_so_every_minute() {
        var invitation = invited(Optional.of(Station.audio(4000)));
        invitation.ring();
        clock.passSeconds(185);
        assertThat(network.count("180 INVITE")).isEqualTo(4);
        assertThat(network.count("PRACK")).isEqualTo(4);
    }
}
