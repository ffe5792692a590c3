package fulcrum.speech;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A second engine, for what the real one never does: it fails, or takes as long as a test wants. It hums a constant
/// level, ten milliseconds for each character.
final class ToneEngine implements VoiceEngine {
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger renders = new AtomicInteger();
    final CountDownLatch mayRender = new CountDownLatch(1);

    /// An engine that renders at once.
    static ToneEngine ready() {
        ToneEngine engine = new ToneEngine();
        engine.mayRender.countDown();
        return engine;
    }

    @Override
    public String name() {
        return "tone";
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public boolean speaks(String language) {
        return language.startsWith("en");
    }

    @Override
    public Voice load() {
        loads.incrementAndGet();
        return this::render;
    }

    private short[] render(String text, boolean high) {
        renders.incrementAndGet();
        try {
            mayRender.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SpeechFailed("interrupted", stopped);
        }
        if (text.contains("break")) {
            throw new SpeechFailed("the string is broken");
        }
        short[] samples = new short[80 * text.length()];
        Arrays.fill(samples, (short) (high ? 2000 : 1000));
        return samples;
    }
}
