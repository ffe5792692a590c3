package fulcrum.media;

/// Plays a clip to one listener, frame by frame; allocates nothing.
final class ClipSource implements AudioSource {
    private final Clip clip;
    private final int times;
    private int played;
    private int frame;

    /// @param times how often; 0 is for ever
    ClipSource(Clip clip, int times) {
        this.clip = clip;
        this.times = times;
    }

    @Override
    public int sampleRate() {
        return clip.sampleRate();
    }

    @Override
    public int next(short[] out, int offset, int samples) {
        if (isEnded()) {
            return 0;
        }
        int count = clip.sampleRate() / 50;
        if (samples != count) {
            throw new IllegalArgumentException(
                    "a frame has " + count + " samples, asked for " + samples);
        }
        clip.copy(frame * count, out, offset, count);
        goOn();
        return count;
    }

    @Override
    public int nextEncoded(Codec codec, byte[] out, int offset) {
        if (isEnded()) {
            return NOT_ENCODED;
        }
        int octets = clip.copyEncoded(frame, codec, out, offset);
        if (octets != NOT_ENCODED) {
            goOn();
        }
        return octets;
    }

    private void goOn() {
        if (++frame == clip.frames()) {
            frame = 0;
            played = times == 0 ? 0 : played + 1;
        }
    }

    @Override
    public boolean isEnded() {
        return clip.frames() == 0 || (times > 0 && played == times);
    }

    @Override
    public String toString() {
        return times == 1 ? clip.toString() : clip + (times == 0 ? " for ever" : " times " + times);
    }
}
