package fulcrum.media;

import java.time.Duration;

/// Turns the packets of telephone events into digits: each once, however often its packets repeat (RFC 4733 §2.5).
///
/// 1. Idle: the first packet of an event begins it, whether it is really the first or the ones before were lost.
/// 2. Down: packets with the same timestamp lengthen it. It is over by the end bit, by the next event, or when nothing
///    was heard of it for [#SILENCE_NANOS] (the end was lost).
/// 3. Over: what still comes with its timestamp is a repetition.
///
/// An event whose numbers start anew in the middle (a re-INVITE moved the stream; some phones count timestamps on
/// within an event) goes on when it is the same key, does not carry the marker and is at least as long as it was.
///
/// Pure: time is passed in. Belongs to one media thread.
final class DigitReceiver {
    /// Is told of each digit once.
    interface Digits {
        void digit(char digit, Duration length);
    }

    /// Octets of an event's payload (RFC 4733 §2.3).
    static final int PAYLOAD = 4;

    static final long SILENCE_NANOS = 200_000_000L;

    private static final String KEYS = "0123456789*#ABCD";
    private static final int LONGEST_SEGMENT = 0xFFFF;
    private static final long SECOND = 1_000_000_000L;

    private final Digits digits;
    private boolean heard;
    private boolean down;
    private int ssrc;
    private int timestamp;
    private int code;
    private int segment;
    private long before;
    private int clockRate;
    private long lastHeard;

    DigitReceiver(Digits digits) {
        this.digits = digits;
    }

    /// Hears one packet of events.
    ///
    /// ```text
    ///  0                   1                   2                   3
    ///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// |     event     |E|R| volume    |          duration             |
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// ```
    ///
    /// @param ticksPerSecond the clock in which the duration is counted
    /// @return false when it is malformed; other events than keys are passed over
    boolean receive(RtpPacket packet, int ticksPerSecond, long now) {
        if (packet.payloadLength() < PAYLOAD) {
            return false;
        }
        int at = packet.payloadOffset();
        int event = packet.bytes()[at] & 0xFF;
        if (event >= KEYS.length()) {
            return true;
        }
        int duration = Bytes.uint16(packet.bytes(), at + 2);
        if (isOld(packet, ticksPerSecond, now)) {
            return true;
        }
        if (!heard || event != code || packet.ssrc() != ssrc || packet.timestamp() != timestamp) {
            if (!goesOn(packet, event, duration, now)) {
                begin(event);
            }
            ssrc = packet.ssrc();
            timestamp = packet.timestamp();
            segment = 0;
        }
        clockRate = ticksPerSecond;
        lastHeard = now;
        segment = Math.max(segment, duration);
        if (down && (packet.bytes()[at + 1] & 0x80) != 0) {
            end();
        }
        return true;
    }

    /// A packet of the event before the current one that was overtaken; at most a second old, else it is a restart.
    private boolean isOld(RtpPacket packet, int ticksPerSecond, long now) {
        int ahead = packet.timestamp() - timestamp;
        return heard
                && packet.ssrc() == ssrc
                && ahead < 0
                && ahead > -ticksPerSecond
                && now - lastHeard < SECOND;
    }

    private boolean goesOn(RtpPacket packet, int event, int duration, long now) {
        if (!heard || event != code || packet.isMarked() || now - lastHeard > SILENCE_NANOS) {
            return false;
        }
        if (down
                && segment == LONGEST_SEGMENT
                && packet.timestamp() == timestamp + LONGEST_SEGMENT) {
            before += segment;
            return true;
        }
        boolean repeatedEnd = !down && duration == segment && packet.ssrc() != ssrc;
        return repeatedEnd || (down && duration >= segment);
    }

    private void begin(int event) {
        if (down) {
            end();
        }
        heard = true;
        down = true;
        code = event;
        before = 0;
        segment = 0;
    }

    private void end() {
        down = false;
        long ticks = before + segment;
        digits.digit(KEYS.charAt(code), Duration.ofNanos(ticks * SECOND / clockRate));
    }

    /// Ends an event of which nothing was heard for a while; to be called ten times a second.
    void tick(long now) {
        if (down && now - lastHeard > SILENCE_NANOS) {
            end();
        }
    }

    /// Tells whether a key is held down.
    boolean isDown() {
        return down;
    }

    /// Returns the code of an event (RFC 4733 §3.2), -1 for a character that is not a key; small letters count too.
    static int code(char key) {
        return KEYS.indexOf(Character.toUpperCase(key));
    }

    @Override
    public String toString() {
        return "digits";
    }
}
