package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// What runs for every frame of every call must leave nothing for the garbage collector.
class SignalAllocationTest {
    private static final int FRAMES = 2000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final short[] samples = Wave.tone(16000, 20, 697, -10).plus(1209, -10).samples();
    private final short[] more = new short[640];
    private final byte[] octets = new byte[640];

    /// The octets that one frame takes on this thread; the first frames, which may load classes, do not count.
    private long octetsPerFrame(Runnable frame) {
        for (int i = 0; i < 100; i++) {
            frame.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < FRAMES; i++) {
            frame.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / FRAMES;
    }

    @Test
    void codecs_allocate_nothing() {
        for (Codec codec : Codecs.ALL) {
            Codec.Encoder encoder = codec.encoder();
            Codec.Decoder decoder = codec.decoder();
            assertThat(
                            octetsPerFrame(
                                    () ->
                                            encoder.encode(
                                                    samples, 0, codec.frameSamples(), octets, 0)))
                    .isZero();
            assertThat(octetsPerFrame(() -> decoder.decode(octets, 0, 160, more, 0))).isZero();
        }
    }

    @Test
    void resampling_and_listening_allocate_nothing() {
        Resampler up = new Resampler(8000, 16000);
        Resampler down = new Resampler(16000, 8000);
        DtmfDetector detector = new DtmfDetector(16000);
        Goertzel goertzel = new Goertzel(8000, 440);
        Spectrum spectrum = new Spectrum(16000, 256);
        assertThat(octetsPerFrame(() -> up.process(samples, 0, 160, more, 0))).isZero();
        assertThat(octetsPerFrame(() -> down.process(samples, 0, 320, more, 0))).isZero();
        assertThat(octetsPerFrame(() -> detector.hear(samples, 0, 320))).isZero();
        assertThat(octetsPerFrame(() -> goertzel.add(samples, 0, 160))).isZero();
        assertThat(octetsPerFrame(() -> spectrum.measure(samples, 0))).isZero();
    }

    @Test
    void sources_allocate_nothing() {
        Clip clip = Clip.of(samples, 16000).prepare(Codecs.PCMU);
        AudioSource endless = clip.source(0);
        AudioSource tones = ToneScript.parse("%(200,100,440,480);loops=-1").source(8000);
        AudioSource digits =
                new DtmfTones("1".repeat(1000), Duration.ofMillis(50), Duration.ofMillis(50), 8000);
        AudioSource silence = Silence.parse("0,1400");
        assertThat(octetsPerFrame(() -> endless.nextEncoded(Codecs.PCMU, octets, 0))).isZero();
        assertThat(octetsPerFrame(() -> endless.next(more, 0, 320))).isZero();
        assertThat(octetsPerFrame(() -> tones.next(more, 0, 160))).isZero();
        assertThat(octetsPerFrame(() -> digits.next(more, 0, 160))).isZero();
        assertThat(octetsPerFrame(() -> silence.next(more, 0, 160))).isZero();
    }
}
