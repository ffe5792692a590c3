package fulcrum.sip;

import static fulcrum.sip.Nonces.Verdict.FOREIGN;
import static fulcrum.sip.Nonces.Verdict.GOOD;
import static fulcrum.sip.Nonces.Verdict.REPLAYED;
import static fulcrum.sip.Nonces.Verdict.STALE;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;

class NoncesTest {
    private static final long NOW = 1_000_000;
    private static final long LIFE = Duration.ofMinutes(5).toMillis();

    private final Nonces nonces = nonces("a secret of ours", 3);

    @Test
    void a_nonce_is_good_once_for_each_count() {
        var nonce = nonces.issue(NOW);
        assertThat(nonces.check(nonce, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 1, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 1, NOW)).isEqualTo(REPLAYED);
        assertThat(nonces.use(nonce, 2, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 1, NOW)).isEqualTo(REPLAYED);
        assertThat(nonces.use(nonce, 2, NOW)).isEqualTo(REPLAYED);
    }

    @Test
    void counts_may_come_out_of_order_but_not_too_late() {
        var nonce = nonces.issue(NOW);
        assertThat(nonces.use(nonce, 70, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 7, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 7, NOW)).isEqualTo(REPLAYED);
        assertThat(nonces.use(nonce, 6, NOW)).isEqualTo(REPLAYED);
        assertThat(nonces.use(nonce, 69, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 0xffff_ffffL, NOW)).isEqualTo(GOOD);
        assertThat(nonces.use(nonce, 71, NOW)).isEqualTo(REPLAYED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_count_that_cannot_be_is_no_new_one(long count) {
        assertThat(nonces.use(nonces.issue(NOW), count, NOW)).isEqualTo(REPLAYED);
    }

    @Test
    void a_nonce_grows_old() {
        var nonce = nonces.issue(NOW);
        assertThat(nonces.use(nonce, 1, NOW + LIFE)).isEqualTo(GOOD);
        assertThat(nonces.check(nonce, NOW + LIFE + 1)).isEqualTo(STALE);
        assertThat(nonces.use(nonce, 2, NOW + LIFE + 1)).isEqualTo(STALE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "====",
                "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                "\u00e4\u00f6\u00fc",
                "AAAA AAAA"
            })
    void what_we_never_issued_is_foreign(String nonce) {
        assertThat(nonces.check(nonce, NOW)).isEqualTo(FOREIGN);
        assertThat(nonces.use(nonce, 1, NOW)).isEqualTo(FOREIGN);
    }

    @Test
    void no_character_of_a_nonce_can_be_changed() {
        var nonce = nonces.issue(NOW);
        for (var i = 0; i < nonce.length(); i++) {
            var other = nonce.charAt(i) == 'A' ? 'B' : 'A';
            var changed = nonce.substring(0, i) + other + nonce.substring(i + 1);
            assertThat(nonces.check(changed, NOW)).isEqualTo(FOREIGN);
        }
        assertThat(nonces.check(nonce + "=", NOW)).isEqualTo(FOREIGN);
        assertThat(nonces.check(nonce + "A", NOW)).isEqualTo(FOREIGN);
    }

    @Test
    void a_nonce_of_another_secret_is_foreign() {
        var theirs = nonces("another secret..", 3).issue(NOW);
        assertThat(nonces.check(theirs, NOW)).isEqualTo(FOREIGN);
        assertThat(nonces("a secret of ours", 3).check(nonces.issue(NOW), NOW)).isEqualTo(GOOD);
    }

    @Test
    void nonces_of_one_moment_differ() {
        var issued = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            issued.add(nonces.issue(NOW));
        }
        assertThat(issued).hasSize(1000).allMatch(nonce -> nonce.matches("[A-Za-z0-9_-]{40}"));
    }

    @Test
    void what_is_forgotten_is_stale_and_never_good_again() {
        var used = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            var nonce = nonces.issue(NOW + i);
            used.add(nonce);
            assertThat(nonces.use(nonce, 1, NOW + i)).isEqualTo(GOOD);
        }
        assertThat(nonces.use(used.get(0), 1, NOW + 5)).isEqualTo(STALE);
        assertThat(nonces.use(used.get(1), 2, NOW + 5)).isEqualTo(STALE);
        assertThat(nonces.use(used.get(2), 1, NOW + 5)).isEqualTo(REPLAYED);
        assertThat(nonces.use(used.get(4), 2, NOW + 5)).isEqualTo(GOOD);
    }

    /// The one that was used first need not be the oldest; whichever goes takes all older ones with it.
    @Test
    void forgetting_is_safe_in_whatever_order_they_were_used() {
        var old = nonces.issue(NOW);
        var young = nonces.issue(NOW + 10);
        assertThat(nonces.use(young, 1, NOW + 10)).isEqualTo(GOOD);
        assertThat(nonces.use(old, 1, NOW + 10)).isEqualTo(GOOD);
        for (var i = 1; i <= 3; i++) {
            assertThat(nonces.use(nonces.issue(NOW + 10 + i), 1, NOW + 20)).isEqualTo(GOOD);
        }
        assertThat(nonces.use(young, 1, NOW + 20)).isEqualTo(STALE);
        assertThat(nonces.use(old, 1, NOW + 20)).isEqualTo(STALE);
    }

    @Test
    void a_challenge_that_nobody_answers_leaves_nothing_behind() {
        var first = nonces.issue(NOW);
        for (var i = 0; i < 10_000; i++) {
            nonces.issue(NOW);
        }
        assertThat(nonces.use(first, 1, NOW)).isEqualTo(GOOD);
    }

    private static Nonces nonces(String secret, int most) {
        return new Nonces(
                secret.getBytes(StandardCharsets.US_ASCII), Duration.ofMillis(LIFE), most);
    }
}
