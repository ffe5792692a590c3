package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// The four transaction machines by themselves, with the times of RFC 3261 §17 and RFC 6026.
class MachinesTest {
    private static final SipRequest INVITE = request("INVITE");
    private static final SipRequest INFO = request("INFO");

    private static SipRequest request(String method) {
        return SipRequest.of(method, SipUri.of("bob", "192.0.2.2", 0))
                .with("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1")
                .with("From", "<sip:a@example.com>;tag=1")
                .with("To", "<sip:b@example.com>")
                .with("Call-ID", "c")
                .with("CSeq", "1 " + method)
                .with("Route", "<sip:192.0.2.7;lr>");
    }

    private static SipResponse response(SipRequest request, int status) {
        return SipResponse.to(request, status, "x").with("To", "<sip:b@example.com>;tag=2");
    }

    /// Outputs in short: `send INVITE`, `start A 500`, `deliver 200`, `stop A`, `timed out`, `finished`.
    private static List<String> words(List<TransactionOutput> outputs) {
        return outputs.stream().map(MachinesTest::word).toList();
    }

    private static String word(TransactionOutput output) {
        return switch (output) {
            case TransactionOutput.Send(var message) -> "send " + name(message);
            case TransactionOutput.Deliver(var message) -> "deliver " + name(message);
            case TransactionOutput.Start(var timer, var millis) -> "start " + timer + ' ' + millis;
            case TransactionOutput.Stop(var timer) -> "stop " + timer;
            case TransactionOutput.TimedOut() -> "timed out";
            case TransactionOutput.Finished() -> "finished";
        };
    }

