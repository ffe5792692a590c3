package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String DATE = "Sun, 1 Mar 2026 12:00:00 GMT";

    private static Freshness of(Map<String, String> headers) {
        return Freshness.of(new Head(200, headers, "http://example.com/"), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60 | false",
                "public, Max-Age=\"90\" | 90 | false",
                "max-age=60, must-revalidate | 60 | true",
                "max-age=nonsense | 0 | false",
                "max-age=99999999999999999999 | 31536000 | false",
                "no-cache, max-age=60 | 0 | true",
                "no-store | 0 | true"
            })
    void cache_control_says_how_long(String control, long seconds, boolean strict) {
        assertThat(of(Map.of("cache-control", control)))
                .isEqualTo(new Freshness(NOW.plusSeconds(seconds), strict));
    }

    @Test
    void the_age_that_an_answer_has_already_counts() {
        assertThat(of(Map.of("cache-control", "max-age=60", "age", "45")).until())
                .isEqualTo(NOW.plusSeconds(15));
        assertThat(of(Map.of("cache-control", "max-age=60", "age", "90")).until()).isEqualTo(NOW);
    }

    @Test
    void expires_is_measured_against_the_servers_own_clock() {
        Map<String, String> wrongClock =
                Map.of(
                        "date", "Sun, 1 Mar 2020 12:00:00 GMT",
                        "expires", "Sun, 1 Mar 2020 12:05:00 GMT");
        assertThat(of(wrongClock).until()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(of(Map.of("date", DATE, "expires", "0")).until()).isEqualTo(NOW);
    }

    @Test
    void without_a_word_a_tenth_of_its_age_is_guessed_and_a_minute_without_that() {
        Map<String, String> old =
                Map.of("date", DATE, "last-modified", "Sun, 1 Mar 2026 02:00:00 GMT");
        assertThat(of(old).until()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        Map<String, String> ancient =
                Map.of("date", DATE, "last-modified", "Wed, 1 Mar 2000 02:00:00 GMT");
        assertThat(of(ancient).until()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(of(Map.of()).until()).isEqualTo(NOW.plusSeconds(60));
    }
}
