package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.Random;

class HostPortTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::9:1",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::ffff:192.0.2.1"
            })
    void an_ipv6_address_is_known_by_its_form(String address) {
        assertThat(HostPort.isIpv6(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "::1%eth0",
                "[::1]",
                ":1::2",
                "1::2:"
            })
    void what_only_looks_like_an_ipv6_address_is_none(String address) {
        assertThat(HostPort.isIpv6(address)).isFalse();
    }

    /// Whatever passes for an address here is one to the Java library too, so that using it as one cannot fail.
    @Test
    void the_library_agrees_on_every_address_that_we_take_for_one() {
        var random = new Random(5118);
        var alphabet = "0123456789abcdefF:::::...";
        var found = 0;
        for (var round = 0; round < 100_000; round++) {
            var text = new StringBuilder();
            for (var left = 2 + random.nextInt(12); left > 0; left--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var address = text.toString();
            if (HostPort.isIpv6(address) || HostPort.isIpv4(address)) {
                assertThat(InetAddress.ofLiteral(address)).as(address).isNotNull();
                found++;
            }
        }
        assertThat(found).isGreaterThan(300);
    }
}
