package fulcrum.sdk;

import fulcrum.call.HangupCause;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.LegState;
import fulcrum.call.Order;
import fulcrum.call.OutQueue;
import fulcrum.call.PlaybackOutcome;
import fulcrum.call.Sound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A leg without a network: a person of a scenario at its far end.
///
/// Only whoever holds the baton comes here. What an order causes is reported at the same virtual instant.
public final class ScriptedLeg implements Leg {
    private final ScriptedWorld world;
    private final ScriptedPhone phone;
    private final OutQueue queue;
    private LegCard card;
    private boolean incoming;
    private long running;
    private boolean gone;
    private Optional<String> recording = Optional.empty();
    private Instant recordingSince = Instant.MIN;

    ScriptedLeg(ScriptedWorld world, ScriptedPhone phone, LegCard card) {
        this.world = world;
        this.phone = phone;
        this.card = card;
        this.incoming = card.direction().equals("inbound");
        this.queue = new OutQueue(card.legId(), new Playing());
    }

    @Override
    public String id() {
        return card.legId();
    }

    @Override
    public LegCard card() {
        return card;
    }

    ScriptedPhone phone() {
        return phone;
    }

    boolean isGone() {
        return gone;
    }

    /// The leg that this one is connected to, if any.
    Optional<ScriptedLeg> other() {
        return world.leg(card.otherLegId());
    }

    /// Whether audio flows: answered or early.
    boolean hasAudio() {
        return card.state() == LegState.ANSWERED || card.state() == LegState.EARLY;
    }

    @Override
    public void tell(Order order) {
        if (gone || queue.tell(order)) {
            return;
        }
        switch (order) {
            case Order.Ring ring -> alert(LegState.RINGING);
            case Order.Progress progress -> alert(LegState.EARLY);
            case Order.Answer answer -> {
                if (incoming) {
                    up();
                }
            }
            case Order.StartRecording start -> startRecording(start);
            case Order.StopRecording stop -> stopRecording(stop.recordingId());
            case Order.Connect connect -> world.leg(connect.otherLegId()).ifPresent(this::connect);
            case Order.Disconnect apart -> separate(true);
            case Order other -> {
                // muting changes nothing that a script could notice
            }
        }
    }

    private void alert(LegState state) {
        if (incoming && card.state() != LegState.ANSWERED) {
            card = card.in(state);
            world.note(phone.name() + " hears it ring");
        }
    }

    /// The far end of an outgoing leg is alerting.
    void ringing() {
        card = card.in(LegState.RINGING);
        report(new LegEvent.Ringing(id()));
    }

    /// The far end can be heard before it answers.
    void early() {
        if (!gone && !card.isAnswered()) {
            card = card.in(LegState.EARLY);
            report(new LegEvent.EarlyMedia(id()));
        }
    }

    /// The far end holds us, or talks again.
    void holds(boolean on) {
        world.note(phone.name() + (on ? " holds" : " talks again"));
        report(new LegEvent.Held(id(), on));
    }

    /// The far end points to somebody else.
    void pointsTo(String uri) {
        report(new LegEvent.Redirected(id(), List.of(uri)));
        peerLeaves(HangupCause.REDIRECTION_TO_NEW_DESTINATION, 302);
    }

    /// The leg is answered, by us or by the far end.
    void up() {
        if (!gone) {
            if (!card.isAnswered()) {
                world.note(phone.name() + (incoming ? " is answered" : " answers"));
            }
            card = card.answeredAt(world.baton().now());
            report(new LegEvent.Up(id()));
        }
    }

    /// The far end presses a key.
    void pressed(char key, Duration length) {
        other().ifPresent(listener -> listener.phone.receives(String.valueOf(key)));
        report(new LegEvent.DigitPressed(id(), key, length));
    }

    /// The far end hangs up, cancels or refuses.
    void peerLeaves(HangupCause cause, int sipStatus) {
        end(cause, sipStatus, true);
    }

    private void report(LegEvent event) {
        world.after(Duration.ZERO, id(), () -> world.calls().deliver(event));
    }

