package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Carries the audio of one leg: what its party says comes in here, what it is to hear goes out.
///
/// [#receive], [#send] and [#transmit] are the drawing: the steps of a packet in order. Any thread may call the public
/// methods; their orders are carried out in turn on the path's media thread. The [MediaListener] is told what happens.
///
/// 1. Opened ([Media#open]): it listens, but understands no payload type yet.
/// 2. Set ([#settings]), again at each new offer and answer. What is played, keys and numbers go on.
/// 3. Connected ([#connect]) to another path, and separated again, any number of times.
/// 4. Closed ([#close]): a BYE goes out, ports are given back. A sound ordered after that is told ended.
public final class MediaPath {
    private static final int MOST_FAILURES = 10;

    private final int id;
    private final MediaListener listener;
    private final Tally tally = new Tally();
    private final RtpSocket socket;
    private final Speaker speaker;
    private final Hearer hearer;
    private final ReportLine reports;
    private final Taps taps;
    private final Seat seat;
    private final Link link;
    private volatile boolean closed;

    private PacketCipher cipher = PacketCipher.PLAIN;
    private @Nullable PacketReceiver others;
    private Direction direction = Direction.INACTIVE;
    private boolean sounding;

    MediaPath(
            int id,
            RtpSocket socket,
            RtpSender sender,
            MediaListener listener,
            MediaThread thread) {
        this.id = id;
        this.socket = socket;
        this.listener = listener;
        speaker = new Speaker(sender, this::transmit, listener);
        hearer = new Hearer(tally, this::pressed);
        reports = new ReportLine(sender, hearer, tally, socket);
        taps = new Taps(hearer.codecs(), speaker.codecs());
        seat = new Seat(new Occupant(), socket, thread);
        link = new Link(this);
    }

    /// Begins to listen.
    MediaPath begin() {
        seat.tell(this::replan);
        return this;
    }

    // ---- the drawing ----

    /// What happens to a packet that came on the RTP port and lies in `scratch.in`.
    private void receive(int length, boolean timed, long now) {
        byte[] in = seat.thread().scratch().in;
        switch (PacketKind.of(in, length)) { // demultiplex: RFC 7983, RFC 5761
            case STUN, DTLS -> passAside(in, length);
            case RTCP -> receiveReport(length, now);
            case RTP -> receiveRtp(length, timed, now);
            case UNKNOWN -> refuse();
        }
    }

    private void receiveRtp(int length, boolean timed, long now) {
        Scratch scratch = seat.thread().scratch();
        RtpPacket packet = scratch.packet.wrap(scratch.in, 0, opened(length)); // cipher, read
        boolean ours = packet.isValid() && hearer.admits(packet, seat.thread().source(), now);
        if (!ours) { // payload type, source lock
            refuse();
            return;
        }
        if (hearer.count(packet, timed, now)) { // count
            replan();
            listener.audioHeard();
        }
        if (hearer.isEvent(packet)) { // keys as events
            event(packet, now);
            return;
        }
        Codec codec = hearer.codec(packet);
        if (codec == null) { // comfort noise
            return;
        }
        boolean needed = link.needsDecoded(codec);
        int decoded = hearer.decode(packet, codec, needed, scratch, now); // keys as tones
        if (!direction.receives()) { // hold
            return;
        }
        taps.received(packet); // taps
        link.passOn(packet, codec, decoded, now); // the connected path
    }

    /// What happens every 20 ms, while anything leaves by the clock or is tapped.
    private void send(long now) {
        Scratch scratch = seat.thread().scratch();
        if (!link.isLinked()) {
            seat.readWaiting(now); // what came since the last tick: receive
        }
        boolean key = speaker.sendKey(now); // keys as events: transmit
        if (!key && speaker.isSounding(link.isLinked())) {
            speaker.sendFrame(link.voice(), scratch, now); // play, mix, encode, pack: transmit
        }
        Tally.add(tally.tapDropped, taps.tick(scratch)); // taps
        if (sounding && !speaker.isSounding(link.isLinked())) {
            replan();
        }
    }

