package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class RateBucketsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_sender_may_use_up_what_it_saved_and_then_only_what_comes_back() {
        RateBuckets buckets = new RateBuckets(3, 2);

        assertThat(buckets.take("a", 2, NOON)).isEqualTo(1);
        assertThat(buckets.take("a", 2, NOON)).isNegative();
        assertThat(buckets.take("a", 1, NOON)).isZero();
        assertThat(buckets.take("a", 2, NOON.plusMillis(999))).isNegative();
        assertThat(buckets.take("a", 2, NOON.plusSeconds(1))).isZero();
        assertThat(buckets.take("a", 3, NOON.plusSeconds(100))).isZero();
    }

    @Test
    void no_sender_pays_for_another() {
        RateBuckets buckets = new RateBuckets(1, 1);
        buckets.take("a", 1, NOON);

        assertThat(buckets.take("a", 1, NOON)).isNegative();
        assertThat(buckets.take("b", 1, NOON)).isZero();
    }

    @Test
    void without_a_size_nothing_is_counted() {
        RateBuckets buckets = new RateBuckets(0, 0);

        for (int i = 0; i < 1000; i++) {
            assertThat(buckets.take("a", 35, NOON)).isZero();
        }
    }
}
