package fulcrum.exchange;

import java.time.Duration;

/// Whether a gateway is there, judged by its answers to OPTIONS (RFC 3261 §11): a machine without clock or socket.
///
/// 1. Whatever it answers, also that it does not know us, says that it is there; only 408 (nobody answered) and 503
///    (also: no way) are misses.
/// 2. After [#MOST_MISSES] misses in a row it is out, if it has ever answered: some carriers answer no OPTIONS at all,
///    and are not judged by them.
/// 3. The first answer brings it back.
final class GatewayProbe {
    static final Duration USUAL = Duration.ofSeconds(30);

    /// After a miss it is asked sooner.
    static final Duration DOUBTFUL = Duration.ofSeconds(10);

    static final int MOST_MISSES = 2;

    private boolean hasAnswered;
    private int misses;

    /// Takes an answer.
    ///
    /// @return whether it has gone out or come back by that
    boolean answered(int status) {
        boolean before = isOut();
        if (status == 408 || status == 503) {
            misses++;
        } else {
            hasAnswered = true;
            misses = 0;
        }
        return isOut() != before;
    }

    boolean isOut() {
        return hasAnswered && misses >= MOST_MISSES;
    }

    /// How long to wait before it is asked again.
    Duration next() {
        return hasAnswered && misses > 0 ? DOUBTFUL : USUAL;
    }
}
