package fulcrum.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A script of tones, as FreeSWITCH's `tone_stream://` has them (TGML); immutable, may be played to many.
///
/// ```text
/// %(on,off,f1,f2,…)  on ms of these frequencies in Hz together, then off ms of silence; frequency 0 is silence
/// 0-9 * # A-D        a DTMF digit, d ms long, then w ms of silence; 7(on,off) for one with its own times
/// v=-7               volume of what follows in dBm0, -63 to 0; the tones of a chord share it
/// d=250  w=62        the times of digits, ms
/// >=2  <=2  +=0.1    what follows becomes softer (louder) by 0.1 dB every 2 ms
/// l=3                the next tone sounds three times
/// L=3                the whole script is played three times
/// ;loops=3           likewise, at the end; -1 is for ever
/// c=1  r=8000        channels and rate, read and ignored: a leg has its own
/// ```
///
/// Parts may be parted by `;` and white space.
public final class ToneScript {
    /// The longest script that is read, in characters.
    public static final int MOST_CHARACTERS = 10_000;

    private final List<Tone> tones;
    private final int loops;

    /// One sound and the silence after it.
    ///
    /// @param frequencies in Hz; none for silence
    /// @param dbm0 the volume at its beginning, divided among the frequencies
    /// @param stepDb by how many dB the volume changes every `stepMillis`
    record Tone(
            List<Double> frequencies,
            int onMillis,
            int offMillis,
            int times,
            double dbm0,
            double stepDb,
            int stepMillis) {
        long millis() {
            return (long) times * (onMillis + offMillis);
        }
    }

    private ToneScript(List<Tone> tones, int loops) {
        this.tones = List.copyOf(tones);
        this.loops = loops;
    }

    /// Reads a script, with or without `tone_stream://` before it.
    ///
    /// @throws BadAudio naming the character where it cannot be understood
    public static ToneScript parse(String text) {
        return new ToneReader(text).read();
    }

    static ToneScript of(List<Tone> tones, int loops) {
        return new ToneScript(tones, loops);
    }

    /// Returns how long it lasts; empty when it goes on for ever.
    public Optional<Duration> duration() {
        return loops < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(loops * onceMillis()));
    }

    private long onceMillis() {
        return tones.stream().mapToLong(Tone::millis).sum();
    }

    /// Makes a source that plays it once more to one listener.
    ///
    /// @param sampleRate 8000 or 16 000, best that of the listener's codec
    public AudioSource source(int sampleRate) {
        return source(sampleRate, 1);
    }

    /// Makes a source that plays it several times to one listener.
    ///
    /// @param times 0 is for ever
    public AudioSource source(int sampleRate, int times) {
        boolean isEndless = loops < 0 || times == 0;
        boolean isMute = onceMillis() == 0;
        return new ToneSource(
                tones,
                isMute ? 0 : isEndless ? ToneSource.FOR_EVER : (long) loops * times,
                sampleRate);
    }

    List<Tone> tones() {
        return tones;
    }

    @Override
    public String toString() {
        return tones.size()
                + " tones"
                + (loops < 0 ? " for ever" : loops == 1 ? "" : " times " + loops);
    }
}
