package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayProbeTest {
    private final GatewayProbe probe = new GatewayProbe();

    @Test
    void two_misses_in_a_row_take_it_out_and_one_answer_brings_it_back() {
        assertThat(probe.answered(200)).isFalse();
        assertThat(probe.next()).isEqualTo(GatewayProbe.USUAL);
        assertThat(probe.answered(408)).isFalse();
        assertThat(probe.next()).isEqualTo(GatewayProbe.DOUBTFUL);
        assertThat(probe.answered(503)).isTrue();
        assertThat(probe.isOut()).isTrue();
        assertThat(probe.answered(408)).isFalse();
        assertThat(probe.answered(404)).isTrue();
        assertThat(probe.isOut()).isFalse();
    }

    @Test
    void a_miss_between_answers_means_nothing() {
        for (int i = 0; i < 10; i++) {
            probe.answered(200);
            probe.answered(408);
        }
        assertThat(probe.isOut()).isFalse();
    }

    @Test
    void one_that_never_answers_options_is_not_judged_by_that() {
        for (int i = 0; i < 10; i++) {
            assertThat(probe.answered(408)).isFalse();
        }
        assertThat(probe.isOut()).isFalse();
        assertThat(probe.next()).isEqualTo(GatewayProbe.USUAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 404, 405, 481, 500, 501})
    void whatever_it_says_it_is_there(int status) {
        probe.answered(200);
        probe.answered(408);
        probe.answered(status);
        probe.answered(408);
        assertThat(probe.isOut()).isFalse();
    }
}
