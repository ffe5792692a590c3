package fulcrum.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Our unit of control: one virtual thread that carries out a flow for its subject leg.
///
/// Its code reads top to bottom and blocks; all methods are for the call's own thread. Three things unwind whatever it
/// waits for: [CallEnded], [FlowReplaced] and [GivenAway]. After the subject leg has left, only questions to the world
/// still work, for [#GRACE].
public final class Call {
    /// A patience without end.
    public static final Duration FOREVER = Duration.ofDays(3650);

    /// How long after the caller left questions are still answered.
    public static final Duration GRACE = Duration.ofSeconds(60);

    /// Wait for a simple order, such as answering, to be carried out (Kazoo: `call_command`, 5 s).
    private static final Duration ORDER_PATIENCE = Duration.ofSeconds(5);

    private final CallFacts facts;
    private final String id;
    private Leg leg;
    private final World world;
    private final Inbox inbox;
    private final Journal journal;
    private final Waiting waiting;
    private final Takes takes;
    private final Variables variables;
    private final Digits digits = new Digits();
    private final LastErrands lastErrands = new LastErrands();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Instant started;
    private final DigitCollector collector;
    private final Dialer dialer;
    private Optional<CallEnded> ended = Optional.empty();
    private Optional<Instant> answered = Optional.empty();
    private boolean leaving;
    private boolean sounding;
    private long numbers;

    /// @param started when the call entered; the first time that [#now] tells
    public Call(
            CallFacts facts, Leg leg, World world, Inbox inbox, Journal journal, Instant started) {
        this.facts = facts;
        this.id = facts.callId();
        this.leg = leg;
        this.world = world;
        this.inbox = inbox;
        this.journal = journal;
        this.started = started;
        this.variables = new Variables(facts);
        this.waiting = new Waiting(inbox, journal, this::serve, started);
        this.takes = new Takes(this, waiting);
        this.collector = new DigitCollector(this);
        this.dialer = new Dialer(this, takes);
    }

    /// The call's id: the subject leg's, which is its SIP Call-ID.
    public String id() {
        return id;
    }

    public CallFacts facts() {
        return facts;
    }

    /// The leg this call is about. It stays the call's own until [GivenAway], or until [#goOnWith] names another.
    public Leg leg() {
        return leg;
    }

    public Instant started() {
        return started;
    }

    /// The time of the last value that the call read. Time stands still between values.
    public Instant now() {
        return waiting.now();
    }

    public Variables variables() {
        return variables;
    }

    public Digits digits() {
        return digits;
    }

    /// What is done when the call is over.
    public LastErrands lastErrands() {
        return lastErrands;
    }

    /// When the caller was answered; absent before.
    public Optional<Instant> answeredAt() {
        return answered;
    }

    /// How the subject leg ended; absent while it is there.
    public Optional<LegEvent.HungUp> hungUp() {
        return ended.map(CallEnded::hungUp);
    }

    /// Answers the caller and waits until that is confirmed, at most 5 s; the outcome is ignored, as in Kazoo.
    /// Harmless when answered already.
    public void answer() {
        if (answered.isPresent()) {
            return;
        }
        tell(new Order.Answer());
        if (await(Want.of(LegEvent.Up.class, up -> up.legId().equals(leg.id())), ORDER_PATIENCE)
                .isPresent()) {
            isUp();
        }
    }

    private void isUp() {
        if (answered.isEmpty()) {
            answered = Optional.of(now());
            emit(new CallEvent.Answered(id, facts.accountId(), now()));
        }
    }

    /// Plays a sound and waits for its end, as [Playback] says; keys that come meanwhile are early keys of the next
    /// collection.
    public Played play(Sound sound, int times, Set<Character> stoppers) {
        return new Playback(this).play(sound, times, stoppers);
    }

    /// Collects keys by a rule; see [DigitCollector].
    ///
    /// @param early keys pressed before, which count; already cut at a terminator by whoever took them
    public Collected collect(DigitRule rule, String early) {
        return collector.collect(rule, early);
    }

