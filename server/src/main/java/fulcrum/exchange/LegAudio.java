package fulcrum.exchange;

import fulcrum.call.LegEvent;
import fulcrum.call.Order;
import fulcrum.call.PlaybackOutcome;
import fulcrum.media.AudioSource;
import fulcrum.media.Codec;
import fulcrum.media.Codecs;
import fulcrum.media.MediaListener;
import fulcrum.media.MediaPath;
import fulcrum.sip.SessionDescription;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.Turn;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The sound of one leg: its media path, what was agreed about it, what is played and recorded on it.
///
/// The path is opened when sound is first needed, so a call that is refused takes no port. Methods are for the leg's
/// turn; the path's own reports leave the media thread at once.
final class LegAudio implements MediaListener {
    /// What the path tells the leg.
    sealed interface Report {
        /// Something for the owner of the leg.
        record Event(LegEvent event) implements Report {}

        /// What was begun with this token is over.
        record Over(long token, PlaybackOutcome outcome, String reason) implements Report {}
    }

    private final LegWorld world;
    private final Line line;
    private final String legId;
    private final String accountId;
    private final Consumer<Report> reports;
    private final Secrecy secrecy;
    private volatile @Nullable MediaPath path;
    private @Nullable SessionDescription ours;
    private Codec codec = Codecs.PCMU;
    private volatile List<Codec> spoken;
    private List<Codec> preferred = List.of();
    private boolean held;
    private Optional<LegRecording> recording = Optional.empty();
    private final List<String> recorded = new ArrayList<>();
    private volatile long current;
    private long tokens;
    private volatile boolean closed;

    LegAudio(LegWorld world, Line line, String legId, String accountId, Consumer<Report> reports) {
        this.world = world;
        this.line = line;
        this.legId = legId;
        this.accountId = accountId;
        this.reports = reports;
        this.secrecy = Secrecy.of(line.wish().encryption());
        this.spoken = line.offer().map(Negotiation::spoken).orElse(List.of());
    }

    /// What the other side speaks: the codec that was agreed, before that those that it offered. From any thread.
    List<Codec> spoken() {
        return spoken;
    }

    /// Opens the path unless it is open. The one method that another leg's turn comes to, when it connects.
    synchronized void open() {
        if (path == null && !closed) {
            path = world.media().open(world.addresses().bind(line.remote()), this);
        }
    }

    private MediaPath opened() {
        open();
        MediaPath open = path;
        if (open == null) {
            throw new IllegalStateException("the leg has ended");
        }
        return open;
    }

    /// What we say of our side: the answer to their offer, or an offer of ours when they made none.
    SessionDescription description() {
        SessionDescription known = ours;
        if (known == null) {
            known =
                    line.offer()
                            .flatMap(offer -> answerTo(offer, preferred))
                            .orElseGet(
                                    () ->
                                            secrecy.offered(
                                                    Negotiation.offer(
                                                            host(),
                                                            opened().local().getPort(),
                                                            line.codecs())));
            ours = known;
        }
        return known;
    }

    private Optional<SessionDescription> answerTo(SessionDescription offer, List<Codec> first) {
        SessionDescription view = secrecy.view(offer);
        return Negotiation.answer(view, host(), opened().local().getPort(), first)
                .map(answer -> secrecy.answered(view, answer));
    }

    private String host() {
        return world.addresses().toward(line.remote());
    }

    /// Tells the path what their offer and our answer mean.
    void settle() {
        line.offer().ifPresent(this::settle);
    }

    /// Tells the path what their description and ours mean.
    ///
    /// @throws UnsafeSound when they do not encrypt as agreed
    void settle(SessionDescription theirs) {
        switch (secrecy.agreed(description(), theirs)) {
            case Secrecy.Agreement.Agreed agreed -> opened().cipher(agreed.cipher());
            case Secrecy.Agreement.Broken broken -> throw new UnsafeSound(broken.reason());
        }
        Negotiation.settings(description(), secrecy.view(theirs))
                .ifPresent(
                        settings -> {
                            codec = settings.codec();
                            spoken = List.of(codec);
                            opened().settings(settings);
                            noteHold(!settings.direction().sends());
                        });
    }

    /// How many packets of the other side were heard.
    long heard() {
        MediaPath open = path;
        return open == null ? 0 : open.counts().packetsReceived();
    }

    /// Whether the other side holds us.
    boolean isHeld() {
        return held;
    }

    private void noteHold(boolean now) {
        if (now != held) {
            held = now;
            reports.accept(new Report.Event(new LegEvent.Held(legId, now)));
        }
    }

