package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedTextTest {
    @Test
    void what_shows_after_a_few_steps_is_told_at_once() {
        assertThat(BoundedText.findsSoon("^\\+1415", "+14155550100")).contains(true);
        assertThat(BoundedText.findsSoon("^\\+44", "+14155550100")).contains(false);
    }

    @Test
    void what_takes_many_steps_is_not_told_at_once() {
        String ones = "1".repeat(60);
        assertThat(BoundedText.findsSoon("^(1+)+(1+)+x$", ones)).isEmpty();
        assertThat(BoundedText.findsSoon("x", "1".repeat(2000))).isEmpty();
    }

    @Test
    void a_pattern_that_is_long_or_none_is_left_to_others() {
        assertThat(BoundedText.findsSoon("1".repeat(200), "1")).isEmpty();
        assertThat(BoundedText.findsSoon("(", "1")).isEmpty();
    }
}
