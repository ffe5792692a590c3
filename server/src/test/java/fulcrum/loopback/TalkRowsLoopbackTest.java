package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.TalkRow;
import fulcrum.sdk.TalkRows;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// The rows of the talk over real SIP and RTP; on virtual time they are played in `engine`.
class TalkRowsLoopbackTest {
    @SuppressWarnings("NullAway.Init") // made before the first test
    private static LoopbackDriver loopback;

    @BeforeAll
    static void open() {
        loopback = new LoopbackDriver();
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    static List<TalkRow> rows() {
        return TalkRows.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_row_comes_true_on_a_real_call(TalkRow row) {
        Outcome outcome = row.scenario().plays(loopback);
        assertThat(row.wrong(outcome)).isEmpty();
        assertThat(loopback.house().exchange().paths()).as("RTP ports left over").isZero();
    }
}
