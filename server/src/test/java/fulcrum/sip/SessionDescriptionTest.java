package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SessionDescriptionTest {
    private static final String FULL =
            """
            v=0
            o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
            s=Call to John Smith
            i=SDP Offer #1
            u=http://www.jdoe.example.com/home.html
            e=Jane Doe <jane@jdoe.example.com>
            p=+1 617 555-6011
            c=IN IP4 198.51.100.1
            b=AS:128
            t=0 0
            r=7d 1h 0 25h
            z=2882844526 -1h
            k=prompt
            a=recvonly
            a=group:LS 1 2
            m=audio 49170 RTP/AVP 0 8 101
            i=voice
            c=IN IP6 2001:db8::2
            b=AS:64
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=x-unknown:kept as it is
            m=video 51372/2 RTP/SAVPF 99
            a=rtpmap:99 h263-1998/90000
            a=sendonly
            """
                    .replace("\n", "\r\n");

    @Test
    void everything_is_written_as_it_was_read_also_what_nobody_here_knows() {
        assertThat(SessionDescription.parse(FULL)).hasToString(FULL);
        assertThat(SessionDescription.parse(SessionDescription.parse(FULL).toBytes()))
                .isEqualTo(SessionDescription.parse(FULL));
    }

    @Test
    void the_parts_are_found() {
        var description = SessionDescription.parse(FULL);
        assertThat(description.origin())
                .isEqualTo(new SdpOrigin("jdoe", "3724394400", "3724394405", "198.51.100.1"));
        assertThat(description.name()).isEqualTo("Call to John Smith");
        var audio = description.audio().orElseThrow();
        assertThat(audio.port()).isEqualTo(49170);
        assertThat(audio.formats()).containsExactly("0", "8", "101");
        assertThat(audio.rtpmap("101")).contains("telephone-event/8000");
        assertThat(audio.rtpmap("10")).isEmpty();
        assertThat(audio.fmtp("101")).contains("0-15");
        assertThat(audio.ptimeMillis()).contains(20);
        assertThat(audio.maxptimeMillis()).isEmpty();
        assertThat(audio.attribute("x-unknown")).contains("kept as it is");
        assertThat(description.hostOf(audio)).isEqualTo("2001:db8::2");
        assertThat(description.directionOf(audio)).isEqualTo(MediaDirection.RECVONLY);
        var video = description.media().getLast();
        assertThat(video.portCount()).isEqualTo(2);
        assertThat(video.protocol()).isEqualTo("RTP/SAVPF");
        assertThat(description.hostOf(video)).isEqualTo("198.51.100.1");
        assertThat(description.directionOf(video)).isEqualTo(MediaDirection.SENDONLY);
    }

    @Test
    void what_devices_write_carelessly_is_read_all_the_same() {
        var text =
                "v=0\no=My Phone 2000 1 2 IN IP4 192.0.2.1 \ns=\nc=IN IP4 192.0.2.1\n\nm=audio  4000   RTP/AVP 0 \n"
                        + "a=sendrecv \nt=0 0\nq=what is this";
        var description = SessionDescription.parse(text);
        assertThat(description.origin().user()).isEqualTo("My Phone 2000");
        assertThat(description.name()).isEqualTo("-");
        assertThat(description.audio().orElseThrow().formats()).containsExactly("0");
        assertThat(description)
                .hasToString(
                        lines(
                                """
                                v=0
                                o=My Phone 2000 1 2 IN IP4 192.0.2.1
                                s=-
                                c=IN IP4 192.0.2.1
                                t=0 0
                                m=audio 4000 RTP/AVP 0
                                a=sendrecv
                                """));
    }

    @Test
    void a_missing_time_is_added_for_whoever_reads_it_next() {
        var description =
                SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nc=IN IP4 h\r\n");
        assertThat(description)
                .hasToString("v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nc=IN IP4 h\r\nt=0 0\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | line 1: must begin with v=0",
                "v=1 | line 1: must begin with v=0",
                "v=0/s=- | has no o= line",
                "v=0/o=- 1 1 IN IP4 | line 2: o= needs six fields",
                "v=0/o=- 1 1 IN IP5 h | line 2: 'IN IP5' is not IN IP4 or IN IP6",
                "v=0/o=- 1 1 IN IP4 h/x | line 3: is not of the form letter=value",
                "v=0/o=- 1 1 IN IP4 h/m =audio 1 RTP:AVP 0 | line 3: is not of the form letter=value",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 | line 3: c= needs network type, address type and address",
                "v=0/o=- 1 1 IN IP4 h/c=ATM NSAP x | line 3: 'ATM NSAP' is not IN IP4 or IN IP6",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 ::1 | line 3: '::1' is not an address of type IP4",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 h/m=audio 1 RTP | line 4: needs type, port, protocol and a format",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 h/m=audio x RTP 0 | line 4: 'x' is not a number from 0 to 65535",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 h/m=audio 65536 RTP 0 | line 4: '65536' is not a number from 0 to 65535",
                "v=0/o=- 1 1 IN IP4 h/c=IN IP4 h/m=audio -1 RTP 0 | line 4: '-1' is not a number from 0 to 65535",
                "v=0/o=- 1 1 IN IP4 h/m=audio 1 RTP 0/a=x | line 3: has no c= line, and the session has none either",
            })
    void what_cannot_be_answered_is_refused_with_line_and_reason(String lines, String reason) {
        assertThatExceptionOfType(BadDescription.class)
                .isThrownBy(() -> SessionDescription.parse(lines.replace("/", "\r\n")))
                .withMessage(reason.replace("RTP:AVP", "RTP/AVP"));
    }

    @Test
    void a_refused_section_needs_no_address() {
        var description =
                SessionDescription.parse(
                        "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n");
        assertThat(description.media()).hasSize(1);
        assertThat(description.audio()).isEmpty();
    }

    @Test
    void the_time_to_live_of_a_group_address_is_no_part_of_it() {
        assertThat(
                        SessionDescription.parse(
                                        "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nc=IN IP4 233.252.0.1/127\r\n")
                                .host())
                .isEqualTo("233.252.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv,192.0.2.1,false",
        "sendonly,192.0.2.1,true",
        "recvonly,192.0.2.1,false",
        "inactive,192.0.2.1,true",
        "sendrecv,0.0.0.0,true",
        "sendrecv,::,true"
    })
    void who_does_not_want_to_receive_holds(String direction, String host, boolean isHeld) {
        var section =
                SdpMedia.of("audio", 4000, "RTP/AVP", List.of("0"))
                        .withDirection(MediaDirection.named(direction).orElseThrow());
        var description = SessionDescription.of(host, List.of(section));
        assertThat(description.isHeld(section)).isEqualTo(isHeld);
    }

    @Test
    void rtcp_is_where_its_attribute_says_or_one_port_on() {
        var section = SdpMedia.of("audio", 4000, "RTP/AVP", List.of("0"));
        assertThat(section.rtcpPort()).isEqualTo(4001);
        assertThat(section.plus("rtcp", "53020 IN IP4 192.0.2.1").rtcpPort()).isEqualTo(53020);
        assertThat(section.plus("rtcp-mux", "").rtcpPort()).isEqualTo(4000);
        assertThat(section.plus("rtcp", "99999").rtcpPort()).isEqualTo(4001);
        assertThat(section.withPort(65_535).rtcpPort()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-20", ".5"})
    void a_packet_length_that_is_no_number_is_none(String ptime) {
        assertThat(
                        SdpMedia.of("audio", 1, "RTP/AVP", List.of("0"))
                                .plus("ptime", ptime)
                                .ptimeMillis())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SENDRECV,SENDRECV,SENDRECV",
        "SENDRECV,SENDONLY,SENDONLY",
        "SENDONLY,RECVONLY,INACTIVE",
        "SENDRECV,INACTIVE,INACTIVE",
        "RECVONLY,SENDRECV,RECVONLY"
    })
    void a_direction_is_limited_by_another(
            MediaDirection one, MediaDirection limit, MediaDirection result) {
        assertThat(one.limitedBy(limit)).isEqualTo(result);
        assertThat(limit.limitedBy(one)).isEqualTo(result);
        assertThat(one.reversed().reversed()).isEqualTo(one);
    }

    @Test
    void a_description_of_ours_in_ipv6_says_so() {
        var section =
                SdpMedia.of("audio", 4000, "RTP/AVP", List.of("0", "101"))
                        .plus("rtpmap", "101 telephone-event/8000")
                        .withDirection(MediaDirection.SENDONLY)
                        .withDirection(MediaDirection.SENDRECV);
        assertThat(SessionDescription.of("2001:db8::1", List.of(section)))
                .hasToString(
                        lines(
                                """
                                v=0
                                o=fulcrum 0 0 IN IP6 2001:db8::1
                                s=-
                                c=IN IP6 2001:db8::1
                                t=0 0
                                m=audio 4000 RTP/AVP 0 101
                                a=rtpmap:101 telephone-event/8000
                                a=sendrecv
                                """));
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }
}