    /// What happens to a packet on its way out, however it was made.
    private void transmit(byte[] packet, int length, boolean audio) {
        if (audio) {
            taps.sent(packet, length); // taps
        }
        int sealed = cipher.protect(packet, length); // cipher
        if (sealed >= 0 && socket.send(seat.thread(), packet, sealed, hearer.target())) { // socket
            Tally.add(tally.packetsSent, 1); // count
            Tally.add(tally.bytesSent, length - RtpPacket.HEADER);
        } else {
            Tally.add(tally.sendErrors, 1);
        }
    }

    // ---- the steps that need the path itself ----

    private void passAside(byte[] packet, int length) {
        PacketReceiver taker = others == null ? (_, _, _) -> refuse() : others;
        taker.receive(packet, length, seat.thread().source());
    }

    private void refuse() {
        Tally.add(tally.packetsRefused, 1);
    }

    /// Opens the packet in `scratch.in`, and returns its new length; 0 when it is not genuine.
    private int opened(int length) {
        int clear = cipher.unprotect(seat.thread().scratch().in, length);
        Tally.add(tally.packetsForged, clear < 0 ? 1 : 0);
        return Math.max(clear, 0);
    }

    private void receiveReport(int length, long now) {
        byte[] in = seat.thread().scratch().in;
        InetSocketAddress source = seat.thread().source();
        if (!hearer.isHost(source) || !reports.receive(in, opened(length), source, now)) {
            refuse();
        }
    }

    private void event(RtpPacket packet, long now) {
        if (!hearer.event(packet, link.takesEvents(), now)) {
            refuse();
        } else if (hearer.isEventPassed()) {
            link.passEvent(packet, now);
        }
    }

    private void pressed(char digit, Duration length) {
        listener.digitPressed(digit, length);
        if (hearer.isEventHeldBack()) {
            link.passKey(digit, length);
        }
    }

    /// Looks at everything again after a change: whether packets may leave, whether ticks are needed.
    void replan() {
        if (closed) {
            return;
        }
        speaker.open(direction.sends() && hearer.target() != null);
        sounding = speaker.isSounding(link.isLinked());
        if (!sounding) {
            speaker.rest();
        }
        seat.ticks(sounding || !taps.isEmpty(), !link.isLinked());
    }

    // ---- for everybody ----

    /// Returns the address and port of our RTP, as SDP is to say.
    public InetSocketAddress local() {
        return socket.local();
    }

    /// Follows a finished offer and answer; the first one opens the path.
    public void settings(MediaSettings settings) {
        seat.tell(
                () -> {
                    long now = System.nanoTime();
                    direction = settings.direction();
                    socket.narrow(null);
                    reports.muxed(settings.rtcpMux());
                    hearer.settings(settings, now);
                    speaker.settings(settings, now);
                });
    }

    /// Plays a source to the party, instead of what it hears now; what was played before is over.
    ///
    /// @param playbackId comes back in [MediaListener#playbackEnded]
    /// @throws IllegalArgumentException for a source of more than 48 000 samples a second
    public void play(long playbackId, AudioSource source) {
        play(playbackId, source, false);
    }

    /// Plays a source to the party together with what the connected path says, as a whisper or a beep.
    ///
    /// @throws IllegalArgumentException for a source of more than 48 000 samples a second
    public void playOver(long playbackId, AudioSource source) {
        play(playbackId, source, true);
    }

    private void play(long playbackId, AudioSource source, boolean over) {
        Playing playing = new Playing(playbackId, source, over);
        seat.tell(() -> play(playing, System.nanoTime()));
    }

    private void play(Playing playing, long now) {
        speaker.play(playing, now);
        if (closed) {
            speaker.stop(now);
        }
    }

    /// Stops what is played, and forgets keys not yet sent, for which [MediaListener#digitsSent] does not come.
    public void stopPlaying() {
        seat.tell(() -> speaker.quiet(System.nanoTime()));
    }

