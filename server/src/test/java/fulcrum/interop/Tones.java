package fulcrum.interop;

import fulcrum.media.AudioFile;
import fulcrum.media.Clip;
import fulcrum.media.Spectrum;
import fulcrum.media.WavWriter;

import java.nio.file.Path;
import java.time.Duration;

/// Makes and measures tones.
final class Tones {
    static final int RATE = 8000;
    private static final int WINDOW = 256;
    private static final double AMPLITUDE = 8000;

    /// Quieter than this, in squared sample units, is silence.
    private static final double SILENCE = 10_000;

    private Tones() {}

    /// Samples of a tone.
    ///
    /// @param from the number of the first sample, so that pieces fit together
    static short[] samples(double frequency, int from, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] =
                    (short) (AMPLITUDE * Math.sin(2 * Math.PI * frequency * (from + i) / RATE));
        }
        return samples;
    }

    /// Writes a WAV file of 16 bit with a tone.
    static void write(Path file, double frequency, Duration length) {
        try (WavWriter wav = new WavWriter(file, RATE, 1)) {
            int count = (int) (length.toMillis() * RATE / 1000);
            wav.write(samples(frequency, 0, count), 0, count);
        }
    }

    /// How long a tone sounds alone in a file.
    static Duration heard(Path file, double frequency) {
        Clip clip = AudioFile.read(file);
        return heard(clip.samples(), clip.sampleRate(), frequency);
    }

    /// How long a tone sounds alone.
    static Duration heard(short[] samples, int rate, double frequency) {
        Spectrum spectrum = new Spectrum(rate, WINDOW);
        int windows = 0;
        for (int at = 0; at + WINDOW <= samples.length; at += WINDOW) {
            spectrum.measure(samples, at);
            double all = spectrum.totalPower();
            boolean sounds =
                    all > SILENCE
                            && Math.abs(spectrum.strongest() - frequency) < 15
                            && spectrum.powerAt(frequency) > 0.9 * all;
            windows += sounds ? 1 : 0;
        }
        return Duration.ofMillis(1000L * windows * WINDOW / rate);
    }
}