    /// Moves keys that nobody has asked for to the early ones, so that they do not stop what is played next.
    public void keepEarlyKeys() {
        for (Value value : waiting.withdraw(LegEvent.DigitPressed.class::isInstance)) {
            digits.appendEarly(((LegEvent.DigitPressed) value).digit());
        }
    }

    /// Forgets every key pressed until now that has not been collected.
    public void flushKeys() {
        waiting.withdraw(LegEvent.DigitPressed.class::isInstance);
        digits.takeEarly();
    }

    /// Lets time pass; the caller leaving unwinds it.
    public void pause(Duration length) {
        if (length.isPositive()) {
            await(value -> Optional.empty(), length);
        }
    }

    /// Waits until all that is queued on the leg has been carried out.
    public void finishQueue() {
        long marker = nextNumber();
        tell(new Order.Mark(marker));
        await(
                Want.of(LegEvent.MarkerReached.class, reached -> reached.marker() == marker),
                FOREVER);
    }

    /// Records the caller; the caller leaving is a result, not an unwinding.
    ///
    /// @param stoppers keys that end it
    public Recorded record(String recordingId, Duration limit, Set<Character> stoppers) {
        return new Recorder(this).record(recordingId, limit, stoppers);
    }

    /// Ends the subject leg, behind what is queued if so wished; the flow goes on until it waits again.
    public void hangUp(HangupCause cause, boolean afterQueue) {
        tell(new Order.HangUp(cause, afterQueue));
    }

    /// Tells the subject leg to do something.
    public void tell(Order order) {
        tell(leg, order);
    }

    /// Tells one of this call's legs to do something.
    public void tell(Leg other, Order order) {
        if (other.id().equals(leg.id())
                && (order instanceof Order.HangUp || order instanceof Order.Reject)) {
            leaving = true;
        }
        sounding |= other.id().equals(leg.id()) && order.opensSound();
        journal.ordered(other.id(), order);
        other.tell(order);
    }

    /// Asks the world and waits for the answer. Once the caller has left, answers are still waited for, within
    /// [#GRACE]; when the caller leaves during the wait, it unwinds.
    ///
    /// @throws WorldFailed when the world could not find out, or not in time
    @SuppressWarnings("unchecked") // the world answers a Question<A> with an A, or with Failed
    public <A extends Answer> A ask(Question<A> question) {
        if (ended.isPresent() && now().isAfter(ended.get().at().plus(GRACE))) {
            throw ended.get();
        }
        long number = nextNumber();
        journal.asked(number, question);
        world.ask(number, question, inbox);
        Want<Value.Answered> answer =
                Want.of(Value.Answered.class, given -> given.question() == number);
        Optional<Value.Answered> given = awaitAnyway(answer, question.deadline());
        return switch (given.map(Value.Answered::answer)
                .orElse(new Answer.Failed("no answer in time"))) {
            case Answer.Failed failed ->
                    throw new WorldFailed(
                            question.getClass().getSimpleName() + ": " + failed.reason());
            case Answer other -> (A) other;
        };
    }

    /// Starts ringing somebody, and does not wait for him as [#ring] does.
    public Leg dial(Dial dial) {
        return dialer.dial(dial);
    }

    /// Rings whom a plan says until one has answered or nobody will; does not answer the caller. See [Ringing].
    public DialResult ring(RingPlan plan) {
        return new Ringing(this, dialer, plan).ring();
    }

    /// Waits for the first of these to answer; the others are then told to stop.
    public DialResult awaitAnswer(List<Leg> ringing, Duration patience) {
        return dialer.awaitAnswer(ringing, patience);
    }

    /// As the other one, with our own tone for whoever is put on hold.
    public BridgeEnd bridge(Leg other) {
        return bridge(other, HoldMusic.NONE);
    }

    /// Connects the subject leg, which is answered by that, with another of this call's until they are separated.
    public BridgeEnd bridge(Leg other, HoldMusic music) {
        return new Bridge(this, dialer, other, music).run();
    }

    /// Asks the owner of a leg to hand it over.
    ///
    /// @return [TakeResult#GIVEN]: the leg is this call's now, its unread events included
    public TakeResult take(String legId, TakeCondition condition) {
        return takes.take(legId, condition);
    }

