package fulcrum.media;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Hands out UDP ports for RTP: even ones, each with the odd one above it for reports (RFC 3550 §11).
///
/// Free ports wait in a queue, so one that was given back rests as long as possible before it is used again. Any thread
/// may call; nobody waits.
public final class RtpPorts {
    private final boolean ephemeral;
    private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
    private final int pairs;

    private RtpPorts(boolean ephemeral, int first, int last) {
        this.ephemeral = ephemeral;
        for (int port = first + (first & 1); port + 1 <= last; port += 2) {
            free.add(port);
        }
        this.pairs = free.size();
    }

    /// Makes a range from `first` to `last`, both included, 1..65535; it must hold at least one pair.
    public static RtpPorts range(int first, int last) {
        if (first < 1 || last > 65_535 || first + (first & 1) + 1 > last) {
            throw new IllegalArgumentException(
                    "RTP ports must be a range with an even port and the one above it, was "
                            + first
                            + "-"
                            + last);
        }
        return new RtpPorts(false, first, last);
    }

    /// Lets the operating system choose, as tests want it.
    public static RtpPorts ephemeral() {
        return new RtpPorts(true, 1, 0);
    }

    /// Takes a pair and returns its even port, 0 when the operating system is to choose, nothing when all are taken.
    public OptionalInt take() {
        if (ephemeral) {
            return OptionalInt.of(0);
        }
        Integer port = free.poll();
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /// Gives a pair back that [#take()] returned.
    public void giveBack(int port) {
        if (!ephemeral) {
            free.add(port);
        }
    }

    /// Returns how many pairs can be in use at once; as good as endless when the operating system chooses.
    public int pairs() {
        return ephemeral ? Integer.MAX_VALUE : pairs;
    }
}
