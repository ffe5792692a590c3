package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class InfoKeysTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"5,5", "#,#", "*,*", "a,A", "11,#", "10,*", "12,A"})
    void a_relayed_key_is_read_as_itself_or_as_its_event_number(String sent, char key) {
        assertThat(
                        InfoKeys.read(
                                "application/dtmf-relay",
                                bytes("Signal= " + sent + "\r\nDuration= 160\r\n")))
                .contains(new InfoKeys.Key(key, Duration.ofMillis(160)));
    }

    @Test
    void a_bare_key_and_one_without_a_length_last_a_tenth_of_a_second() {
        assertThat(InfoKeys.read("application/dtmf", bytes("7")))
                .contains(new InfoKeys.Key('7', Duration.ofMillis(100)));
        assertThat(InfoKeys.read("application/dtmf-relay", bytes("signal=7")))
                .contains(new InfoKeys.Key('7', Duration.ofMillis(100)));
    }

    @Test
    void what_is_no_key_is_none() {
        assertThat(InfoKeys.read("application/dtmf", bytes("77"))).isEmpty();
        assertThat(InfoKeys.read("application/dtmf", bytes(""))).isEmpty();
        assertThat(InfoKeys.read("application/dtmf-relay", bytes("Signal=16"))).isEmpty();
        assertThat(InfoKeys.read("application/dtmf-relay", bytes("Duration=100"))).isEmpty();
        assertThat(InfoKeys.read("text/plain", bytes("5"))).isEmpty();
    }

    @Test
    void what_we_write_we_read() {
        byte[] body = InfoKeys.body('9', Duration.ofMillis(200));
        assertThat(InfoKeys.read("application/dtmf-relay", body))
                .contains(new InfoKeys.Key('9', Duration.ofMillis(200)));
    }
}
