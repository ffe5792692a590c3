package fulcrum.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"X-Tenant", "Alert-Info", "Diversion", "P-Asserted-Identity", "x_y"})
    void headers_beside_the_call_may_be_set(String name) {
        assertThat(CustomHeaders.mayBeSet(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via",
                "VIA",
                "v",
                "From",
                "f",
                "Call-ID",
                "Contact",
                "Route",
                "Proxy-Require",
                "Proxy-Authorization",
                "Content-Length",
                "l",
                "Privacy",
                "Replaces",
                "Session-Expires",
                "",
                "X Y",
                "X:Y",
                "X\r\nVia"
            })
    void what_the_call_stands_on_and_what_is_no_name_may_not(String name) {
        assertThat(CustomHeaders.mayBeSet(name)).isFalse();
    }

    @Test
    void a_value_stays_on_its_line() {
        assertThat(CustomHeaders.line(" a\r\nVia: b\u0000 ")).isEqualTo("a Via: b");
    }
}