    /// A leg beside the subject leg that this call has dialled or taken, until it is gone or taken by another.
    public Optional<Leg> other(String legId) {
        return takes.other(legId);
    }

    /// Makes another of this call's legs its subject, so that the call outlives the present one, as when a caller has
    /// transferred the other party and leaves. The present one stays as one of the other legs.
    public void goOnWith(Leg successor) {
        if (!takes.owns(successor.id())) {
            throw new IllegalArgumentException("not a leg of this call: " + successor.id());
        }
        takes.went(successor.id());
        takes.came(leg);
        hold(new OwnedLeg(this, leg, takes));
        leg = successor;
        if (successor.card().isAnswered()) {
            isUp();
        }
    }

    /// Whether other calls may take the subject leg under [TakeCondition#PARKED].
    public void takable(boolean parked) {
        takes.takable(parked);
    }

    /// Puts a value into the inbox of a place or another call.
    public boolean post(String callId, Value value) {
        boolean taken = world.calls().post(callId, value);
        journal.posted(callId, value, taken);
        return taken;
    }

    /// Remembers something to let go of when the call ends.
    public <H extends Held> H hold(H thing) {
        held.push(thing);
        return thing;
    }

    /// Lets go of something earlier than at the end of the call.
    public void release(Held thing) {
        if (held.remove(thing)) {
            thing.release();
        }
    }

    public void emit(CallEvent event) {
        world.events().emit(event);
    }

    /// Tells the author of the flow that something was not right and what happened instead.
    public void notice(String path, String message) {
        emit(new CallEvent.Noticed(id, facts.accountId(), now(), path, message));
    }

    /// Waits for a value, at most `patience`; see [Waiting]. The subject leg leaving unwinds, unless it is what was
    /// waited for.
    public <T> Optional<T> await(Want<T> want, Duration patience) {
        if (ended.isPresent()) {
            throw ended.get();
        }
        return waiting.await(want, patience);
    }

    /// Waits for a value even when the subject leg has left already: for what must be finished after a hang-up.
    <T> Optional<T> awaitAnyway(Want<T> want, Duration patience) {
        return ended.isPresent() ? waiting.await(want, patience) : await(want, patience);
    }

    /// A number for a question, a playback, a marker; unique within the call.
    public long nextNumber() {
        return ++numbers;
    }

    private boolean serve(Value value) {
        return switch (value) {
            case LegEvent.HungUp hungUp when hungUp.legId().equals(leg.id()) -> {
                boolean first = ended.isEmpty();
                leaves(hungUp);
                if (first) {
                    throw ended.orElseThrow();
                }
                yield true;
            }
            case LegEvent.Up up when up.legId().equals(leg.id()) -> {
                isUp();
                yield true;
            }
            case Value.HangupAsked asked when asked.legId().equals(leg.id()) -> {
                hangUp(asked.cause(), false);
                yield true;
            }
            case Value.FlowInjected injected when ended.isEmpty() ->
                    throw new FlowReplaced(injected.flowJson());
            case Value.TakeAsked asked -> {
                takes.serve(asked);
                yield true;
            }
            case Value other -> dialer.serve(other);
        };
    }

    /// Whether sound flows to the subject leg already: it was answered, or something was played on it.
    boolean hasSound() {
        return sounding || answered.isPresent();
    }

    /// Notes that the subject leg has left; for those who wait for it as a result.
    void leaves(LegEvent.HungUp hungUp) {
        if (ended.isEmpty()) {
            ended = Optional.of(new CallEnded(hungUp, now()));
        }
    }

    /// Whether the subject leg has been told to end.
    boolean isLeaving() {
        return leaving;
    }

    World world() {
        return world;
    }

    Inbox inbox() {
        return inbox;
    }

    Journal journal() {
        return journal;
    }

    /// Lets go of everything the call holds and of its inbox; the last thing a call does, on any way out.
    void close() {
        try {
            while (!held.isEmpty()) {
                held.pop().release();
            }
        } finally {
            if (held.isEmpty()) {
                takes.refuseAll(inbox.end());
            } else {
                close();
            }
        }
    }
}
