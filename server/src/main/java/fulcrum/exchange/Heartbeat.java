package fulcrum.exchange;

import java.time.Duration;

/// Notices that the other side of an answered leg has died without a word: its sound was heard once and has not been
/// for [#MOST], though it ought to come.
///
/// A phone that crashes says no BYE; where the session is refreshed (RFC 4028) that finds out, everywhere else only the
/// silence does. A leg that was never heard is not judged: it may be one that only signals. Pure; asked every [#LOOK].
final class Heartbeat {
    /// How often it is asked.
    static final Duration LOOK = Duration.ofSeconds(30);

    /// How long a silence is believed: phones that send nothing while nobody speaks are quiet for minutes.
    static final Duration MOST = Duration.ofMinutes(5);

    private final int most;
    private long heard;
    private int silentLooks;

    Heartbeat() {
        this(MOST);
    }

    Heartbeat(Duration silence) {
        most = (int) (silence.toMillis() / LOOK.toMillis());
    }

    /// Whether the leg is to be given up.
    ///
    /// @param packets heard so far
    /// @param expected false while the other side holds and may be silent
    boolean isOver(long packets, boolean expected) {
        boolean silent = packets == heard && packets > 0 && expected;
        heard = packets;
        silentLooks = silent ? silentLooks + 1 : 0;
        return silentLooks >= most;
    }
}
