package fulcrum.media;

import java.time.Duration;

/// Tells of keys that come as tones, when they are let go; used only while no telephone events were negotiated.
/// Belongs to one media thread.
final class InBandDigits {
    private final DigitReceiver.Digits digits;
    private final DtmfDetector detector;
    private final int sampleRate;
    private char down = DtmfDetector.NONE;
    private long lastHeard;

    InBandDigits(int sampleRate, DigitReceiver.Digits digits) {
        this.sampleRate = sampleRate;
        this.digits = digits;
        this.detector = new DtmfDetector(sampleRate);
    }

    /// Returns the rate of the samples it listens to.
    int sampleRate() {
        return sampleRate;
    }

    /// Listens to the samples of a packet.
    void hear(short[] in, int samples, long now) {
        int most = sampleRate / 1000 * DtmfDetector.MOST_MILLIS;
        lastHeard = now;
        for (int done = 0; done < samples; done += most) {
            char pressed = detector.hear(in, done, Math.min(most, samples - done));
            if (pressed != DtmfDetector.NONE) {
                release();
                down = pressed;
            } else if (down != DtmfDetector.NONE && detector.held() == DtmfDetector.NONE) {
                release();
            }
        }
    }

    /// Ends a key when no audio came any more; to be called ten times a second.
    void tick(long now) {
        if (now - lastHeard > DigitReceiver.SILENCE_NANOS) {
            release();
        }
    }

    private void release() {
        if (down != DtmfDetector.NONE) {
            char digit = down;
            down = DtmfDetector.NONE;
            digits.digit(digit, Duration.ofMillis(detector.heldMillis()));
        }
    }

    @Override
    public String toString() {
        return "digits in band";
    }
}
