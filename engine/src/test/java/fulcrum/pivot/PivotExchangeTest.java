package fulcrum.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PivotExchangeTest {
    @ParameterizedTest
    @CsvSource({
        "http://host/a, http://host/a",
        "http://ann:secret@host:80/a?b=c@d, http://host:80/a?b=c@d",
        "http://ann@host:8080/a, http://host:8080/a",
        "http://ann@secret:host.example/a, http://host.example/a",
        "http://ann@secret:host.example:8080, http://host.example:8080",
        "https://ann:s@crt@host, https://host",
        "http://ann:secret@[::1]:80/, http://[::1]:80/",
        "http://host/@home, http://host/@home"
    })
    void credentials_are_shown_to_nobody(String url, String shown) {
        assertThat(PivotExchange.withoutCredentials(url)).isEqualTo(shown);
    }
}
