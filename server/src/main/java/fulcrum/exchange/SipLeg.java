package fulcrum.exchange;

import fulcrum.call.HangupCause;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.LegState;
import fulcrum.call.Order;
import fulcrum.call.OutQueue;
import fulcrum.media.MediaFailed;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SessionListener;
import fulcrum.sip.SipClock;
import fulcrum.sip.Stack;
import fulcrum.sip.Turn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/// A leg that is a SIP dialog with an RTP path.
///
/// Orders come from the call's thread, events from SIP and media threads; each is a step of the leg's turn, so steps
/// run one after the other and no thread waits for another.
///
/// 1. The call's orders are carried out: at once, or in the order of the leg's queue.
/// 2. What comes of them and what the other side does is reported to whichever call owns the leg.
/// 3. [LegEvent.HungUp] is the last report; the sound's port is given back before it.
final class SipLeg implements Leg, SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SipLeg.class);

    private final LegWorld world;
    private final Line line;
    private final LegAudio audio;
    private final OutQueue queue;
    private final Turn turn = new Turn();
    private volatile LegCard card;
    private final Heartbeat heartbeat = new Heartbeat();
    private Optional<SipClock.Alarm> nextLook = Optional.empty();
    private Optional<Order> leaving = Optional.empty();
    private boolean gone;

    /// @param line the SIP side of the leg; it is not listened to before this leg exists
    SipLeg(LegWorld world, Line line, LegCard card) {
        this.world = world;
        this.line = line;
        this.card = card;
        this.audio = new LegAudio(world, line, card.legId(), card.accountId(), this::reported);
        this.queue = new OutQueue(card.legId(), new Output());
    }

    /// Begins an outgoing leg with our offer.
    void begin(OutgoingInvite invite, Stack stack) {
        step(() -> line.begun(stack.invite(invite.offering(audio.description()), this)));
    }

    @Override
    public String id() {
        return card.legId();
    }

    @Override
    public LegCard card() {
        return card;
    }

    @Override
    public void tell(Order order) {
        step(() -> carryOut(order));
    }

    @Override
    public void happened(SessionEvent event) {
        step(() -> heard(event));
    }

    LegAudio audio() {
        return audio;
    }

    /// As [Line#hopsLeft].
    int hopsLeft() {
        return line.hopsLeft();
    }

    /// What the media path has to say, in the leg's turn.
    private void reported(LegAudio.Report report) {
        switch (report) {
            case LegAudio.Report.Event event -> world.calls().deliver(event.event());
            case LegAudio.Report.Over over ->
                    step(
                            () -> {
                                if (audio.finish(over.token())) {
                                    queue.finished(over.outcome(), over.reason());
                                }
                            });
        }
    }

    /// Does something in the leg's turn. A leg that gets no port for its sound is ended: its caller hears that nothing
    /// is free instead of silence.
    private void step(Runnable work) {
        turn.run(
                () -> {
                    try {
                        work.run();
                    } catch (UnsafeSound unsafe) {
                        LOG.warn("leg {} is ended: {}", id(), unsafe.getMessage());
                        leave(new Order.HangUp(HangupCause.INCOMPATIBLE_DESTINATION, false));
                    } catch (MediaFailed noSound) {
                        LOG.error(
                                "leg {} is ended, there is no port for its sound; widen --rtp-ports: {}",
                                id(),
                                noSound.getMessage());
                        leave(new Order.HangUp(HangupCause.NORMAL_CIRCUIT_CONGESTION, false));
                    }
                });
    }

    private void leave(Order order) {
        leaving = Optional.of(order);
        audio.silence();
        switch (order) {
            case Order.Reject reject when isUnanswered() ->
                    line.reject(reject.status(), reject.reason(), reject.headers());
            case Order.HangUp hangUp when isUnanswered() -> line.refuse(hangUp.cause());
            case Order.HangUp hangUp -> line.hangUp(hangUp.cause());
            case Order other -> line.hangUp(HangupCause.NORMAL_CLEARING);
        }
    }

    private void carryOut(Order order) {
        if (gone || queue.tell(order)) {
            return;
        }
        switch (order) {
            case Order.Ring ring -> {
                if (isUnanswered()) {
                    card = card.in(LegState.RINGING);
                    line.ring();
                }
            }
            case Order.Progress progress -> openEarly();
            case Order.Answer answer -> answer();
            case Order.Mute mute -> audio.mute(mute.on());
            case Order.StartRecording start -> audio.record(start.recordingId(), start.limit());
            case Order.StopRecording stop -> audio.stopRecording(stop.recordingId());
            case Order.Connect connect -> connect(connect.otherLegId());
            case Order.Disconnect apart -> separate(true);
            case Order.Play queued -> throw queued(queued);
            case Order.SendDigits queued -> throw queued(queued);
            case Order.Mark queued -> throw queued(queued);
            case Order.StopPlaying queued -> throw queued(queued);
            case Order.Reject queued -> throw queued(queued);
            case Order.HangUp queued -> throw queued(queued);
        }
    }

    private static IllegalStateException queued(Order order) {
        return new IllegalStateException("the queue takes " + order);
    }

    private boolean isUnanswered() {
        return line.isIncoming() && !card.isAnswered() && !line.wasAnswered();
    }

    private void answer() {
        if (card.isAnswered()) {
            world.calls().deliver(new LegEvent.Up(id()));
        } else if (isUnanswered()) {
            audio.open();
            line.answer(audio.description());
            audio.settle();
        }
    }

    private void openEarly() {
        if (isUnanswered() && !line.canProgress()) {
            line.ring(); // the caller wants our offer, which goes with the answer
        } else if (isUnanswered() && card.state() != LegState.EARLY) {
            card = card.in(LegState.EARLY);
            audio.open();
            line.progress(audio.description());
            audio.settle();
        }
    }

    private void connect(String otherLegId) {
        Optional<SipLeg> other = world.calls().leg(otherLegId).map(SipLeg.class::cast);
        if (other.isPresent() && other.get() != this && !card.otherLegId().equals(otherLegId)) {
            separate(true);
            audio.connect(other.get().audio);
            card = card.connectedTo(otherLegId);
            other.get().connectedTo(id());
        }
    }

    private void connectedTo(String otherLegId) {
        turn.run(() -> card = card.connectedTo(otherLegId));
    }

    /// @param telling this leg's owner, too
    private void separate(boolean telling) {
        String otherId = card.otherLegId();
        if (otherId.isEmpty()) {
            return;
        }
        card = card.connectedTo("");
        audio.disconnect();
        world.calls().leg(otherId).map(SipLeg.class::cast).ifPresent(leg -> leg.separated(id()));
        if (telling) {
            world.calls().deliver(new LegEvent.Disconnected(id(), otherId));
        }
    }

    private void separated(String otherLegId) {
        turn.run(
                () -> {
                    if (card.otherLegId().equals(otherLegId)) {
                        card = card.connectedTo("");
                        world.calls().deliver(new LegEvent.Disconnected(id(), otherLegId));
                    }
                });
    }

    private void heard(SessionEvent event) {
        if (gone) {
            return;
        }
        switch (event) {
            case SessionEvent.Ringing ringing -> {
                card = card.in(LegState.RINGING);
                world.calls().deliver(new LegEvent.Ringing(id()));
            }
            case SessionEvent.EarlyMedia early -> {
                card = card.in(LegState.EARLY);
                audio.settle(early.description());
                world.calls().deliver(new LegEvent.EarlyMedia(id()));
            }
            case SessionEvent.Answered answered -> {
                audio.settle(answered.description());
                up();
            }
            case SessionEvent.Confirmed confirmed -> up();
            case SessionEvent.Reoffered offered -> audio.reoffered(offered);
            case SessionEvent.Reanswered answered -> audio.settle(answered.description());
            case SessionEvent.ReofferRefused refused -> {
                // what was agreed before stays in force
            }
            case SessionEvent.InfoReceived info -> heardKey(info);
            case SessionEvent.TransferAsked asked -> asked.reply().refuse(603, "Decline");
            case SessionEvent.TransferProgress progress -> {
                // we never ask for one
            }
            case SessionEvent.Cancelled ended -> end(Endings.of(ended));
            case SessionEvent.Refused ended -> refused(ended);
            case SessionEvent.Ended ended -> end(Endings.of(ended));
        }
    }

    private void heardKey(SessionEvent.InfoReceived info) {
        InfoKeys.read(info.contentType(), info.body())
                .ifPresent(
                        key -> {
                            audio.pressed(key.digit(), key.length());
                            audio.passKey(key.digit(), key.length());
                        });
    }

    private void refused(SessionEvent.Refused ended) {
        List<String> elsewhere = Endings.elsewhere(ended);
        if (!elsewhere.isEmpty()) {
            world.calls().deliver(new LegEvent.Redirected(id(), elsewhere));
        }
        end(Endings.of(ended));
    }

    private void up() {
        if (!card.isAnswered()) {
            card = card.answeredAt(world.clock().instant());
            world.calls().deliver(new LegEvent.Up(id()));
            lookLater();
        }
    }

    private void lookLater() {
        nextLook =
                Optional.of(
                        world.alarms().schedule(Heartbeat.LOOK.toMillis(), () -> step(this::look)));
    }

    /// Gives the leg up when its other side has died without a word.
    private void look() {
        if (gone) {
            return;
        }
        if (heartbeat.isOver(audio.heard(), !audio.isHeld())) {
            LOG.info("leg {} is ended: nothing was heard for {}", id(), Heartbeat.MOST);
            leave(new Order.HangUp(HangupCause.MEDIA_TIMEOUT, false));
        } else {
            lookLater();
        }
    }

    private void end(Endings.Ending how) {
        boolean answered = card.isAnswered() || line.wasAnswered();
        Endings.Ending ending =
                leaving.map(order -> Endings.byUs(order, how, answered)).orElse(how);
        separate(false);
        gone = true;
        nextLook.ifPresent(SipClock.Alarm::cancel);
        card = card.in(LegState.ENDED);
        queue.close();
        LegEvent last =
                new LegEvent.HungUp(id(), ending.cause(), ending.sipStatus(), ending.byPeer());
        audio.close(() -> world.calls().deliver(last));
    }

    private final class Output implements OutQueue.Output {
        @Override
        public void start(Order order) {
            openEarly();
            audio.open();
            audio.start(order, turn);
        }

        @Override
        public void stop(Order order) {
            audio.stop();
        }

        @Override
        public void report(LegEvent event) {
            world.calls().deliver(event);
        }

        @Override
        public void leave(Order order) {
            SipLeg.this.leave(order);
        }
    }
}
