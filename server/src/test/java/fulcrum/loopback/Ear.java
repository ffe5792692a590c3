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
    private static final int RATE = Hearing.SAMPLE_RATE;

    private final Hearing hearing;
    private final TonePairs tones;
    private final Spectrum spectrum = new Spectrum(RATE, WINDOW);
    private Optional<Sound> current = Optional.empty();
    private int at;

    Ear(Hearing hearing, TonePairs tones) {
        this.hearing = hearing;
        this.tones = tones;
    }

    /// Waits for the beginning of the next sound; one that was recognised before must be over, or another one begin.
    Optional<Sound> next(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration left = left(end);
            if (!isThere(at, left)) {
                return Optional.empty();
            }
            Optional<Sound> now = soundAt(at, left);
            if (!now.equals(current)) {
                current = Optional.empty();
            }
            if (now.isPresent() && current.isEmpty() && now.equals(soundAt(at + HOP, left))) {
                current = now;
                return now;
            }
            at += HOP;
        }
    }

    /// Waits for the end of the sound that was recognised last.
    void awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (current.isPresent() && isThere(at, left(end))) {
            if (!soundAt(at, left(end)).equals(current)) {
                current = Optional.empty();
            }
            at += HOP;
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
