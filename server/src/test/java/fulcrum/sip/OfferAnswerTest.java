package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The machine of offers and answers by itself (RFC 3264, RFC 6337).
class OfferAnswerTest {
    private final OfferAnswer ours = new OfferAnswer("77");

    private static SdpMedia audio(int port) {
        return SdpMedia.of("audio", port, "RTP/AVP", List.of("0"));
    }

    private static SdpMedia video(int port) {
        return SdpMedia.of("video", port, "RTP/AVP", List.of("96"));
    }

    private static SessionDescription description(SdpMedia... media) {
        return SessionDescription.of("192.0.2.1", List.of(media));
    }

    private static List<Integer> ports(SessionDescription description) {
        return description.media().stream().map(SdpMedia::port).toList();
    }

    @Test
    void our_offer_is_settled_by_their_answer() {
        var offer = ours.offer(description(audio(4000)));
        assertThat(ours.awaitsAnswer()).isTrue();
        assertThat(ours.local()).isEmpty();
        assertThat(ours.receive(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Answer.class);
        assertThat(ours.isStable()).isTrue();
        assertThat(ours.local()).hasValue(offer);
        assertThat(ours.remote().map(OfferAnswerTest::ports)).hasValue(List.of(5000));
    }

    @Test
    void their_offer_is_settled_by_our_answer() {
        assertThat(ours.receive(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Offer.class);
        assertThat(ours.owesAnswer()).isTrue();
        assertThatThrownBy(() -> ours.offer(description(audio(4000))))
                .isInstanceOf(IllegalStateException.class);
        ours.answer(description(audio(4000)));
        assertThat(ours.isStable()).isTrue();
        assertThatThrownBy(() -> ours.answer(description(audio(4000))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void offers_that_meet_are_glare_and_ours_still_stands() {
        ours.offer(description(audio(4000)));
        assertThat(ours.receiveAsOffer(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Glare.class);
        assertThat(ours.awaitsAnswer()).isTrue();
        assertThat(ours.receive(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Answer.class);
    }

    @Test
    void a_second_offer_before_our_answer_comes_too_early() {
        ours.receive(description(audio(5000)));
        assertThat(ours.receiveAsOffer(description(audio(5002))))
                .isInstanceOf(OfferAnswer.Received.Busy.class);
        ours.answer(description(audio(4000)));
        assertThat(ours.remote().map(OfferAnswerTest::ports)).hasValue(List.of(5000));
    }

    @Test
    void an_abandoned_offer_leaves_the_old_pair_in_force() {
        ours.offer(description(audio(4000)));
        ours.receive(description(audio(5000)));
        ours.offer(description(audio(4002)));
        ours.abandon();
        assertThat(ours.local().map(OfferAnswerTest::ports)).hasValue(List.of(4000));
        assertThat(ours.remote().map(OfferAnswerTest::ports)).hasValue(List.of(5000));
        assertThat(ports(ours.offer(description(audio(4004))))).containsExactly(4004);
    }

    @Test
    void an_answer_with_other_sections_is_unusable() {
        ours.offer(description(audio(4000), video(4002)));
        assertThat(ours.receive(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Unusable.class);
        assertThat(ours.receive(description(video(5000), audio(5002))))
                .isInstanceOf(OfferAnswer.Received.Unusable.class);
        assertThat(ours.receive(description(audio(5000), video(0))))
                .isInstanceOf(OfferAnswer.Received.Answer.class);
    }

    @Test
    void our_answer_has_a_section_for_each_of_theirs_and_refuses_what_we_do_not_have() {
        ours.receive(description(video(5000), audio(5002), audio(5004)));
        var answer = ours.answer(description(audio(4000)));
        assertThat(ports(answer)).containsExactly(0, 4000, 0);
        assertThat(answer.media().getFirst().type()).isEqualTo("video");
    }

    @Test
    void a_section_that_they_refuse_stays_refused() {
        ours.receive(description(audio(0), audio(5002)));
        assertThat(ports(ours.answer(description(audio(4000))))).containsExactly(0, 4000);
    }

    @Test
    void our_answer_sends_no_more_than_they_want_to_hear() {
        for (var offered : MediaDirection.values()) {
            for (var wanted : MediaDirection.values()) {
                var machine = new OfferAnswer("1");
                machine.receive(description(audio(5000).withDirection(offered)));
                var answer = machine.answer(description(audio(4000).withDirection(wanted)));
                var said = answer.directionOf(answer.media().getFirst());
                assertThat(said.isSending()).isEqualTo(wanted.isSending() && offered.isReceiving());
                assertThat(said.isReceiving())
                        .isEqualTo(wanted.isReceiving() && offered.isSending());
            }
        }
    }

    @Test
    void the_version_grows_when_and_only_when_something_changed() {
        var first = ours.offer(description(audio(4000)));
        ours.receive(description(audio(5000)));
        var same = ours.offer(description(audio(4000)));
        ours.receive(description(audio(5000)));
        var other = ours.offer(description(audio(4002)));
        assertThat(same).isEqualTo(first);
        assertThat(first.origin().sessionId()).isEqualTo("77");
        assertThat(other.origin().sessionId()).isEqualTo("77");
        assertThat(Long.parseLong(other.origin().version()))
                .isEqualTo(Long.parseLong(first.origin().version()) + 1);
    }

    @Test
    void a_section_that_we_no_longer_have_stays_with_port_0_in_its_place() {
        ours.offer(description(video(4000), audio(4002)));
        ours.receive(description(video(5000), audio(5002)));
        var next = ours.offer(description(audio(4002)));
        assertThat(ports(next)).containsExactly(0, 4002);
    }

    @Test
    void an_offer_of_theirs_that_moves_or_drops_sections_is_unusable() {
        ours.receive(description(audio(5000), video(5002)));
        ours.answer(description(audio(4000), video(4002)));
        assertThat(ours.receive(description(audio(5000))))
                .isInstanceOf(OfferAnswer.Received.Unusable.class);
        assertThat(ours.receive(description(video(5000), audio(5002))))
                .isInstanceOf(OfferAnswer.Received.Unusable.class);
        assertThat(ours.isStable()).isTrue();
        assertThat(ours.receive(description(audio(5000), video(0), video(5006))))
                .isInstanceOf(OfferAnswer.Received.Offer.class);
    }

    @Test
    void forked_dialogs_share_the_offer_and_then_go_their_own_ways() {
        ours.offer(description(audio(4000)));
        var other = ours.copy();
        ours.receive(description(audio(5000)));
        assertThat(other.awaitsAnswer()).isTrue();
        other.receive(description(audio(6000)));
        assertThat(ours.remote().map(OfferAnswerTest::ports)).hasValue(List.of(5000));
        assertThat(other.remote().map(OfferAnswerTest::ports)).hasValue(List.of(6000));
    }
}
