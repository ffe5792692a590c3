package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/// Makes sense of the packets that arrive on a path: whose they are, what is missing, which keys were pressed, what was
/// said. Belongs to one media thread and moves with its path.
final class Hearer {
    private static final int TYPES = 128;
    private static final int COMFORT_NOISE = 13;
    private static final int NONE = -1;

    private final SourceLock lock = new SourceLock();
    private final Reception reception = new Reception();
    private final Transcoder transcoder = new Transcoder();
    private final @Nullable Codec[] codecs = new Codec[TYPES];
    private final Tally tally;
    private final DigitReceiver.Digits listener;
    private final DigitReceiver digits;
    private @Nullable InBandDigits tones;
    private @Nullable InetSocketAddress remote;
    private final Recent recent = new Recent();
    private final RtpPacket reader = new RtpPacket();
    private @Nullable Ear voice;
    private boolean linked;
    private int eventType = NONE;
    private int eventRate = 8000;
    private int clockRate = 8000;
    private boolean heard;
    private int eventTimestamp;
    private boolean eventSeen;
    private boolean eventPassed;
    private boolean heldBack;

    Hearer(Tally tally, DigitReceiver.Digits listener) {
        this.tally = tally;
        this.listener = listener;
        this.digits = new DigitReceiver(listener);
    }

    /// Follows a new offer and answer.
    void settings(MediaSettings next, long now) {
        Arrays.fill(codecs, null);
        next.receive().forEach((type, codec) -> codecs[type & (TYPES - 1)] = codec);
        eventType = next.events().map(EventFormat::receivePayloadType).orElse(NONE);
        eventRate = next.events().map(EventFormat::clockRate).orElse(8000);
        clockRate = next.codec().clockRate();
        if (eventType == NONE) {
            tones = tones == null ? new InBandDigits(next.codec().sampleRate(), this::tone) : tones;
        } else {
            tones = null;
        }
        InetSocketAddress named = next.remote().filter(Hearer::isUsable).orElse(null);
        if (named != null && !named.equals(remote)) {
            lock.reopen(named, now);
        }
        remote = named == null ? remote : named;
    }

    private static boolean isUsable(InetSocketAddress address) {
        return !address.isUnresolved()
                && address.getPort() > 0
                && !address.getAddress().isAnyLocalAddress();
    }

    private void tone(char digit, Duration length) {
        heldBack = false;
        listener.digit(digit, length);
    }

    /// Tells whether a packet is of a type we said we accept, and from the source that is ours.
    boolean admits(RtpPacket packet, InetSocketAddress source, long now) {
        int type = packet.payloadType();
        return (codecs[type] != null || type == eventType || type == COMFORT_NOISE)
                && lock.admits(source, now);
    }

    /// Counts a packet, and tells whether it is the first one.
    boolean count(RtpPacket packet, boolean timed, long now) {
        Codec codec = codecs[packet.payloadType()];
        int rate = isEvent(packet) ? eventRate : codec == null ? clockRate : codec.clockRate();
        reception.received(packet, rate, now, timed);
        Tally.add(tally.packetsReceived, 1);
        Tally.add(tally.bytesReceived, packet.payloadLength());
        tally.packetsLost.setRelease(reception.lost());
        tally.jitterNanos.setRelease(reception.jitterNanos());
        boolean first = !heard;
        heard = true;
        return first;
    }

    boolean isEvent(RtpPacket packet) {
        return packet.payloadType() == eventType;
    }

    /// Hears a packet of an event, and returns false when it is malformed.
    ///
    /// @param passes whether it could be passed on; what its first packet finds holds for the whole event
    boolean event(RtpPacket packet, boolean passes, long now) {
        if (!eventSeen || packet.timestamp() != eventTimestamp) {
            eventSeen = true;
            eventTimestamp = packet.timestamp();
            eventPassed = passes;
        }
        heldBack = !eventPassed;
        return digits.receive(packet, eventRate, now);
    }

    /// Tells whether the event that is heard is passed on packet by packet.
    boolean isEventPassed() {
        return eventPassed;
    }

    /// Tells whether the key just told is one that the other path has not heard.
    boolean isEventHeldBack() {
        return heldBack;
    }

    /// Returns the clock of received events.
    int eventRate() {
        return eventRate;
    }

    /// Returns the codec of a packet, null when it is no audio.
    @Nullable Codec codec(RtpPacket packet) {
        return codecs[packet.payloadType()];
    }

    /// Decodes a packet into `scratch.decoded` if somebody needs it, looks for keys there, and returns the samples.
    int decode(RtpPacket packet, Codec codec, boolean needed, Scratch scratch, long now) {
        InBandDigits keys = tones;
        if (keys == null && !needed) {
            return 0;
        }
        int samples = transcoder.decode(packet, codec, scratch);
        if (keys != null) {
            if (keys.sampleRate() != codec.sampleRate()) {
                keys = new InBandDigits(codec.sampleRate(), this::tone);
                tones = keys;
            }
            keys.hear(scratch.decoded, samples, now);
        }
        return samples;
    }

    Transcoder transcoder() {
        return transcoder;
    }

    /// Keeps what a mix for the connected path would begin with from now on, so that it begins without a gap; or does
    /// not any more.
    void link(boolean now) {
        linked = now;
        voice = null;
        recent.clear();
    }

    /// Keeps a packet for a mix, or lets the mix that goes on hear it.
    ///
    /// @param mixing whether somebody takes frames from [#voice]
    void remember(RtpPacket packet, boolean mixing) {
        if (!linked) {
            return;
        }
        if (mixing) {
            ear().put(packet);
        } else {
            voice = null;
            recent.keep(packet);
        }
    }

    private Ear ear() {
        Ear ear = voice;
        if (ear == null) {
            ear = new Ear(codecs, 8000);
            recent.tell(ear, reader);
            voice = ear;
        }
        return ear;
    }

    /// Returns the ear that a mix takes frames from; null when no path is connected.
    @Nullable Ear voice() {
        return linked ? ear() : null;
    }

    /// 100 ms went by.
    void tick(long now) {
        heldBack = !eventPassed;
        digits.tick(now);
        if (tones != null) {
            tones.tick(now);
        }
    }

    /// Returns the codec of each payload type, looked at by ears.
    @Nullable Codec[] codecs() {
        return codecs;
    }

    Reception reception() {
        return reception;
    }

    /// Returns where to send: whence the other side is heard, else where its SDP says, null while unknown.
    @Nullable InetSocketAddress target() {
        InetSocketAddress source = lock.source();
        return source == null ? remote : source;
    }

    /// Returns the one address that is heard and sent to, once that is sure to stay; else null.
    @Nullable InetSocketAddress settled(long now) {
        return lock.settled(now);
    }

    /// Tells whether a packet comes from the host we send to.
    boolean isHost(InetSocketAddress source) {
        InetSocketAddress target = target();
        return target != null && target.getAddress().equals(source.getAddress());
    }

    @Override
    public String toString() {
        return "lock "
                + (lock.source() == null ? "open" : lock.source())
                + " → count → "
                + (tones == null ? digits + " type " + eventType : tones);
    }
}
