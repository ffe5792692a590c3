package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Makes the packets that leave a path: keys, what is played, silence, or what another path passes on.
///
/// What is sent, first match: a key as event; a key as tones; silence when muted; what is played, alone or over what
/// the connected path says; what the connected path says, on arrival; silence if that was asked for. The numbers of
/// [RtpSender] go on evenly through all changes. Belongs to one media thread and moves with its path.
final class Speaker {
    /// Takes a finished packet on its way out; there is room for a cipher behind it.
    interface Outlet {
        void transmit(byte[] packet, int length, boolean audio);
    }

    private static final long KEYS_TOLD = -1;
    private static final long KEYS_UNTOLD = -2;

    private final RtpSender sender;
    private final Outlet outlet;
    private final MediaListener listener;
    private final byte[] packet = new byte[MediaThread.ROOM];
    private final DigitSender digits = new DigitSender();
    private final @Nullable Codec[] codecs = new Codec[128];
    private final Deque<Playing> tones = new ArrayDeque<>();
    private @Nullable MediaSettings settings;
    private Codec.@Nullable Encoder encoder;
    private @Nullable EventFormat events;
    private @Nullable Playing playing;
    private boolean muted;
    private boolean open;
    private int filled;
    private int frames;

    Speaker(RtpSender sender, Outlet outlet, MediaListener listener) {
        this.sender = sender;
        this.outlet = outlet;
        this.listener = listener;
    }

    /// Follows a new offer and answer; numbers and what is played go on.
    void settings(MediaSettings next, long now) {
        flush(now);
        if (settings == null || !settings.codec().equals(next.codec())) {
            encoder = next.codec().encoder();
            sender.clockRate(next.codec().clockRate());
        }
        settings = next;
        Arrays.fill(codecs, null);
        codecs[next.sendPayloadType()] = next.codec();
        events = next.events().orElse(null);
    }

    /// Returns the codec of each payload type that is sent, looked at by ears.
    @Nullable Codec[] codecs() {
        return codecs;
    }

    /// Says whether packets may leave: the direction allows it and it is known where to.
    void open(boolean may) {
        open = may;
    }

    void mute(boolean on, long now) {
        flush(now);
        muted = on;
    }

    /// Begins to play; what was played before is over.
    void play(Playing next, long now) {
        stop(now);
        playing = next;
    }

    /// Stops playing and tells the listener, if anything was played.
    void stop(long now) {
        Playing before = playing;
        if (before != null) {
            playing = null;
            flush(now);
            before.close();
            listener.playbackEnded(before.playbackId(), false);
        }
    }

    /// Stops playing, and forgets keys that were not yet sent; the listener is not told of those.
    void quiet(long now) {
        stop(now);
        flush(now);
        digits.forget();
        tones.forEach(Playing::close);
        tones.clear();
    }

    /// Queues keys: events if negotiated, else tones.
    ///
    /// @param told whether the listener waits to hear that they were sent
    void keys(String keys, Duration length, boolean told, long now) {
        flush(now);
        String kept = DigitSender.keysOf(keys);
        if (kept.isEmpty()) {
            if (told) {
                listener.digitsSent();
            }
        } else if (events != null) {
            digits.queue(kept, length, told);
        } else {
            int rate = settings == null ? 8000 : settings.codec().sampleRate();
            AudioSource source = DtmfTones.source(kept, DigitSender.clamp(length), rate);
            tones.add(new Playing(told ? KEYS_TOLD : KEYS_UNTOLD, source, false));
        }
    }

    /// Tells whether something is sent by the clock.
    ///
    /// @param linked whether another path is connected
    boolean isSounding(boolean linked) {
        if (settings == null) {
            return false;
        }
        boolean sounding = digits.isBusy() || !tones.isEmpty() || playing != null;
        return sounding || (linked ? muted : settings.fillSilence());
    }

    /// Tells whether nothing of our own is sent, so what another path says may be passed on.
    boolean isFree() {
        return !digits.isBusy() && tones.isEmpty() && playing == null && !muted;
    }

    /// Tells whether what is played is added to what the connected path says.
    boolean isMixing() {
        return playing != null && playing.isOver() && !muted && tones.isEmpty();
    }

    /// Sends the 20 ms of a key as event, if one is being sent.
    boolean sendKey(long now) {
        EventFormat format = events;
        if (!digits.isBusy()) {
            return false;
        }
        DigitSender.Step step = digits.next();
        int ticks = sender.clockRate() / 50;
        switch (step) {
            case START -> {
                sender.advance(ticks, now);
                sender.mark();
            }
            case UPDATE -> sender.repeat(ticks);
            case END -> sender.repeat(digits.lastStepMillis() * (sender.clockRate() / 1000));
            case REPEAT -> sender.repeat(0);
            case PAUSE, IDLE -> sender.pause();
        }
        if (step == DigitSender.Step.PAUSE && digits.isToldLast()) {
            listener.digitsSent();
        }
        if (step != DigitSender.Step.PAUSE && open && format != null) {
            int at = sender.writeHeader(packet, format.sendPayloadType());
            outlet.transmit(packet, at + digits.write(packet, at, format.clockRate()), false);
        }
        return true;
    }

