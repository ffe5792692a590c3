package fulcrum.media;

import java.util.Arrays;
import java.util.List;

/// Plays the tones of a script to one listener; allocates nothing once made.
final class ToneSource implements AudioSource {
    static final long FOR_EVER = -1;

    private final int sampleRate;
    private final Segment[] segments;
    private long loopsLeft;
    private int index;
    private int repeat;
    private int position;

    /// One tone in samples, with its oscillations.
    private static final class Segment {
        final Oscillator[] oscillators;
        final double peak;
        final double stepFactor;
        final int stepSamples;
        final int on;
        final int length;
        final int times;
        final double mostGain;
        double gain = 1;

        Segment(ToneScript.Tone tone, int sampleRate) {
            oscillators =
                    tone.frequencies().stream()
                            .filter(frequency -> 2 * frequency < sampleRate)
                            .map(frequency -> new Oscillator(frequency, sampleRate))
                            .toArray(Oscillator[]::new);
            peak = Goertzel.amplitude(tone.dbm0()) / Math.max(1, tone.frequencies().size());
            stepFactor = Math.pow(10, tone.stepDb() / 20);
            stepSamples = tone.stepDb() == 0 ? 0 : tone.stepMillis() * (sampleRate / 1000);
            on = samples(tone.onMillis(), sampleRate);
            length = on + samples(tone.offMillis(), sampleRate);
            times = tone.times();
            mostGain = Math.pow(10, -tone.dbm0() / 20);
        }

        private static int samples(int millis, int sampleRate) {
            return (int) Math.min((long) millis * sampleRate / 1000, Integer.MAX_VALUE / 2);
        }

        void restart() {
            gain = 1;
            for (Oscillator oscillator : oscillators) {
                oscillator.restart();
            }
        }

        void sound(short[] out, int offset, int count, int position) {
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (Oscillator oscillator : oscillators) {
                    sum += oscillator.next();
                }
                if (stepSamples > 0 && position + i > 0 && (position + i) % stepSamples == 0) {
                    gain = Math.min(gain * stepFactor, mostGain);
                }
                out[offset + i] = (short) Math.rint(peak * gain * sum);
            }
        }
    }

    /// @param loops how often all tones are played; [#FOR_EVER] for ever
    ToneSource(List<ToneScript.Tone> tones, long loops, int sampleRate) {
        this.sampleRate = sampleRate;
        this.loopsLeft = loops;
        this.segments =
                tones.stream().map(tone -> new Segment(tone, sampleRate)).toArray(Segment[]::new);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int next(short[] out, int offset, int samples) {
        int done = 0;
        while (done < samples && !isEnded()) {
            Segment segment = segments[index];
            int until = position < segment.on ? segment.on : segment.length;
            int run = Math.min(samples - done, until - position);
            if (position == 0) {
                segment.restart();
            }
            if (position < segment.on) {
                segment.sound(out, offset + done, run, position);
            } else {
                Arrays.fill(out, offset + done, offset + done + run, (short) 0);
            }
            done += run;
            position += run;
            goOn(segment);
        }
        return done;
    }

    private void goOn(Segment segment) {
        if (position < segment.length) {
            return;
        }
        position = 0;
        if (++repeat < segment.times) {
            return;
        }
        repeat = 0;
        if (++index == segments.length) {
            index = 0;
            loopsLeft = loopsLeft == FOR_EVER ? FOR_EVER : loopsLeft - 1;
        }
    }

    @Override
    public boolean isEnded() {
        return loopsLeft == 0;
    }

    @Override
    public String toString() {
        return segments.length + " tones";
    }
}
