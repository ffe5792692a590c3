package fulcrum.media;

import fulcrum.secure.SrtpKey;
import fulcrum.secure.SrtpReceiver;
import fulcrum.secure.SrtpSender;

/// Protects packets by SRTP: what we send with our key, what comes with theirs (RFC 3711). Belongs to one path and
/// moves with it from thread to thread; no packet costs memory, except with GCM.
public final class SrtpCipher implements PacketCipher {
    private final SrtpSender sender;
    private final SrtpReceiver receiver;

    private SrtpCipher(SrtpSender sender, SrtpReceiver receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    /// The first one of a path.
    public static SrtpCipher of(SrtpKey ours, SrtpKey theirs) {
        return new SrtpCipher(new SrtpSender(ours), new SrtpReceiver(theirs));
    }

    /// What follows this one after another offer and answer: with a key that stayed the same its counters go on. This
    /// one must not be used afterwards. Does not touch what the media thread works with, so any thread may call it.
    public SrtpCipher with(SrtpKey ours, SrtpKey theirs) {
        return new SrtpCipher(sender.with(ours), receiver.with(theirs));
    }

    @Override
    public int protect(byte[] packet, int length) {
        return PacketKind.of(packet, length) == PacketKind.RTCP
                ? sender.protectRtcp(packet, length)
                : sender.protectRtp(packet, length);
    }

    @Override
    public int unprotect(byte[] packet, int length) {
        return PacketKind.of(packet, length) == PacketKind.RTCP
                ? receiver.unprotectRtcp(packet, length)
                : receiver.unprotectRtp(packet, length);
    }

    @Override
    public String toString() {
        return "srtp " + sender;
    }
}
