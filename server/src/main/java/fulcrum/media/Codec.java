package fulcrum.media;

/// Describes one way to write audio into RTP, and makes the machines that do it.
///
/// A codec itself has no state and may be shared by all threads. What has state (G.722 predicts from what went before)
/// is the [Encoder] or [Decoder] of one stream in one direction. All audio of a codec is mono, signed 16 bit, and comes
/// in frames of 20 ms.
public interface Codec {
    /// Returns the encoding name as SDP writes it, such as `PCMU` (RFC 3551 §6).
    String name();

    /// Returns the payload type that RFC 3551 assigned, or the one we offer by preference, 0..127.
    int payloadType();

    /// Returns the ticks a second of RTP timestamps: 8000 even for G.722, whose samples are 16 000 (RFC 3551 §4.5.2).
    int clockRate();

    /// Returns the samples a second of the audio itself: 8000 or 16 000.
    int sampleRate();

    /// Returns the octets of one encoded 20 ms frame, 1 to 640; the most it can be if they vary.
    int frameBytes();

    /// Makes an encoder for one stream.
    Encoder encoder();

    /// Makes a decoder for one stream.
    Decoder decoder();

    /// Returns the samples of one 20 ms frame.
    default int frameSamples() {
        return sampleRate() / 50;
    }

    /// Returns the timestamp ticks of one 20 ms frame.
    default int frameTicks() {
        return clockRate() / 50;
    }

    /// Turns the samples of one stream into octets; used by one thread at a time, allocates nothing when called.
    interface Encoder {
        /// Encodes samples and returns the octets written.
        ///
        /// @param samples how many to read from `in`: any even number up to 60 ms, 2880
        int encode(short[] in, int offset, int samples, byte[] out, int outOffset);
    }

    /// Turns the octets of one stream into samples; used by one thread at a time, allocates nothing when called.
    interface Decoder {
        /// Decodes one packet's payload and returns the samples written; octets it cannot read give silence.
        int decode(byte[] in, int offset, int length, short[] out, int outOffset);
    }
}