    /// Sends keys after those that are still being sent: as telephone events, as tones where none were negotiated. What
    /// is played waits meanwhile. Ends with [MediaListener#digitsSent].
    ///
    /// @param digits `0`–`9`, `*`, `#`, `A`–`D`; `w` waits half a second, `W` a whole one; others are left out
    /// @param length of each, 40 ms to 8.16 s; other values are brought into that range
    public void sendDigits(String digits, Duration length) {
        seat.tell(() -> speaker.keys(digits, length, true, System.nanoTime()));
    }

    /// Sends a key that the party pressed, but not in its sound (SIP INFO), on to the connected path.
    public void passKey(char digit, Duration length) {
        seat.tell(() -> link.passKey(digit, length));
    }

    /// Sends silence instead of what is played or said by the connected path, or stops doing so.
    public void mute(boolean on) {
        seat.tell(() -> speaker.mute(on, System.nanoTime()));
    }

    /// Lets a ring hear one or both sides from now on; the call does not notice. Its rate is the ring's.
    public void startTap(TapSink sink, TapSide side) {
        seat.tell(() -> taps.add(sink, side));
    }

    /// Takes a ring away again.
    public void stopTap(TapSink sink) {
        seat.tell(() -> taps.remove(sink));
    }

    /// Lets this path and another hear each other; both end up on one media thread. Each is separated from the one it
    /// was connected to before.
    public void connect(MediaPath other) {
        if (other.equals(this)) {
            throw new IllegalArgumentException("a path cannot be connected to itself");
        }
        long order = Link.order();
        seat.tell(() -> link.join(other.link, order));
    }

    /// Separates this path from the one it is connected to.
    public void disconnect() {
        long order = Link.order();
        seat.tell(() -> link.disconnect(order));
    }

    /// Protects packets from now on; before [#settings], nothing leaves in the clear.
    public void cipher(PacketCipher next) {
        seat.tell(() -> cipher = next);
    }

    /// Hands packets of STUN and DTLS to somebody from now on.
    public void others(PacketReceiver receiver) {
        seat.tell(() -> others = receiver);
    }

    /// What was counted so far.
    public MediaCounts counts() {
        return tally.counts();
    }

    /// Closes the path: says BYE to the other side, gives the ports back and tells the listener.
    public void close() {
        seat.tell(this::closeNow);
    }

    private void closeNow() {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        link.disconnect(Link.order());
        speaker.stop(now);
        taps.clear();
        reports.bye(seat.thread(), cipher, now);
        closed = true;
        seat.leave(() -> listener.closed(tally.counts()));
    }

    // ---- for the link ----

    int id() {
        return id;
    }

    Seat seat() {
        return seat;
    }

    Speaker speaker() {
        return speaker;
    }

    Hearer hearer() {
        return hearer;
    }

    boolean isClosed() {
        return closed;
    }

    /// Returns the steps of a packet in one line; any thread may ask, what it reads may be a moment old.
    @Override
    public String toString() {
        return "path %d on %s%s: receive %s → %s → %s → %s; send %s → %s → %s → %s; %s"
                .formatted(
                        id,
                        seat.thread(),
                        closed ? " (closed)" : "",
                        cipher,
                        hearer,
                        taps,
                        link,
                        speaker,
                        taps,
                        cipher,
                        hearer.target(),
                        reports);
    }

    private final class Occupant implements Seat.Occupant {
        @Override
        public void rtp(int length, boolean timed, long now) {
            receive(length, timed, now);
        }

        @Override
        public void rtcp(int length, long now) {
            if (PacketKind.of(seat.thread().scratch().in, length) == PacketKind.RTCP) {
                receiveReport(length, now);
            }
        }

        @Override
        public void tick(long now) {
            send(now);
        }

        @Override
        public void keepHouse(long now) {
            hearer.tick(now);
            reports.tick(seat.thread(), cipher, now);
            socket.narrow(link.isLinked() ? hearer.settled(now) : null);
        }

        @Override
        public void obeyed() {
            replan();
        }

        @Override
        public void failed(int failures) {
            speaker.stop(System.nanoTime());
            if (failures == 0 || failures >= MOST_FAILURES) {
                closeNow();
            }
        }

        @Override
        public String toString() {
            return MediaPath.this.toString();
        }
    }
}
