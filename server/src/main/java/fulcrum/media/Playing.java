package fulcrum.media;

/// Reads a source frame by frame for one path, at the rate or in the encoding that the path wants.
/// Belongs to one media thread.
final class Playing {
    private static final int MOST_SAMPLE_RATE = 48_000;

    private final long playbackId;
    private final AudioSource source;
    private final boolean over;
    private final Framer framer;
    private boolean ended;

    /// @param over whether it is added to what the connected path says instead of replacing it
    Playing(long playbackId, AudioSource source, boolean over) {
        if (source.sampleRate() < 1000 || source.sampleRate() > MOST_SAMPLE_RATE) {
            throw new IllegalArgumentException(
                    "a source has 1000 to 48000 samples a second, was " + source.sampleRate());
        }
        this.playbackId = playbackId;
        this.source = source;
        this.over = over;
        this.framer = new Framer(source.sampleRate());
    }

    long playbackId() {
        return playbackId;
    }

    boolean isOver() {
        return over;
    }

    /// Writes the next frame as the source keeps it encoded, and returns its octets or [AudioSource#NOT_ENCODED].
    int encoded(Codec codec, byte[] out, int offset) {
        if (framer.available() > 0 || ended) {
            return AudioSource.NOT_ENCODED;
        }
        int octets = source.nextEncoded(codec, out, offset);
        if (octets != AudioSource.NOT_ENCODED) {
            ended = source.isEnded();
        }
        return octets;
    }

    /// Writes the next 20 ms at `rate`; a source that has none for the moment gives silence.
    void frame(int rate, short[] out, Scratch scratch) {
        framer.rate(rate);
        int samples = rate / 50;
        int wanted = source.sampleRate() / 50;
        while (!ended && framer.available() < samples) {
            int count = source.next(scratch.decoded, 0, wanted);
            framer.put(scratch.decoded, count, source.sampleRate());
            ended = source.isEnded();
            if (count < wanted) {
                break;
            }
        }
        framer.take(out, samples);
    }

    /// Tells whether everything was handed out.
    boolean isEnded() {
        return ended && framer.available() == 0;
    }

    void close() {
        source.close();
    }

    @Override
    public String toString() {
        return (over ? "play over " : "play ") + source;
    }
}
