package fulcrum.media;

/// Puts packets back into order and hands them out one a tick; pure, without a clock of its own.
///
/// 1. Filling: packets are kept until [#depth()] of them wait, or until the first has waited as many takes.
/// 2. Running: each [#take] hands out the next by sequence number, says `LOST` for one that is missing while later ones
///    are there, and `EMPTY` when none is there; then it fills again, one deeper if the stream goes on soon.
/// 3. Too many: when over [#WINDOW] takes more packets were always left than the depth asks for (a sender whose clock
///    is fast, a burst that is over), one is skipped; when depth was never needed it shrinks.
///
/// Packets that come twice or after their turn are dropped. A jump of the sequence or another SSRC starts afresh. All
/// memory is taken when it is made.
public final class JitterBuffer {
    /// What a [#take] found.
    public enum Found {
        PACKET,
        LOST,
        EMPTY
    }

    /// Packets it can hold, a power of two.
    public static final int SLOTS = 32;

    /// The most packets it waits for before it hands out the first.
    public static final int DEEPEST = 10;

    /// Takes after which the depth is looked at again: 5 s of 20 ms packets.
    public static final int WINDOW = 250;

    /// Octets of payload in the longest packet it keeps: 60 ms of G.711 and more.
    public static final int LONGEST = 640;

    private static final int FREE = -1;
    private static final int JUMP = 200;

    private final byte[][] payloads = new byte[SLOTS][LONGEST];
    private final int[] lengths = new int[SLOTS];
    private final int[] types = new int[SLOTS];
    private final int shallowest;

    private boolean heard;
    private boolean fresh;
    private boolean filling;
    private int ssrc;
    private int next;
    private int waiting;
    private int depth;
    private int emptyTakes;
    private int fillTakes;
    private int takes;
    private int fewest;
    private int taken;
    private int takenLength;
    private long dropped;
    private long lost;

    /// Makes one that waits for `depth` packets at first and never for fewer, 1 to [#DEEPEST].
    public JitterBuffer(int depth) {
        if (depth < 1 || depth > DEEPEST) {
            throw new IllegalArgumentException("depth must be 1 to " + DEEPEST + ", was " + depth);
        }
        this.shallowest = depth;
        this.depth = depth;
        clear();
    }

    /// Forgets all packets and starts afresh.
    public void clear() {
        for (int slot = 0; slot < SLOTS; slot++) {
            lengths[slot] = FREE;
        }
        waiting = 0;
        heard = false;
        emptyTakes = DEEPEST + 1;
        fill();
    }

    private void fill() {
        filling = true;
        fillTakes = 0;
        takes = 0;
        fewest = SLOTS;
    }

    /// Keeps a copy of a packet's payload, and returns false when it came twice, too late, or is too long.
    public boolean put(RtpPacket packet) {
        if (packet.payloadLength() > LONGEST || !isInTime(packet)) {
            dropped++;
            return false;
        }
        int slot = slot(packet.sequence());
        if (lengths[slot] != FREE) {
            dropped++;
            return false;
        }
        System.arraycopy(
                packet.bytes(), packet.payloadOffset(), payloads[slot], 0, packet.payloadLength());
        lengths[slot] = packet.payloadLength();
        types[slot] = packet.payloadType();
        waiting++;
        deepenAfterHole();
        if (waiting > depth + DEEPEST) {
            keep(depth);
        }
        return true;
    }

    /// Places the packet within the window, moving the window where the stream allows it.
    private boolean isInTime(RtpPacket packet) {
        int ahead = Bytes.sequenceDistance(packet.sequence(), next);
        if (!heard || packet.ssrc() != ssrc || ahead >= SLOTS || ahead < -JUMP) {
            clear();
            heard = true;
            fresh = true;
            ssrc = packet.ssrc();
            next = packet.sequence();
            return true;
        }
        if (ahead < 0 && fresh && filling && ahead > -DEEPEST) {
            next = packet.sequence();
            return true;
        }
        return ahead >= 0;
    }

    /// A stream that goes on right after a hole had packets late by more than the depth; after a long one it paused.
    private void deepenAfterHole() {
        if (filling && waiting == 1 && emptyTakes > 0 && emptyTakes <= DEEPEST) {
            depth = Math.min(depth + 1, DEEPEST);
        }
        emptyTakes = 0;
    }

    /// Hands out what is next; a packet can be read until the next [#put].
    public Found take() {
        if (filling && !isFilled()) {
            return Found.EMPTY;
        }
        if (waiting == 0) {
            emptyTakes = 1;
            fill();
            return Found.EMPTY;
        }
        int slot = slot(next);
        next = (next + 1) & 0xFFFF;
        if (lengths[slot] == FREE) {
            lost++;
            return Found.LOST;
        }
        taken = slot;
        takenLength = lengths[slot];
        lengths[slot] = FREE;
        waiting--;
        fresh = false;
        adapt();
        return Found.PACKET;
    }

    private boolean isFilled() {
        if (waiting == 0) {
            emptyTakes++;
            return false;
        }
        fillTakes++;
        if (waiting < depth && fillTakes < depth) {
            return false;
        }
        filling = false;
        while (lengths[slot(next)] == FREE) {
            next = (next + 1) & 0xFFFF;
        }
        return true;
    }

    private void adapt() {
        fewest = Math.min(fewest, waiting);
        if (++takes < WINDOW) {
            return;
        }
        boolean tooMany = fewest > depth;
        if (!tooMany && depth > shallowest && fewest >= depth - 1) {
            depth--;
            tooMany = true;
        }
        if (tooMany) {
            keep(waiting - 1);
        }
        takes = 0;
        fewest = SLOTS;
    }

    /// Drops the oldest packets until at most `count` wait; so a relay keeps just what a mix would begin with.
    public void keep(int count) {
        while (waiting > count) {
            int slot = slot(next);
            if (lengths[slot] != FREE) {
                lengths[slot] = FREE;
                waiting--;
                dropped++;
            }
            next = (next + 1) & 0xFFFF;
        }
    }

    /// Returns the bytes of the packet taken last, from 0 to [#length()].
    public byte[] payload() {
        return payloads[taken];
    }

    /// Returns the octets of the packet taken last.
    public int length() {
        return takenLength;
    }

    /// Returns the payload type of the packet taken last.
    public int payloadType() {
        return types[taken];
    }

    /// Returns how many packets it waits for at present before it hands out the first.
    public int depth() {
        return depth;
    }

    /// Returns how many packets wait.
    public int waiting() {
        return waiting;
    }

    /// Returns how many packets came twice, too late or too many at once.
    public long dropped() {
        return dropped;
    }

    /// Returns how many packets were missing when their turn came.
    public long lost() {
        return lost;
    }

    private static int slot(int sequence) {
        return sequence & (SLOTS - 1);
    }

    @Override
    public String toString() {
        return "jitter buffer depth=" + depth + " waiting=" + waiting;
    }
}