    private static String name(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method();
            case SipResponse response -> String.valueOf(response.status());
        };
    }

    @Test
    void an_invite_is_repeated_after_0_5_1_2_4_8_16_seconds_and_given_up_after_32() {
        var machine = new InviteClientTransaction(INVITE, false);
        assertThat(words(machine.start()))
                .containsExactly("send INVITE", "start A 500", "start B 32000");
        var intervals = new ArrayList<String>();
        for (var i = 0; i < 6; i++) {
            intervals.add(words(machine.fired(TransactionTimer.A)).get(1));
        }
        assertThat(intervals)
                .containsExactly(
                        "start A 1000",
                        "start A 2000",
                        "start A 4000",
                        "start A 8000",
                        "start A 16000",
                        "start A 32000");
        assertThat(words(machine.fired(TransactionTimer.B)))
                .containsExactly("timed out", "finished");
        assertThat(machine.fired(TransactionTimer.A)).isEmpty();
        assertThat(machine.received(response(INVITE, 200))).isEmpty();
    }

    @Test
    void an_invite_over_a_reliable_way_is_sent_once() {
        assertThat(words(new InviteClientTransaction(INVITE, true).start()))
                .containsExactly("send INVITE", "start B 32000");
    }

    @Test
    void a_provisional_response_ends_repeating_for_good() {
        var machine = new InviteClientTransaction(INVITE, false);
        machine.start();
        assertThat(machine.isCalling()).isTrue();
        assertThat(words(machine.received(response(INVITE, 180))))
                .containsExactly("stop A", "stop B", "deliver 180");
        assertThat(machine.isProceeding()).isTrue();
        assertThat(machine.fired(TransactionTimer.A)).isEmpty();
        assertThat(machine.fired(TransactionTimer.B)).isEmpty();
    }

    @Test
    void a_refusal_is_acknowledged_and_its_repetitions_too_for_32_seconds() {
        var machine = new InviteClientTransaction(INVITE, false);
        machine.start();
        var outputs = machine.received(response(INVITE, 486));
        assertThat(words(outputs))
                .containsExactly("stop A", "stop B", "send ACK", "start D 32000", "deliver 486");
        var ack = (SipRequest) ((TransactionOutput.Send) outputs.get(2)).message();
        assertThat(ack.to().tag()).isEqualTo("2");
        assertThat(ack.topVia()).isEqualTo(INVITE.topVia());
        assertThat(ack.cseq()).isEqualTo(new CSeq(1, "ACK"));
        assertThat(ack.routes()).isEqualTo(INVITE.routes());
        assertThat(words(machine.received(response(INVITE, 486)))).containsExactly("send ACK");
        assertThat(machine.received(response(INVITE, 180))).isEmpty();
        assertThat(words(machine.fired(TransactionTimer.D))).containsExactly("finished");
        assertThat(machine.received(response(INVITE, 486))).isEmpty();
    }

    @Test
    void a_refusal_over_a_reliable_way_ends_it_at_once() {
        var machine = new InviteClientTransaction(INVITE, true);
        machine.start();
        assertThat(words(machine.received(response(INVITE, 486))))
                .containsExactly("stop A", "stop B", "send ACK", "deliver 486", "finished");
    }

    @Test
    void every_2xx_reaches_the_user_for_32_seconds() {
        var machine = new InviteClientTransaction(INVITE, false);
        machine.start();
        assertThat(words(machine.received(response(INVITE, 200))))
                .containsExactly("stop A", "stop B", "start M 32000", "deliver 200");
        assertThat(words(machine.received(response(INVITE, 200)))).containsExactly("deliver 200");
        assertThat(machine.received(response(INVITE, 486))).isEmpty();
        assertThat(words(machine.fired(TransactionTimer.M))).containsExactly("finished");
    }

    @Test
    void a_request_is_repeated_up_to_every_4_seconds_and_given_up_after_32() {
        var machine = new ClientTransaction(INFO, false);
        assertThat(words(machine.start()))
                .containsExactly("send INFO", "start E 500", "start F 32000");
        assertThat(words(machine.fired(TransactionTimer.E)))
                .containsExactly("send INFO", "start E 1000");
        assertThat(words(machine.fired(TransactionTimer.E)))
                .containsExactly("send INFO", "start E 2000");
        assertThat(words(machine.fired(TransactionTimer.E)))
                .containsExactly("send INFO", "start E 4000");
        assertThat(words(machine.fired(TransactionTimer.E)))
                .containsExactly("send INFO", "start E 4000");
        assertThat(words(machine.fired(TransactionTimer.F)))
                .containsExactly("timed out", "finished");
        assertThat(machine.fired(TransactionTimer.E)).isEmpty();
    }

    @Test
    void a_request_that_is_worked_on_is_repeated_every_4_seconds_and_still_given_up() {
        var machine = new ClientTransaction(INFO, false);
        machine.start();
        assertThat(words(machine.received(response(INFO, 100)))).containsExactly("deliver 100");
        assertThat(words(machine.fired(TransactionTimer.E)))
                .containsExactly("send INFO", "start E 4000");
        assertThat(words(machine.fired(TransactionTimer.F)))
                .containsExactly("timed out", "finished");
    }

    @Test
    void a_final_response_is_delivered_once_and_its_repetitions_absorbed() {
        var machine = new ClientTransaction(INFO, false);
        machine.start();
        assertThat(words(machine.received(response(INFO, 200))))
                .containsExactly("stop E", "stop F", "deliver 200", "start K 5000");
        assertThat(machine.received(response(INFO, 200))).isEmpty();
        assertThat(words(machine.fired(TransactionTimer.K))).containsExactly("finished");
        var reliable = new ClientTransaction(INFO, true);
        reliable.start();
        assertThat(words(reliable.received(response(INFO, 200))))
                .containsExactly("stop E", "stop F", "deliver 200", "finished");
    }

    @Test
    void a_served_invite_repeats_its_last_provisional_response() {
        var machine = new InviteServerTransaction(false);
        assertThat(machine.received(INVITE)).isEmpty();
        machine.respond(response(INVITE, 100));
        assertThat(words(machine.received(INVITE))).containsExactly("send 100");
        machine.respond(response(INVITE, 180));
        assertThat(words(machine.received(INVITE))).containsExactly("send 180");
        assertThat(machine.isProceeding()).isTrue();
    }

    @Test
    void a_refusal_is_repeated_until_its_ack() {
        var machine = new InviteServerTransaction(false);
        assertThat(words(machine.respond(response(INVITE, 486))))
                .containsExactly("send 486", "start G 500", "start H 32000");
        assertThat(words(machine.fired(TransactionTimer.G)))
                .containsExactly("send 486", "start G 1000");
        assertThat(words(machine.fired(TransactionTimer.G)))
                .containsExactly("send 486", "start G 2000");
        assertThat(words(machine.fired(TransactionTimer.G)))
                .containsExactly("send 486", "start G 4000");
        assertThat(words(machine.fired(TransactionTimer.G)))
                .containsExactly("send 486", "start G 4000");
        assertThat(words(machine.received(INVITE))).containsExactly("send 486");
        assertThat(words(machine.received(request("ACK"))))
                .containsExactly("stop G", "stop H", "start I 5000");
        assertThat(machine.received(request("ACK"))).isEmpty();
        assertThat(machine.received(INVITE)).isEmpty();
        assertThat(words(machine.fired(TransactionTimer.I))).containsExactly("finished");
    }

    @Test
    void a_refusal_without_ack_is_given_up_after_32_seconds() {
        var machine = new InviteServerTransaction(false);
        machine.respond(response(INVITE, 486));
        assertThat(words(machine.fired(TransactionTimer.H)))
                .containsExactly("timed out", "finished");
        assertThat(machine.fired(TransactionTimer.G)).isEmpty();
    }

    @Test
    void a_refusal_over_a_reliable_way_is_sent_once_and_ended_by_its_ack() {
        var machine = new InviteServerTransaction(true);
        assertThat(words(machine.respond(response(INVITE, 486))))
                .containsExactly("send 486", "start H 32000");
        assertThat(words(machine.received(request("ACK")))).containsExactly("finished");
    }

    @Test
    void after_a_2xx_the_invite_is_absorbed_and_acks_reach_the_user() {
        var machine = new InviteServerTransaction(false);
        assertThat(words(machine.respond(response(INVITE, 200))))
                .containsExactly("send 200", "start L 32000");
        assertThat(machine.received(INVITE)).isEmpty();
        assertThat(words(machine.respond(response(INVITE, 200)))).containsExactly("send 200");
        assertThat(machine.respond(response(INVITE, 487))).isEmpty();
        assertThat(words(machine.received(request("ACK")))).containsExactly("deliver ACK");
        assertThat(words(machine.fired(TransactionTimer.L))).containsExactly("finished");
        assertThat(machine.respond(response(INVITE, 200))).isEmpty();
    }

    @Test
    void a_served_request_that_nobody_answers_is_forgotten_when_its_client_has_given_up() {
        var machine = new ServerTransaction(false);
        assertThat(words(machine.start())).containsExactly("start J 32000");
        assertThat(words(machine.fired(TransactionTimer.J))).containsExactly("finished");
        assertThat(machine.respond(response(INFO, 200))).isEmpty();
    }

    @Test
    void a_served_request_repeats_its_response_for_32_seconds() {
        var machine = new ServerTransaction(false);
        assertThat(machine.received(INFO)).isEmpty();
        machine.respond(response(INFO, 100));
        assertThat(words(machine.received(INFO))).containsExactly("send 100");
        assertThat(words(machine.respond(response(INFO, 200))))
                .containsExactly("send 200", "start J 32000");
        assertThat(words(machine.received(INFO))).containsExactly("send 200");
        assertThat(machine.respond(response(INFO, 500))).isEmpty();
        assertThat(words(machine.fired(TransactionTimer.J))).containsExactly("finished");
        assertThat(machine.received(INFO)).isEmpty();
        assertThat(words(new ServerTransaction(true).respond(response(INFO, 200))))
                .containsExactly("send 200", "finished");
    }
}