    private void end(HangupCause cause, int sipStatus, boolean byPeer) {
        if (gone) {
            return;
        }
        recording.ifPresent(this::stopRecording);
        gone = true;
        boolean answered = card.isAnswered();
        card = card.in(LegState.ENDED);
        queue.close();
        int seen = incoming || byPeer || answered ? sipStatus : 487; // it sees a CANCEL
        phone.left(this, new Ending(world.baton().now(), cause, seen, byPeer, answered));
        report(new LegEvent.HungUp(id(), cause, sipStatus, byPeer));
        separate(false);
    }

    private void connect(ScriptedLeg other) {
        if (other == this || other.gone || card.otherLegId().equals(other.id())) {
            return;
        }
        separate(true);
        other.separate(true);
        card = card.connectedTo(other.id());
        other.card = other.card.connectedTo(id());
        world.note(phone.name() + " and " + other.phone.name() + " are connected");
    }

    /// @param both tell this leg's owner, too
    private void separate(boolean both) {
        String otherId = card.otherLegId();
        if (otherId.isEmpty()) {
            return;
        }
        card = card.connectedTo("");
        if (both) {
            report(new LegEvent.Disconnected(id(), otherId));
        }
        world.leg(otherId)
                .ifPresent(
                        other -> {
                            other.card = other.card.connectedTo("");
                            // behind our own last event, so that its owner first learns why
                            report(new LegEvent.Disconnected(otherId, id()));
                        });
    }

    private void startRecording(Order.StartRecording start) {
        recording = Optional.of(start.recordingId());
        recordingSince = world.baton().now();
        world.after(start.limit(), id(), () -> stopRecording(start.recordingId()));
    }

    private void stopRecording(String recordingId) {
        if (recording.filter(recordingId::equals).isPresent()) {
            recording = Optional.empty();
            Duration length = Duration.between(recordingSince, world.baton().now());
            report(new LegEvent.RecordingEnded(id(), recordingId, length));
        }
    }

    /// Carries out what the queue wants.
    private final class Playing implements OutQueue.Output {
        @Override
        public void start(Order order) {
            if (order instanceof Order.Play play) {
                play(play);
            } else if (order instanceof Order.SendDigits send) {
                int count = send.digits().length();
                phone.receives(send.digits());
                finishAfter(send.length().multipliedBy(count), PlaybackOutcome.COMPLETED, "");
            }
        }

        private void play(Order.Play play) {
            Sound sound = play.sound();
            if (world.isMissing(sound)) {
                world.note(Heard.name(sound) + " cannot be played");
                finishAfter(Duration.ZERO, PlaybackOutcome.FAILED, "not found");
                return;
            }
            if (incoming && !card.isAnswered()) {
                card = card.in(LegState.EARLY);
            }
            Duration length = world.length(sound);
            phone.hears(new Heard(world.baton().now(), sound, length));
            if (play.times() > 0) {
                finishAfter(length.multipliedBy(play.times()), PlaybackOutcome.COMPLETED, "");
            }
        }

        private void finishAfter(Duration length, PlaybackOutcome outcome, String reason) {
            long mine = ++running;
            world.after(
                    length,
                    id(),
                    () -> {
                        if (mine == running && !gone) {
                            running++;
                            phone.heardOut();
                            queue.finished(outcome, reason);
                        }
                    });
        }

        @Override
        public void stop(Order order) {
            running++;
            phone.heardOut();
        }

        @Override
        public void report(LegEvent event) {
            ScriptedLeg.this.report(event);
        }

        @Override
        public void leave(Order order) {
            if (order instanceof Order.Reject reject) {
                HangupCause cause = HangupCause.ofSipStatus(reject.status());
                end(cause, card.isAnswered() ? 0 : reject.status(), false);
            } else if (order instanceof Order.HangUp hangUp) {
                int status = card.isAnswered() ? 0 : hangUp.cause().sipStatus();
                end(hangUp.cause(), status, false);
            }
        }
    }
}
