package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// REFER inside a call and what is told of it.
class TransferTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 8);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station bob = Station.on(network, clock, "192.0.2.2");
    private SipSession call = new NoSession();

    @BeforeEach
    void a_call_is_up() {
        bob.onInvitation = invitation -> invitation.answer(Station.audio(5000));
        call = alice.calls(bob);
        clock.pass(100);
        alice.events.clear();
        bob.events.clear();
    }

    private SessionEvent.TransferAsked asked() {
        return bob.heard(SessionEvent.TransferAsked.class);
    }

    @Test
    void an_accepted_transfer_tells_how_it_goes_on() {
        call.transfer("<sip:carol@example.com>");
        clock.pass(50);
        assertThat(asked().referTo()).isEqualTo("<sip:carol@example.com>");
        assertThat(asked().replaces()).isFalse();
        asked().reply().accept();
        clock.pass(50);
        asked().reply().progress(180, "Ringing");
        clock.pass(50);
        asked().reply().progress(200, "OK");
        clock.pass(50);
        asked().reply().progress(200, "OK");
        clock.pass(50);
        assertThat(alice.events)
                .containsExactly(
                        new SessionEvent.TransferProgress(100, "Trying"),
                        new SessionEvent.TransferProgress(180, "Ringing"),
                        new SessionEvent.TransferProgress(200, "OK"));
        assertThat(network.last("NOTIFY").header("Subscription-State"))
                .hasValue("terminated;reason=noresource");
        assertThat(network.count("200 NOTIFY")).isEqualTo(3);
    }

    @Test
    void a_refused_transfer_is_told_with_its_status() {
        call.transfer("<sip:carol@example.com?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>");
        clock.pass(50);
        assertThat(asked().replaces()).isTrue();
        asked().reply().refuse(603, "Decline");
        clock.pass(50);
        assertThat(alice.events).containsExactly(new SessionEvent.TransferProgress(603, "Decline"));
        assertThat(network.count("NOTIFY")).isZero();
    }

    @Test
    void a_notify_for_anything_else_gets_489() {
        call.send("NOTIFY", "", new byte[0]);
        clock.pass(50);
        assertThat(network.count("489 NOTIFY")).isEqualTo(1);
        assertThat(bob.events).isEmpty();
    }

    @Test
    void a_transfer_that_was_asked_for_when_the_call_ends_is_not_told_any_more() {
        call.transfer("<sip:carol@example.com>");
        clock.pass(50);
        asked().reply().accept();
        clock.pass(50);
        alice.hangsUp(call);
        clock.pass(50);
        asked().reply().progress(200, "OK");
        clock.pass(50);
        assertThat(network.count("NOTIFY")).isEqualTo(1);
    }
}
