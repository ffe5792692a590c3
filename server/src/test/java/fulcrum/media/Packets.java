package fulcrum.media;

import java.util.Arrays;

/// Makes RTP packets for tests.
final class Packets {
    static final long MILLI = 1_000_000;

    private Packets() {}

    static RtpPacket packet(
            boolean marked, int type, int sequence, int timestamp, int ssrc, byte... payload) {
        byte[] bytes = new byte[RtpPacket.HEADER + payload.length];
        RtpPacket.writeHeader(bytes, 0, marked, type, sequence, timestamp, ssrc);
        System.arraycopy(payload, 0, bytes, RtpPacket.HEADER, payload.length);
        return new RtpPacket().wrap(bytes, 0, bytes.length);
    }

    /// Audio whose payload is 160 times its number.
    static RtpPacket audio(int sequence, int timestamp) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) sequence);
        return packet(false, 0, sequence, timestamp, 7, payload);
    }

    static RtpPacket event(
            boolean marked,
            int sequence,
            int timestamp,
            int ssrc,
            int code,
            boolean end,
            int duration) {
        return packet(
                marked,
                101,
                sequence,
                timestamp,
                ssrc,
                (byte) code,
                (byte) (end ? 0x8A : 0x0A),
                (byte) (duration >> 8),
                (byte) duration);
    }
}
