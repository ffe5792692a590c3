package fulcrum.media;

/// Gives audio to be played to one listener, 20 ms at a time.
///
/// Read on a media thread: no method may block, take a lock that somebody holds for long, read a file or allocate. What
/// needs a disk, the network or a computation fills a preallocated ring from a thread of its own. One source is played
/// by one path, once.
///
/// 1. The path asks [#nextEncoded] first; a source that keeps its audio encoded (a prompt that many hear) hands out the
///    next frame there, and nothing needs to be computed.
/// 2. When that declined it calls [#next].
/// 3. After each frame it asks [#isEnded()].
/// 4. It calls [#close()] once, whether the end was reached or not.
public interface AudioSource {
    /// Returned by [#nextEncoded] when the source has nothing encoded in that way.
    int NOT_ENCODED = -1;

    /// Returns the samples a second that [#next] gives; never changes. The path resamples where the codec wants others.
    int sampleRate();

    /// Writes the next 20 ms, signed 16 bit, mono, and goes on by as much.
    ///
    /// Fewer samples than asked for mean that there are no more for the moment (silence is sent in their place) or,
    /// when [#isEnded()], for good.
    ///
    /// @param samples how many are wanted: `sampleRate() / 50`
    /// @return how many were written, 0 to `samples`
    int next(short[] out, int offset, int samples);

    /// Writes the next 20 ms encoded, and goes on by as much as [#next] would; the last frame is padded with silence.
    ///
    /// Both methods may take turns: a path mixes or records for a while and needs samples, then octets again.
    ///
    /// @return the octets written, exactly [Codec#frameBytes()] for codecs of constant size, or [#NOT_ENCODED] with
    ///     nothing consumed
    default int nextEncoded(Codec codec, byte[] out, int offset) {
        return NOT_ENCODED;
    }

    /// Tells whether everything was handed out; a source that goes on for ever never says so.
    boolean isEnded();

    /// Tells that nobody will read any more. Called once, on the media thread; must not block.
    default void close() {}
}
