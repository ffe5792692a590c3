package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Session timers (RFC 4028): refreshed by either side, by UPDATE or re-INVITE, and run out.
class TimerTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 6);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");
    private final Stranger phone = new Stranger(network, "192.0.2.3");

    @AfterEach
    void nothing_stays_behind() {
        network.heal();
        clock.passSeconds(4_000);
        assertThat(alice.stack.sessionCount() + bob.stack.sessionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private SipSession answeredCall() {
        bob.onInvitation = invitation -> invitation.answer(Station.audio(5000));
        var call = alice.calls(bob);
        clock.pass(100);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        return call;
    }

    @Test
    void a_call_between_two_of_us_is_refreshed_by_the_caller_every_15_minutes() {
        var call = answeredCall();
        assertThat(network.last("200 INVITE").header("Session-Expires"))
                .hasValue("1800;refresher=uac");
        assertThat(network.last("200 INVITE").headers("Require")).contains("timer");
        clock.passSeconds(3_700);
        assertThat(network.count("UPDATE")).isEqualTo(4);
        assertThat(alice.kinds()).containsExactly("Answered");
        assertThat(bob.kinds()).containsExactly("Confirmed");
        alice.hangsUp(call);
    }

    @Test
    void a_side_that_hears_no_refresh_ends_the_call_before_the_interval_is_over() {
        answeredCall();
        network.lose(carried -> carried.name().equals("UPDATE"));
        clock.passSeconds(1_700);
        assertThat(alice.hasHeard(SessionEvent.Ended.class)).isTrue();
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOST);
    }

    @Test
    void a_dead_caller_is_noticed_32_seconds_before_the_interval_is_over() {
        answeredCall();
        network.lose(_ -> true);
        clock.passSeconds(1_767.5);
        assertThat(bob.hasHeard(SessionEvent.Ended.class)).isFalse();
        clock.passSeconds(1);
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.EXPIRED);
    }

    @Test
    void a_phone_without_update_is_refreshed_by_reinvite_and_nobody_is_told() {
        phone.sends(
                phone.invite(bob, "timer-1")
                        .with("Session-Expires", "100;refresher=uas")
                        .with("Supported", "timer")
                        .with("Allow", "INVITE, ACK, BYE"),
                bob.address);
        clock.pass(20);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(20);
        var ok = phone.lastResponse();
        assertThat(ok.header("Session-Expires")).hasValue("100;refresher=uas");
        phone.sends(
                phone.request("ACK", bob, "timer-1").with("To", ok.to().toString()), bob.address);
        clock.passSeconds(51);
        var refresh = phone.lastRequest("INVITE");
        assertThat(refresh.header("Session-Expires")).hasValue("100;refresher=uac");
        assertThat(SessionDescription.parse(refresh.body()).origin())
                .isEqualTo(SessionDescription.parse(ok.body()).origin());
        phone.sends(
                SipResponse.to(refresh, 200, "OK")
                        .with("Contact", "<sip:stranger@192.0.2.3>")
                        .with("Session-Expires", "100;refresher=uac")
                        .withBody(SessionDescription.CONTENT_TYPE, Station.audio(4000).toBytes()),
                bob.address);
        clock.pass(50);
        assertThat(phone.count("ACK")).isEqualTo(1);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        clock.passSeconds(60);
        assertThat(phone.count("INVITE")).isGreaterThan(1);
        bob.hangsUp(bob.invitation().session());
    }

    @Test
    void a_reinvite_that_says_nothing_new_is_answered_without_the_application() {
        phone.sends(
                phone.invite(bob, "timer-2")
                        .with("Session-Expires", "100;refresher=uac")
                        .with("Supported", "timer"),
                bob.address);
        clock.pass(20);
        bob.invitation().answer(Station.audio(5000));
        clock.pass(20);
        var to = phone.lastResponse().to().toString();
        phone.sends(phone.request("ACK", bob, "timer-2").with("To", to), bob.address);
        clock.passSeconds(50);
        phone.sends(
                phone.invite(bob, "timer-2")
                        .with("To", to)
                        .with("CSeq", "2 INVITE")
                        .with("Session-Expires", "100;refresher=uac")
                        .with("Supported", "timer"),
                bob.address);
        clock.pass(20);
        assertThat(phone.lastResponse().status()).isEqualTo(200);
        phone.sends(
                phone.request("ACK", bob, "timer-2").with("To", to).with("CSeq", "2 ACK"),
                bob.address);
        clock.passSeconds(60);
        assertThat(bob.kinds()).containsExactly("Confirmed");
        clock.passSeconds(10);
        assertThat(bob.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.EXPIRED);
    }

    @Test
    void an_interval_that_is_too_short_is_refused_with_422() {
        phone.sends(
                phone.invite(bob, "timer-3")
                        .with("Session-Expires", "60")
                        .with("Supported", "timer"),
                bob.address);
        clock.pass(20);
        assertThat(phone.lastResponse().status()).isEqualTo(422);
        assertThat(phone.lastResponse().header("Min-SE")).hasValue("90");
        assertThat(bob.stack.transactionCount()).isZero();
        assertThat(bob.invitations).isEmpty();
    }

    @Test
    void a_422_is_answered_by_the_same_call_with_the_longer_interval() {
        var target = SipUri.of("bob", "192.0.2.3", 5060);
        alice.stack.invite(
                OutgoingInvite.to(target, NameAddress.of(alice.uri("alice")))
                        .offering(Station.audio(4000)),
                alice);
        clock.pass(20);
        phone.sends(
                SipResponse.to(phone.lastRequest("INVITE"), 422, "Too Small")
                        .with("Min-SE", "7200"),
                alice.address);
        clock.pass(50);
        var second = phone.lastRequest("INVITE");
        assertThat(second.header("Session-Expires")).hasValue("7200");
        assertThat(second.cseq().number()).isEqualTo(2);
        phone.sends(SipResponse.to(second, 486, "Busy Here"), alice.address);
        clock.pass(50);
        assertThat(alice.heard(SessionEvent.Refused.class).status()).isEqualTo(486);
    }
}
