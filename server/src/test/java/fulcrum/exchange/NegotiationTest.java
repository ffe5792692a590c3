package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.media.Codecs;
import fulcrum.media.Direction;
import fulcrum.media.EventFormat;
import fulcrum.media.MediaSettings;
import fulcrum.sip.SdpMedia;
import fulcrum.sip.SessionDescription;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class NegotiationTest {
    private static SessionDescription theirs(String media) {
        return SessionDescription.parse(
                "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                        + media);
    }

    private static SdpMedia answered(SessionDescription offer) {
        return Negotiation.answer(offer, "192.0.2.1", 4000).orElseThrow().audio().orElseThrow();
    }

    private static MediaSettings settled(SessionDescription offer) {
        SessionDescription answer = Negotiation.answer(offer, "192.0.2.1", 4000).orElseThrow();
        return Negotiation.settings(answer, offer).orElseThrow();
    }

    @Test
    void the_first_codec_of_the_offer_that_we_have_is_taken_and_no_other() {
        SessionDescription offer =
                theirs("m=audio 5000 RTP/AVP 18 8 0\r\na=rtpmap:18 G729/8000\r\n");
        assertThat(answered(offer).formats()).containsExactly("8");
        assertThat(settled(offer).codec()).isEqualTo(Codecs.PCMA);
        assertThat(settled(offer).remote())
                .hasValueSatisfying(at -> assertThat(at.getPort()).isEqualTo(5000));
    }

    @Test
    void a_codec_under_a_dynamic_number_keeps_the_offers_number() {
        SessionDescription offer = theirs("m=audio 5000 RTP/AVP 97\r\na=rtpmap:97 g722/8000\r\n");
        assertThat(answered(offer).formats()).containsExactly("97");
        assertThat(settled(offer).codec()).isEqualTo(Codecs.G722);
        assertThat(settled(offer).sendPayloadType()).isEqualTo(97);
    }

    @Test
    void a_static_number_that_is_mapped_to_something_else_is_not_ours() {
        assertThat(
                        Negotiation.answer(
                                theirs("m=audio 5000 RTP/AVP 0\r\na=rtpmap:0 iLBC/8000\r\n"),
                                "192.0.2.1",
                                4000))
                .isEmpty();
    }

    @Test
    void keys_are_events_when_they_are_offered_at_the_right_clock() {
        SessionDescription offer =
                theirs(
                        """
                        m=audio 5000 RTP/AVP 0 96 101
                        a=rtpmap:96 telephone-event/16000
                        a=rtpmap:101 telephone-event/8000
                        """);
        assertThat(answered(offer).formats()).containsExactly("0", "101");
        assertThat(settled(offer).events()).contains(EventFormat.of(101));
        assertThat(settled(theirs("m=audio 5000 RTP/AVP 0\r\n")).events()).isEmpty();
    }

    @Test
    void an_offer_on_hold_is_answered_the_other_way_round() {
        SessionDescription sendonly = theirs("m=audio 5000 RTP/AVP 0\r\na=sendonly\r\n");
        assertThat(settled(sendonly).direction()).isEqualTo(Direction.RECVONLY);
        SessionDescription inactive = theirs("m=audio 5000 RTP/AVP 0\r\na=inactive\r\n");
        assertThat(settled(inactive).direction()).isEqualTo(Direction.INACTIVE);
    }

    @Test
    void the_old_way_to_hold_sends_nothing() {
        SessionDescription zero =
                SessionDescription.parse(
                        """
                        v=0
                        o=- 1 1 IN IP4 192.0.2.9
                        s=-
                        c=IN IP4 0.0.0.0
                        t=0 0
                        m=audio 5000 RTP/AVP 0
                        """);
        assertThat(settled(zero).remote()).isEmpty();
        assertThat(settled(zero).direction().sends()).isFalse();
    }

    @Test
    void reports_share_the_port_only_when_both_sides_want_it() {
        assertThat(settled(theirs("m=audio 5000 RTP/AVP 0\r\na=rtcp-mux\r\n")).rtcpMux()).isTrue();
        assertThat(settled(theirs("m=audio 5000 RTP/AVP 0\r\n")).rtcpMux()).isFalse();
    }

    @Test
    void an_offer_without_audio_that_we_speak_gets_no_answer() {
        assertThat(Negotiation.answer(theirs("m=video 5000 RTP/AVP 31\r\n"), "192.0.2.1", 4000))
                .isEmpty();
        assertThat(Negotiation.answer(theirs("m=audio 0 RTP/AVP 0\r\n"), "192.0.2.1", 4000))
                .isEmpty();
        assertThat(
                        Negotiation.answer(
                                theirs("m=audio 5000 UDP/TLS/RTP/SAVPF 0\r\n"), "192.0.2.1", 4000))
                .isEmpty();
    }

    @Test
    void our_offer_has_every_codec_and_keys_and_is_settled_by_their_choice() {
        SessionDescription offer = Negotiation.offer("192.0.2.1", 4000);
        assertThat(offer.audio().orElseThrow().formats()).containsExactly("0", "8", "9", "101");
        SessionDescription answer =
                theirs(
                        """
                        m=audio 5000 RTP/AVP 9 100
                        a=rtpmap:9 G722/8000
                        a=rtpmap:100 telephone-event/8000
                        a=ptime:40
                        """);
        MediaSettings settings = Negotiation.settings(offer, answer).orElseThrow();
        assertThat(settings.codec()).isEqualTo(Codecs.G722);
        assertThat(settings.events()).isEqualTo(Optional.of(new EventFormat(100, 101, 8000)));
        assertThat(settings.ptime().toMillis()).isEqualTo(40);
    }

    @Test
    void ipv6_is_told_as_it_came() {
        SessionDescription offer =
                SessionDescription.parse(
                        """
                        v=0
                        o=- 1 1 IN IP6 ::1
                        s=-
                        c=IN IP6 ::1
                        t=0 0
                        m=audio 5000 RTP/AVP 0
                        """);
        assertThat(settled(offer).remote())
                .hasValueSatisfying(at -> assertThat(at.getAddress().isLoopbackAddress()).isTrue());
    }
}
