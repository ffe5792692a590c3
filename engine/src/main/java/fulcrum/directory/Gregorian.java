package fulcrum.directory;

import java.time.Instant;

/// Gregorian seconds: seconds since year 0, as Kazoo's documents count them.
public final class Gregorian {
    private static final long UNIX_EPOCH = 62_167_219_200L;

    private Gregorian() {}

    public static long seconds(Instant instant) {
        return instant.getEpochSecond() + UNIX_EPOCH;
    }

    public static Instant instant(long gregorianSeconds) {
        return Instant.ofEpochSecond(gregorianSeconds - UNIX_EPOCH);
    }
}
