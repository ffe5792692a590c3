package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A call of ours that a proxy forked: several sides ring and answer the one INVITE.
class ForkTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 5);
    private final Station alice = Station.on(network, clock, "192.0.2.1");
    private final Station unused = Station.on(network, clock, "192.0.2.4");
    private final Stranger proxy = new Stranger(network, "192.0.2.2");

    @AfterEach
    void nothing_stays_behind() {
        clock.passSeconds(300);
        assertThat(alice.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private SipSession calling() {
        var target = SipUri.of("bob", "192.0.2.2", 5060);
        var call =
                OutgoingInvite.to(target, NameAddress.of(alice.uri("alice")))
                        .offering(Station.audio(4000));
        var session = alice.stack.invite(call, alice);
        clock.pass(20);
        return session;
    }

    private SipResponse answer(int status, String tag, int port) {
        var response =
                SipResponse.to(proxy.lastRequest("INVITE"), status, "Whatever")
                        .with("Contact", "<sip:" + tag + "@192.0.2.2>");
        response = response.with("To", response.to().withTag(tag).toString());
        return port == 0
                ? response
                : response.withBody(SessionDescription.CONTENT_TYPE, Station.audio(port).toBytes());
    }

    private void answers(int status, String tag, int port) {
        proxy.sends(answer(status, tag, port), alice.address);
        clock.pass(20);
    }

    /// Answers the last BYE.
    private void confirmsBye() {
        proxy.sends(SipResponse.to(proxy.lastRequest("BYE"), 200, "OK"), alice.address);
        clock.pass(20);
    }

    @Test
    void early_media_of_every_fork_is_told_and_the_first_answer_decides() {
        var call = calling();
        answers(183, "one", 5001);
        answers(183, "two", 5002);
        assertThat(
                        alice.events.stream()
                                .filter(SessionEvent.EarlyMedia.class::isInstance)
                                .map(
                                        event ->
                                                Station.portOf(
                                                        ((SessionEvent.EarlyMedia) event)
                                                                .description())))
                .containsExactly(5001, 5002);
        answers(200, "two", 5002);
        assertThat(Station.portOf(alice.heard(SessionEvent.Answered.class).description()))
                .isEqualTo(5002);
        assertThat(call.remoteTag()).isEqualTo("two");
        assertThat(proxy.lastRequest("ACK").uri().user()).isEqualTo("two");
        alice.hangsUp(call);
        clock.pass(20);
        confirmsBye();
    }

    @Test
    void a_second_answer_gets_its_ack_and_a_bye_and_the_call_goes_on() {
        var call = calling();
        answers(200, "one", 5001);
        answers(200, "two", 5002);
        assertThat(proxy.count("ACK")).isEqualTo(2);
        var bye = proxy.lastRequest("BYE");
        assertThat(bye.to().tag()).isEqualTo("two");
        confirmsBye();
        answers(200, "two", 5002);
        assertThat(proxy.count("ACK")).isEqualTo(3);
        assertThat(proxy.count("BYE")).isEqualTo(1);
        assertThat(alice.kinds()).containsExactly("Answered");
        assertThat(call.remoteTag()).isEqualTo("one");
        alice.hangsUp(call);
        clock.pass(20);
        assertThat(proxy.lastRequest("BYE").to().tag()).isEqualTo("one");
        confirmsBye();
    }

    @Test
    void a_late_answer_after_the_call_has_ended_is_sent_away_as_well() {
        var call = calling();
        answers(200, "one", 5001);
        alice.hangsUp(call);
        clock.pass(20);
        confirmsBye();
        answers(200, "two", 5002);
        assertThat(proxy.lastRequest("ACK").to().tag()).isEqualTo("two");
        assertThat(proxy.lastRequest("BYE").to().tag()).isEqualTo("two");
        confirmsBye();
        assertThat(alice.kinds()).containsExactly("Answered", "Ended");
    }

    @Test
    void an_answer_without_description_uses_the_one_heard_early_from_the_same_fork() {
        var call = calling();
        answers(183, "one", 5001);
        answers(183, "two", 5002);
        answers(200, "one", 0);
        assertThat(Station.portOf(alice.heard(SessionEvent.Answered.class).description()))
                .isEqualTo(5001);
        alice.hangsUp(call);
        clock.pass(20);
        confirmsBye();
    }

    @Test
    void an_answer_without_any_description_ends_the_call() {
        calling();
        answers(200, "one", 0);
        assertThat(proxy.count("ACK")).isEqualTo(1);
        assertThat(alice.heard(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.UNUSABLE);
        confirmsBye();
    }

    @Test
    void reliable_early_answers_of_two_forks_are_each_pracked_in_their_own_dialog() {
        calling();
        proxy.sends(
                answer(183, "one", 5001).with("Require", "100rel").with("RSeq", "7"),
                alice.address);
        clock.pass(20);
        assertThat(proxy.lastRequest("PRACK").to().tag()).isEqualTo("one");
        proxy.sends(SipResponse.to(proxy.lastRequest("PRACK"), 200, "OK"), alice.address);
        proxy.sends(
                answer(183, "two", 5002).with("Require", "100rel").with("RSeq", "900"),
                alice.address);
        clock.pass(20);
        var prack = proxy.lastRequest("PRACK");
        assertThat(prack.to().tag()).isEqualTo("two");
        assertThat(prack.header("RAck")).hasValue("900 1 INVITE");
        proxy.sends(SipResponse.to(prack, 200, "OK"), alice.address);
        answers(486, "one", 0);
        assertThat(alice.kinds()).endsWith("Refused");
    }

    @Test
    void a_reliable_response_with_a_gap_before_it_is_not_pracked() {
        calling();
        proxy.sends(
                answer(180, "one", 0).with("Require", "100rel").with("RSeq", "7"), alice.address);
        proxy.sends(
                answer(180, "one", 0).with("Require", "100rel").with("RSeq", "9"), alice.address);
        clock.pass(50);
        assertThat(proxy.count("PRACK")).isEqualTo(1);
        proxy.sends(SipResponse.to(proxy.lastRequest("PRACK"), 200, "OK"), alice.address);
        answers(603, "one", 0);
        assertThat(alice.kinds()).containsExactly("Ringing", "Refused");
    }

    @Test
    void an_update_in_the_early_dialog_is_answered_by_the_application() {
        var call = calling();
        alice.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(_, var reply)) {
                        reply.accept(Station.audio(4002));
                    }
                };
        proxy.sends(
                answer(183, "one", 5001).with("Require", "100rel").with("RSeq", "1"),
                alice.address);
        clock.pass(20);
        proxy.sends(SipResponse.to(proxy.lastRequest("PRACK"), 200, "OK"), alice.address);
        var invite = proxy.lastRequest("INVITE");
        var update =
                proxy.request("UPDATE", unused, invite.callId())
                        .withUri(alice.uri("alice"))
                        .with("From", invite.to().withTag("one").toString())
                        .with("To", invite.from().toString())
                        .withBody(SessionDescription.CONTENT_TYPE, Station.audio(5003).toBytes());
        proxy.sends(update, alice.address);
        clock.pass(20);
        assertThat(proxy.lastResponse().status()).isEqualTo(200);
        assertThat(Station.portOf(SessionDescription.parse(proxy.lastResponse().body())))
                .isEqualTo(4002);
        answers(200, "one", 0);
        assertThat(Station.portOf(alice.heard(SessionEvent.Answered.class).description()))
                .isEqualTo(5003);
        alice.hangsUp(call);
        clock.pass(20);
        confirmsBye();
    }

    @Test
    void an_update_with_an_offer_while_ours_is_unanswered_gets_491() {
        var call = calling();
        answers(180, "one", 0);
        var invite = proxy.lastRequest("INVITE");
        var update =
                proxy.request("UPDATE", unused, invite.callId())
                        .withUri(alice.uri("alice"))
                        .with("From", invite.to().withTag("one").toString())
                        .with("To", invite.from().toString())
                        .withBody(SessionDescription.CONTENT_TYPE, Station.audio(5003).toBytes());
        proxy.sends(update, alice.address);
        clock.pass(20);
        assertThat(proxy.lastResponse().status()).isEqualTo(491);
        alice.hangsUp(call);
        clock.pass(20);
        answers(487, "one", 0);
    }

    @Test
    void requests_follow_the_route_that_the_answer_recorded() {
        var call = calling();
        proxy.sends(
                answer(200, "one", 5001)
                        .plus("Record-Route", "<sip:192.0.2.77;lr>")
                        .plus("Record-Route", "<sip:192.0.2.2:5060;lr>"),
                alice.address);
        clock.pass(20);
        var ack = proxy.lastRequest("ACK");
        assertThat(ack.headers("Route"))
                .containsExactly("<sip:192.0.2.2:5060;lr>", "<sip:192.0.2.77;lr>");
        assertThat(ack.requestUri()).isEqualTo("sip:one@192.0.2.2");
        alice.hangsUp(call);
        clock.pass(20);
        assertThat(proxy.lastRequest("BYE").headers("Route")).hasSize(2);
        confirmsBye();
    }
}
