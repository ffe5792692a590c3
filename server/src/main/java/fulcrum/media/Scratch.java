package fulcrum.media;

/// Holds the arrays that a media thread works in, so that a packet costs no memory: what is in them is only good until
/// the next packet or tick.
final class Scratch {
    /// Samples of the longest packet that is decoded: 80 ms at 16 kHz.
    static final int SAMPLES = 2 * JitterBuffer.LONGEST;

    /// Zeros, never written to.
    static final short[] SILENCE = new short[SAMPLES];

    /// The packet that arrived.
    final byte[] in = new byte[MediaThread.ROOM];

    /// A view of it.
    final RtpPacket packet = new RtpPacket();

    /// Reports, and packets that are passed on.
    final byte[] out = new byte[MediaThread.ROOM];

    /// What a decoder wrote.
    final short[] decoded = new short[SAMPLES];

    /// Audio at the rate that is wanted.
    final short[] frame = new short[SAMPLES];

    /// Audio to be added to `frame`.
    final short[] other = new short[SAMPLES];
}