    /// Sends 20 ms of audio.
    ///
    /// @param voice what the connected path says, for mixing
    void sendFrame(@Nullable Ear voice, Scratch scratch, long now) {
        MediaSettings how = settings;
        Codec.Encoder with = encoder;
        if (how == null || with == null) {
            return;
        }
        Playing sound = tones.isEmpty() ? playing : tones.peek();
        int at = RtpPacket.HEADER + filled;
        boolean mixes = voice != null && isMixing();
        boolean silent = muted && tones.isEmpty();
        int octets = AudioSource.NOT_ENCODED;
        if (sound != null && !mixes && !silent) {
            octets = sound.encoded(how.codec(), packet, at);
        }
        if (octets == AudioSource.NOT_ENCODED) {
            frame(sound, silent, mixes ? voice : null, how.codec().sampleRate(), scratch);
            octets = with.encode(scratch.frame, 0, how.codec().frameSamples(), packet, at);
        }
        filled += octets;
        frames++;
        boolean ended = sound != null && sound.isEnded();
        if (ended || frames >= how.framesPerPacket()) {
            flush(now);
        }
        if (sound != null && ended) {
            end(sound);
        }
    }

    private static void frame(
            @Nullable Playing sound,
            boolean silent,
            @Nullable Ear voice,
            int rate,
            Scratch scratch) {
        if (sound != null) {
            sound.frame(rate, scratch.frame, scratch);
        }
        if (sound == null || silent) {
            System.arraycopy(Scratch.SILENCE, 0, scratch.frame, 0, rate / 50);
        }
        if (voice != null) {
            voice.rate(rate);
            voice.take(scratch.other, scratch);
            Samples.add(scratch.frame, scratch.other, rate / 50);
        }
    }

    /// Sends the frames that wait for their packet to become full.
    private void flush(long now) {
        if (frames == 0 || settings == null) {
            return;
        }
        if (open) {
            sender.advance(frames * settings.codec().frameTicks(), now);
            sender.writeHeader(packet, settings.sendPayloadType());
            outlet.transmit(packet, RtpPacket.HEADER + filled, true);
        } else {
            sender.pause();
        }
        filled = 0;
        frames = 0;
    }

    private void end(Playing sound) {
        sound.close();
        if (sound.equals(tones.peek())) {
            tones.remove();
            if (sound.playbackId() == KEYS_TOLD) {
                listener.digitsSent();
            }
        } else {
            playing = null;
            listener.playbackEnded(sound.playbackId(), true);
        }
    }

    /// Notes that nothing leaves by the clock any more, so the next packet's timestamp follows the time.
    void rest() {
        sender.pause();
    }

    /// Passes on a packet of audio as it is if both sides speak the same codec, else in ours.
    void relay(
            Object from,
            RtpPacket in,
            Codec spoken,
            Transcoder transcoder,
            int decoded,
            Scratch scratch,
            long now) {
        MediaSettings how = settings;
        if (how == null || encoder == null || !open || !isFree()) {
            return;
        }
        Codec codec = how.codec();
        int length = in.payloadLength();
        if (spoken.equals(codec)) {
            System.arraycopy(in.bytes(), in.payloadOffset(), packet, RtpPacket.HEADER, length);
        } else {
            int samples =
                    transcoder.convert(decoded, spoken.sampleRate(), codec.sampleRate(), scratch);
            length = encoder.encode(scratch.frame, 0, samples, packet, RtpPacket.HEADER);
        }
        int ticks = length * codec.frameTicks() / codec.frameBytes();
        if (length > 0 && sender.follow(from, in, ticks, spoken.clockRate(), now)) {
            sender.writeHeader(packet, how.sendPayloadType());
            outlet.transmit(packet, RtpPacket.HEADER + length, true);
        }
    }

    /// Tells whether a packet of another codec than `spoken` would have to be made of it.
    boolean needsDecoded(Codec spoken) {
        return settings != null && !settings.codec().equals(spoken) && open && isFree();
    }

    /// Tells whether events can be passed on as they come.
    boolean takesEvents() {
        return events != null && open && isFree();
    }

    /// Passes on a packet of an event.
    void relayEvent(Object from, RtpPacket in, int clockRate, long now) {
        EventFormat format = events;
        if (format == null || !takesEvents() || in.payloadLength() < DigitReceiver.PAYLOAD) {
            return;
        }
        System.arraycopy(
                in.bytes(), in.payloadOffset(), packet, RtpPacket.HEADER, DigitReceiver.PAYLOAD);
        int duration = Bytes.uint16(packet, RtpPacket.HEADER + 2);
        int ours = (int) Math.min(0xFFFF, (long) duration * format.clockRate() / clockRate);
        Bytes.uint16(packet, RtpPacket.HEADER + 2, ours);
        if (sender.follow(from, in, Math.max(ours, 1), clockRate, now)) {
            sender.writeHeader(packet, format.sendPayloadType());
            outlet.transmit(packet, RtpPacket.HEADER + DigitReceiver.PAYLOAD, false);
        }
    }

    @Override
    public String toString() {
        MediaSettings how = settings;
        if (how == null) {
            return "not yet set";
        }
        Playing sound = playing;
        String what = sound == null ? "nothing" : sound.toString();
        if (digits.isBusy()) {
            what = digits.toString();
        } else if (!tones.isEmpty()) {
            what = "keys as tones";
        } else if (muted) {
            what = "silence";
        }
        return what
                + " → "
                + how.codec().name()
                + " × "
                + how.framesPerPacket()
                + (open ? "" : " (shut)");
    }
}
