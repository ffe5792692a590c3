package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViaTest {
    @Test
    void every_part_of_a_via_is_found_whatever_the_spaces() {
        var via =
                Via.parse(
                        "SIP / 2.0 / udp  [2001:db8::1] : 5062 ;\tbranch = z9hG4bK1 ; rport ;ttl=1");
        assertThat(via.transport()).isEqualTo("UDP");
        assertThat(via.host()).isEqualTo("2001:db8::1");
        assertThat(via.port()).isEqualTo(5062);
        assertThat(via.branch()).isEqualTo("z9hG4bK1");
        assertThat(via.hasRport()).isTrue();
        assertThat(via.rport()).isZero();
        assertThat(via.parameter("TTL")).contains("1");
        assertThat(via).hasToString("SIP/2.0/UDP [2001:db8::1]:5062;branch=z9hG4bK1;rport;ttl=1");
    }

    @Test
    void what_the_next_hop_saw_is_filled_in() {
        var via =
                Via.parse("SIP/2.0/TCP host.example.com;rport;branch=x")
                        .withParameter("received", "192.0.2.1")
                        .withParameter("rport", "40000");
        assertThat(via.received()).contains("192.0.2.1");
        assertThat(via.rport()).isEqualTo(40000);
        assertThat(via)
                .hasToString(
                        "SIP/2.0/TCP host.example.com;rport=40000;branch=x;received=192.0.2.1");
        assertThat(Via.parse(via.toString())).isEqualTo(via);
    }

    @Test
    void a_via_of_old_has_neither_port_nor_branch() {
        var via = Via.parse("SIP/2.0/UDP iftgw.example.com");
        assertThat(via.port()).isZero();
        assertThat(via.branch()).isEmpty();
        assertThat(via.hasRport()).isFalse();
        assertThat(via.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP",
                "SIP/2.0",
                "SIP/2.0/UDP",
                "SIP/2.0/UDP ",
                "SIP/2.0/UDPhost",
                "SIP/1.0/UDP h",
                "HTTP/2.0/UDP h",
                "SIP/2.0 UDP h",
                "SIP/2.0/UDP h:",
                "SIP/2.0/UDP h:0",
                "SIP/2.0/UDP h:70000",
                "SIP/2.0/UDP h;",
                "/2.0/UDP h",
                "SIP/2.0/UDP h;;branch=x",
                "SIP/2.0/UDP h;branch=",
                "SIP/2.0/UDP h;branch=a;branch=b",
                "SIP/2.0/UDP h x",
                "SIP/2.0/UDP 2001:db8::1",
                "SIP/2.0/UDP [::1",
                "SIP/2.0/UDP 1.2.3.400",
                "SIP/2.0/UDP h;branch=\"a"
            })
    void what_is_no_via_is_refused_with_400(String value) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> Via.parse(value))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "x", "-1", "1x"})
    void a_port_that_cannot_be_is_refused_when_it_is_asked_for(String port) {
        var via = Via.parse("SIP/2.0/UDP h;rport=" + port);
        assertThatExceptionOfType(BadSip.class).isThrownBy(via::rport);
    }
}
