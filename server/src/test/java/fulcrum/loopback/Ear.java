package fulcrum.loopback;

import fulcrum.call.Sound;
import fulcrum.media.Spectrum;
import fulcrum.phone.Hearing;

import java.time.Duration;
import java.util.Optional;

/// Recognises sounds in what a phone received: finds where a pair of tones begins and ends.
final class Ear {
    private static final int WINDOW = 256;
    private static final int HOP = 80;

    /// So many looks in a row without a sound mean that it is over: 60 ms.
    private static final int APART = 6;

    private static final int RATE = Hearing.SAMPLE_RATE;

    private final Hearing hearing;
    private final TonePairs tones;
    private final Spectrum spectrum = new Spectrum(RATE, WINDOW);
    private Optional<Sound> current = Optional.empty();
    private int apart;
    private int at;

    Ear(Hearing hearing, TonePairs tones) {
        this.hearing = hearing;
        this.tones = tones;
    }

    /// Waits for the beginning of the next sound; one that was recognised before must be over, or another one begin. A
    /// packet that was lost in between does not end it.
    Optional<Sound> next(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (isThere(at, left(end))) {
            Optional<Sound> now = soundAt(at, left(end));
            follow(now);
            if (now.isPresent()
                    && !now.equals(current)
                    && now.equals(soundAt(at + HOP, left(end)))) {
                current = now;
                apart = 0;
                return now;
            }
            at += HOP;
        }
        return Optional.empty();
    }

    /// Waits for the end of the sound that was recognised last.
    void awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (current.isPresent() && isThere(at, left(end))) {
            follow(soundAt(at, left(end)));
            at += HOP;
        }
    }

    /// Notes whether the sound that was recognised still goes on.
    private void follow(Optional<Sound> now) {
        apart = now.equals(current) ? 0 : apart + 1;
        if (apart >= APART) {
            current = Optional.empty();
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private boolean isThere(int position, Duration patience) {
        return hearing.awaitMoreThan(position + WINDOW, patience);
    }

    private Optional<Sound> soundAt(int position, Duration patience) {
        if (!isThere(position, patience)) {
            return Optional.empty();
        }
        spectrum.measure(hearing.samples(position, position + WINDOW), 0);
        if (spectrum.totalPower() < 10_000) {
            return Optional.empty();
        }
        return spectrum.pair().flatMap(tones::sound);
    }
}
