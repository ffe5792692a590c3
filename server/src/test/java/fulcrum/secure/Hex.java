package fulcrum.secure;

import java.util.Arrays;
import java.util.HexFormat;

/// Packets as the RFCs print them.
final class Hex {
    private Hex() {}

    static byte[] bytes(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }

    /// The packet with room behind it for what a cipher adds.
    static byte[] roomy(byte[] packet) {
        return Arrays.copyOf(packet, packet.length + SrtpSender.OVERHEAD);
    }

    static String text(byte[] packet, int length) {
        return length < 0 ? "refused" : HexFormat.of().formatHex(packet, 0, length);
    }

    static String text(byte[] packet) {
        return text(packet, packet.length);
    }
}
