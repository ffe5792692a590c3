package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/// What becomes of a request before, outside and instead of a call.
class CoreTest {
    private final VirtualClock clock = new VirtualClock();
    private final MemoryNetwork network = new MemoryNetwork(clock, 7);
    private final Station bob = Station.on(network, clock, "192.0.2.2");
    private final Stranger stranger = new Stranger(network, "192.0.2.9");

    @AfterEach
    void nothing_stays_behind() {
        bob.invitations.forEach(one -> bob.hangsUp(one.session()));
        clock.passSeconds(200);
        assertThat(bob.stack.sessionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private SipResponse answerTo(SipRequest request) {
        stranger.sends(request, bob.address);
        clock.pass(30);
        return stranger.lastResponse();
    }

    private void assertThatNothingIsKept() {
        assertThat(bob.stack.sessionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void a_challenge_offers_sha_256_before_md5_and_keeps_nothing() {
        bob.admission = new Admission.Challenged("example.com", false);
        var invite = stranger.invite(bob, "challenged");
        var first = answerTo(invite);
        assertThat(first.status()).isEqualTo(401);
        assertThat(first.headers("WWW-Authenticate"))
                .extracting(value -> DigestFields.parse(value).orElseThrow().field("algorithm"))
                .containsExactly("SHA-256", "MD5");
        assertThatNothingIsKept();
        var second = answerTo(invite);
        assertThat(second.to().tag()).isEqualTo(first.to().tag()).isNotEmpty();
        assertThat(answerTo(stranger.invite(bob, "other")).to().tag())
                .isNotEqualTo(first.to().tag());
        stranger.sends(
                stranger.request("ACK", bob, "challenged").with("To", first.to().toString()),
                bob.address);
        clock.pass(30);
        assertThatNothingIsKept();
        assertThat(bob.invitations).isEmpty();
    }

    @Test
    void a_thousand_refused_calls_leave_nothing_behind() {
        bob.admission = new Admission.Refused(403, "Forbidden", Map.of("Reason", "Q.850;cause=21"));
        for (var i = 0; i < 1000; i++) {
            stranger.sends(stranger.invite(bob, "flood-" + i), bob.address);
        }
        clock.pass(30);
        assertThatNothingIsKept();
        assertThat(stranger.received).hasSize(1000);
        assertThat(stranger.lastResponse().status()).isEqualTo(403);
        assertThat(stranger.lastResponse().header("Reason")).hasValue("Q.850;cause=21");
    }

    @Test
    void an_ignored_request_gets_no_answer() {
        bob.admission = new Admission.Ignored();
        stranger.sends(stranger.invite(bob, "ignored"), bob.address);
        clock.pass(100);
        assertThat(stranger.received).isEmpty();
        assertThatNothingIsKept();
    }

    @Test
    void an_admitted_invite_gets_100_at_once_and_repetitions_make_no_second_call() {
        var invite = stranger.invite(bob, "repeated");
        assertThat(answerTo(invite).status()).isEqualTo(100);
        answerTo(invite);
        assertThat(bob.invitations).hasSize(1);
        assertThat(stranger.received).hasSize(2);
        bob.invitation().ring();
        clock.pass(30);
        assertThat(answerTo(invite).status()).isEqualTo(180);
    }

    @Test
    void the_same_request_by_another_way_is_a_loop() {
        answerTo(stranger.invite(bob, "merged"));
        assertThat(answerTo(stranger.invite(bob, "merged")).status()).isEqualTo(482);
        assertThat(bob.invitations).hasSize(1);
    }

    @Test
    void an_unknown_method_gets_501_and_one_that_we_do_not_serve_405() {
        var unknown = answerTo(stranger.request("TELEPORT", bob, "m1"));
        assertThat(unknown.status()).isEqualTo(501);
        assertThat(unknown.headers("Allow")).contains("INVITE", "UPDATE");
        assertThat(answerTo(stranger.request("PUBLISH", bob, "m2")).status()).isEqualTo(405);
        assertThatNothingIsKept();
    }

    @Test
    void an_unknown_extension_gets_420_with_its_name() {
        var answer =
                answerTo(
                        stranger.invite(bob, "ext")
                                .with("Require", "100rel, nothingWeKnow, timer, other"));
        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("nothingWeKnow", "other");
        assertThatNothingIsKept();
    }

    @Test
    void a_call_without_hops_left_gets_483_and_another_request_needs_none() {
        assertThat(answerTo(stranger.invite(bob, "hops").with("Max-Forwards", "0")).status())
                .isEqualTo(483);
        assertThat(
                        answerTo(
                                        stranger.request("OPTIONS", bob, "hops-2")
                                                .with("Max-Forwards", "0"))
                                .status())
                .isEqualTo(200);
        assertThatNothingIsKept();
    }

    @Test
    void requests_for_calls_that_do_not_exist_get_481_and_an_ack_gets_nothing() {
        for (var method : new String[] {"BYE", "INFO", "UPDATE", "PRACK", "INVITE", "REFER"}) {
            var inside =
                    stranger.request(method, bob, "none")
                            .with("To", "<sip:bob@example.com>;tag=gone");
            assertThat(answerTo(inside).status()).isEqualTo(481);
        }
        assertThat(answerTo(stranger.request("BYE", bob, "none")).status()).isEqualTo(481);
        assertThat(answerTo(stranger.request("CANCEL", bob, "none")).status()).isEqualTo(481);
        var before = stranger.received.size();
        stranger.sends(
                stranger.request("ACK", bob, "none").with("To", "<sip:bob@example.com>;tag=gone"),
                bob.address);
        clock.pass(30);
        assertThat(stranger.received).hasSize(before);
        assertThatNothingIsKept();
    }

    @Test
    void a_request_inside_a_call_from_another_tag_gets_481_and_changes_nothing() {
        answerTo(stranger.invite(bob, "tags"));
        bob.invitation().answer(Station.audio(5000));
        clock.pass(30);
        var to = stranger.lastResponse().to().toString();
        stranger.sends(stranger.request("ACK", bob, "tags").with("To", to), bob.address);
        clock.pass(30);
        var foreign =
                stranger.request("BYE", bob, "tags")
                        .with("To", to)
                        .with("From", "<sip:stranger@example.com>;tag=other")
                        .with("CSeq", "2 BYE");
        assertThat(answerTo(foreign).status()).isEqualTo(481);
        assertThat(bob.kinds()).containsExactly("Confirmed");
    }

    @Test
    void a_request_with_an_old_counter_gets_500() {
        answerTo(stranger.invite(bob, "order").with("CSeq", "10 INVITE"));
        bob.invitation().answer(Station.audio(5000));
        clock.pass(30);
        var to = stranger.lastResponse().to().toString();
        stranger.sends(
                stranger.request("ACK", bob, "order").with("To", to).with("CSeq", "10 ACK"),
                bob.address);
        clock.pass(30);
        var old = stranger.request("INFO", bob, "order").with("To", to).with("CSeq", "9 INFO");
        assertThat(answerTo(old).status()).isEqualTo(500);
    }

    @Test
    void options_are_answered_with_what_we_can_do() {
        var answer = answerTo(stranger.request("OPTIONS", bob, "options"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Allow")).contains("INVITE", "PRACK", "UPDATE");
        assertThat(answer.headers("Supported")).contains("100rel", "timer");
        assertThat(answer.headers("Accept")).containsExactly("application/sdp");
        assertThat(answer.to().tag()).isNotEmpty();
        assertThatNothingIsKept();
        bob.admission = new Admission.Ignored();
        stranger.received.clear();
        stranger.sends(stranger.request("OPTIONS", bob, "options-2"), bob.address);
        clock.pass(30);
        assertThat(stranger.received).isEmpty();
    }

    @Test
    void other_requests_are_answered_by_the_application_once() {
        stranger.sends(stranger.request("REGISTER", bob, "reg"), bob.address);
        clock.pass(30);
        var request = bob.requests.getFirst();
        request.respond(200, "OK", Map.of("Expires", "60"));
        request.respond(500, "Again", Map.of());
        clock.pass(30);
        assertThat(stranger.received).hasSize(1);
        assertThat(stranger.lastResponse().header("Expires")).hasValue("60");
        assertThat(stranger.lastResponse().to().tag()).isNotEmpty();
    }

    @Test
    void a_body_of_an_unknown_kind_gets_415_and_an_unreadable_one_400() {
        var odd =
                stranger.request("INVITE", bob, "b1")
                        .withBody("application/x-odd", new byte[] {1, 2});
        var answer = answerTo(odd);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Accept")).hasValue("application/sdp");
        var broken =
                stranger.request("INVITE", bob, "b2").withBody("application/sdp", new byte[] {'x'});
        assertThat(answerTo(broken).status()).isEqualTo(400);
        assertThatNothingIsKept();
    }

    @Test
    void an_offer_inside_a_multipart_body_is_found() {
        var body =
                "preamble\r\n--b1\r\nContent-Type: application/isup\r\n\r\nxx\r\n--b1\r\n"
                        + "Content-Type: application/sdp; charset=utf-8\r\n\r\n"
                        + Station.audio(4000)
                        + "\r\n--b1--\r\n";
        stranger.sends(
                stranger.request("INVITE", bob, "mp")
                        .withBody("multipart/mixed;boundary=\"b1\"", body.getBytes(UTF_8)),
                bob.address);
        clock.pass(30);
        assertThat(Station.portOf(bob.invitation().offer().orElseThrow())).isEqualTo(4000);
    }

    @Test
    void credentials_are_good_once_and_a_replay_is_noticed() {
        for (var algorithm : DigestAlgorithm.values()) {
            var nonce = bob.stack.nonces().issue(bob.stack.nowMillis());
            var challenge =
                    SipResponse.to(stranger.request("REGISTER", bob, "d"), 401, "Unauthorized")
                            .with(
                                    "WWW-Authenticate",
                                    "Digest realm=\"r\", nonce=\""
                                            + nonce
                                            + "\", qop=\"auth\", algorithm="
                                            + algorithm.token());
            var request = stranger.request("REGISTER", bob, "d");
            var proved = bob.stack.authorized(request, challenge, "alice", "secret").orElseThrow();
            var credentials = Digest.credentials(proved, "r").orElseThrow();
            assertThat(credentials.field("algorithm")).isEqualTo(algorithm.token());
            assertThat(Digest.verify(proved, credentials, "secret")).isTrue();
            assertThat(Digest.verify(proved, credentials, "Secret")).isFalse();
            assertThat(use(credentials)).isEqualTo(Nonces.Verdict.GOOD);
            assertThat(use(credentials)).isEqualTo(Nonces.Verdict.REPLAYED);
            clock.passSeconds(301);
            assertThat(use(credentials)).isEqualTo(Nonces.Verdict.STALE);
        }
    }

    private Nonces.Verdict use(DigestFields credentials) {
        return bob.stack
                .nonces()
                .use(credentials.nonce(), credentials.nonceCount(), bob.stack.nowMillis());
    }

    @Test
    void a_request_of_our_own_is_answered_or_ends_as_408() {
        var heard = new ArrayList<Integer>();
        var alice = Station.on(network, clock, "192.0.2.1");
        var options =
                SipRequest.of("OPTIONS", bob.uri("bob"))
                        .with("From", "<sip:alice@example.com>;tag=a")
                        .with("To", "<sip:bob@example.com>")
                        .with("Call-ID", "own")
                        .with("CSeq", "1 OPTIONS")
                        .with("Max-Forwards", "70");
        alice.stack.request(options, Optional.empty(), response -> heard.add(response.status()));
        clock.pass(30);
        alice.stack.request(
                options.withUri(SipUri.of("x", "192.0.2.200", 0)),
                Optional.empty(),
                response -> heard.add(response.status()));
        clock.passSeconds(33);
        assertThat(heard).containsExactly(200, 408);
    }
}