    /// They want to change the sound of the running call, or to hear our offer first.
    void reoffered(SessionEvent.Reoffered offered) {
        Optional<SessionDescription> answer = answerTo(offered.offer(), List.of(codec));
        if (answer.isEmpty()) {
            offered.reply().refuse(488, "Not Acceptable Here");
            return;
        }
        ours = answer.get();
        offered.reply().accept(answer.get());
        settle(offered.offer());
    }

    /// Begins to play or send keys. [Report.Over] tells the end, unless [#stop] comes first.
    void start(Order order, Turn turn) {
        long token = ++tokens;
        current = token;
        switch (order) {
            case Order.Play play ->
                    world.sounds()
                            .prepare(
                                    new Sounds.Wish(accountId, play.sound(), play.times(), codec),
                                    outcome -> turn.run(() -> prepared(token, outcome)));
            case Order.SendDigits send -> opened().sendDigits(send.digits(), send.length());
            case Order other -> throw new IllegalStateException("not for the path: " + other);
        }
    }

    private void prepared(long token, Sounds.Outcome outcome) {
        switch (outcome) {
            case Sounds.Outcome.Ready ready -> {
                if (isCurrent(token)) {
                    play(token, ready.source());
                } else {
                    ready.source().close();
                }
            }
            case Sounds.Outcome.Failed failed ->
                    over(token, PlaybackOutcome.FAILED, failed.reason());
        }
    }

    private void play(long token, AudioSource source) {
        try {
            opened().play(token, source);
        } catch (IllegalArgumentException unplayable) {
            over(token, PlaybackOutcome.FAILED, String.valueOf(unplayable.getMessage()));
        }
    }

    private void over(long token, PlaybackOutcome outcome, String reason) {
        reports.accept(new Report.Over(token, outcome, reason));
    }

    private boolean isCurrent(long token) {
        return !closed && current == token;
    }

    /// Notes that what was begun with this token is over.
    ///
    /// @return false when it was stopped or replaced meanwhile, so that its end is no news
    boolean finish(long token) {
        boolean news = isCurrent(token);
        if (news) {
            current = 0;
        }
        return news;
    }

    /// Stops what was begun.
    void stop() {
        current = 0;
        MediaPath open = path;
        if (open != null) {
            open.stopPlaying();
        }
    }

    /// Sends nothing more, since the leg is about to end.
    void silence() {
        stop();
    }

    void mute(boolean on) {
        MediaPath open = path;
        if (open != null) {
            open.mute(on);
        }
    }

    /// Connects; what is not agreed yet will be what the other side speaks, if it can be.
    void connect(LegAudio other) {
        preferred = other.spoken;
        other.open();
        MediaPath theirs = other.path;
        if (theirs != null && !other.closed) {
            opened().connect(theirs);
        }
    }

    /// A key that came beside the sound is sent on to whoever this leg is connected to.
    void passKey(char digit, Duration length) {
        MediaPath open = path;
        if (open != null) {
            open.passKey(digit, length);
        }
    }

    void disconnect() {
        MediaPath open = path;
        if (open != null) {
            open.disconnect();
        }
    }

    void record(String recordingId, Duration limit) {
        stopRecording();
        LegRecording begun =
                world.recordings()
                        .begin(
                                recordingId,
                                limit,
                                opened(),
                                length ->
                                        reports.accept(
                                                new Report.Event(
                                                        new LegEvent.RecordingEnded(
                                                                legId, recordingId, length))));
        recording = Optional.of(begun);
        recorded.add(recordingId);
    }

    void stopRecording(String recordingId) {
        if (recording.filter(running -> running.id().equals(recordingId)).isPresent()) {
            stopRecording();
        }
    }

    private void stopRecording() {
        recording.ifPresent(LegRecording::stop);
        recording = Optional.empty();
    }

    /// The recordings made on this leg.
    List<String> recorded() {
        return recorded;
    }

    /// Gives the port back.
    ///
    /// @param then done when the end of a running recording has been told, so that a hang-up is the last report
    void close(Runnable then) {
        closed = true;
        current = 0;
        Optional<LegRecording> running = recording;
        stopRecording();
        MediaPath open = path;
        if (open != null) {
            open.close();
        }
        running.ifPresentOrElse(last -> last.whenOver(then), then);
    }

    void pressed(char digit, Duration length) {
        reports.accept(new Report.Event(new LegEvent.DigitPressed(legId, digit, length)));
    }

    @Override
    public void digitPressed(char digit, Duration length) {
        pressed(digit, length);
    }

    @Override
    public void playbackEnded(long playbackId, boolean completed) {
        if (completed) {
            world.hand().execute(() -> over(playbackId, PlaybackOutcome.COMPLETED, ""));
        }
    }

    @Override
    public void digitsSent() {
        long sending = current;
        world.hand().execute(() -> over(sending, PlaybackOutcome.COMPLETED, ""));
    }

    @Override
    public void audioHeard() {
        // nobody waits for it yet
    }
}
