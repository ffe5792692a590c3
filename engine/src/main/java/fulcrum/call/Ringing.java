package fulcrum.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Carries out a [RingPlan]: one wait for all legs, from which each value goes to the leg that it is about.
///
/// 1. Legs begin when their time has come, or when the one before has failed.
/// 2. The first that is up, and has pressed its key if it must, has won.
/// 3. Whatever ends it, also the caller's leaving, every other leg is told to go, and why.
final class Ringing {
    /// So often may callees point to others.
    private static final int MOST_REDIRECTS = 10;

    private final Call call;
    private final Dialer dialer;
    private final RingPlan plan;
    private final Ringback ringback;
    private final Deque<RungLeg> waiting = new ArrayDeque<>();
    private final List<RungLeg> live = new ArrayList<>();
    private final Instant end;
    private HangupCause why = HangupCause.ORIGINATOR_CANCEL;
    private Optional<DialResult.Failed> worst = Optional.empty();
    private Optional<DialResult> result = Optional.empty();
    private int redirects;

    Ringing(Call call, Dialer dialer, RingPlan plan) {
        this.call = call;
        this.dialer = dialer;
        this.plan = plan;
        this.ringback = new Ringback(call, dialer, plan.ringback());
        this.end = call.now().plus(plan.timeout());
        plan.targets().forEach(target -> waiting.add(RungLeg.of(target, call.now())));
    }

    DialResult ring() {
        try {
            ringback.begin();
            while (result.isEmpty()) {
                turn();
            }
            return result.get();
        } catch (GivenAway picked) {
            why = HangupCause.PICKED_OFF;
            throw picked;
        } finally {
            live.forEach(leg -> dialer.drop(leg.leg(), why));
            if (result.isPresent() || call.hungUp().isEmpty()) {
                ringback.stop();
            }
        }
    }

    private void turn() {
        expire();
        beginDue();
        if (result.isEmpty() && live.isEmpty() && waiting.isEmpty()) {
            result = Optional.of(worst.orElseGet(Ringing::nobody));
        }
        if (result.isEmpty()) {
            call.await(this::concerning, Duration.between(call.now(), next()))
                    .ifPresent(this::happened);
        }
    }

    private static DialResult.Failed nobody() {
        return Dialer.failed(HangupCause.SUBSCRIBER_ABSENT, 0);
    }

    /// Ends what has lasted long enough.
    private void expire() {
        Instant now = call.now();
        for (RungLeg leg : List.copyOf(live)) {
            leg.overdue(now).ifPresent(cause -> fails(leg, cause, 0, true));
        }
        if (result.isEmpty() && !now.isBefore(end)) {
            why = HangupCause.NO_ANSWER;
            waiting.clear();
            List.copyOf(live).stream().filter(leg -> !leg.isConfirming()).forEach(this::drop);
            if (live.isEmpty()) {
                result = Optional.of(DialResult.Failed.NO_ANSWER);
            }
        }
    }

    private void beginDue() {
        Optional<RungLeg> due = due();
        while (due.isPresent() && result.isEmpty()) {
            waiting.remove(due.get());
            due.get().begin(dialer.dial(due.get().target().dial()), call.now());
            live.add(due.get());
            due = due();
        }
    }

    private Optional<RungLeg> due() {
        Instant now = call.now();
        return upcoming().filter(leg -> !leg.begins().isAfter(now));
    }

    /// Who begins next: nobody before the one before has ended, when it goes in turn.
    private Optional<RungLeg> upcoming() {
        if (plan.isInTurn()) {
            return live.isEmpty() ? Optional.ofNullable(waiting.peek()) : Optional.empty();
        }
        return waiting.stream().min(java.util.Comparator.comparing(RungLeg::begins));
    }

    /// When the clock alone changes something.
    private Instant next() {
        Instant next = call.now().isBefore(end) ? end : Instant.MAX;
        for (RungLeg leg : live) {
            next = leg.deadline().isBefore(next) ? leg.deadline() : next;
        }
        Instant begins = upcoming().map(RungLeg::begins).orElse(Instant.MAX);
        Instant soonest = begins.isBefore(next) ? begins : next;
        return soonest.equals(Instant.MAX) ? call.now().plus(Call.FOREVER) : soonest;
    }

    private Optional<LegEvent> concerning(Value value) {
        return switch (value) {
            case LegEvent.PlaybackEnded ended when ended.legId().equals(call.leg().id()) ->
                    ringback.hears(ended) ? Optional.of(ended) : Optional.empty();
            case LegEvent.Disconnected apart
                    when apart.legId().equals(call.leg().id()) && known(apart.otherLegId()) ->
                    Optional.of(apart);
            case LegEvent event when known(event.legId()) -> Optional.of(event);
            case Value other -> Optional.empty();
        };
    }

    private boolean known(String legId) {
        return live.stream().anyMatch(leg -> leg.is(legId));
    }

    private RungLeg leg(String legId) {
        return live.stream().filter(leg -> leg.is(legId)).findFirst().orElseThrow();
    }

    private void happened(LegEvent event) {
        switch (event) {
            case LegEvent.PlaybackEnded ended when ended.legId().equals(call.leg().id()) -> {
                // the ringback has seen to it
            }
            case LegEvent.Disconnected apart -> taken(apart.otherLegId());
            case LegEvent.Ringing ringing -> {
                leg(ringing.legId()).alerts();
                ringback.rings();
            }
            case LegEvent.EarlyMedia early -> speaks(leg(early.legId()));
            case LegEvent.Redirected redirected -> leg(redirected.legId()).points(redirected);
            case LegEvent.Up up -> isUp(leg(up.legId()));
            case LegEvent.DigitPressed pressed -> pressed(leg(pressed.legId()), pressed.digit());
            case LegEvent.PlaybackEnded ended ->
                    leg(ended.legId()).prompted(ended.playback(), call.now());
            case LegEvent.HungUp gone ->
                    fails(leg(gone.legId()), gone.cause(), gone.sipStatus(), false);
            case LegEvent other -> {
                // nothing that decides who is talked to
            }
        }
    }

    private void speaks(RungLeg leg) {
        leg.alerts();
        if (plan.ignoresEarlyMedia() || leg.target().confirmation().isPresent()) {
            ringback.rings();
        } else {
            ringback.speaks(leg.leg());
        }
    }

    private void isUp(RungLeg leg) {
        if (leg.target().confirmation().isEmpty()) {
            wins(leg);
        } else {
            long prompt = call.nextNumber();
            leg.asks(prompt);
            Sound sound = leg.target().confirmation().get().prompt();
            call.tell(leg.leg(), new Order.Play(prompt, sound, 1));
        }
    }

    private void pressed(RungLeg leg, char key) {
        if (leg.accepts(key)) {
            dialer.stop(leg.leg());
            wins(leg);
        }
    }

    private void wins(RungLeg leg) {
        live.remove(leg);
        why = HangupCause.LOSE_RACE;
        HoldMusic music = new HoldMusic(plan.holdMusic(), leg.target().holdMusic());
        result = Optional.of(new DialResult.Answered(leg.leg(), music));
    }

    /// Another call has taken the leg, or it only speaks no more.
    private void taken(String legId) {
        if (!dialer.owns(legId)) {
            RungLeg leg = leg(legId);
            live.remove(leg);
            ringback.left(leg.leg());
            worst = Optional.of(Dialer.failed(HangupCause.PICKED_OFF, 0));
        }
    }

    private void drop(RungLeg leg) {
        live.remove(leg);
        dialer.drop(leg.leg(), why);
    }

    /// @param isThere whether the leg still has to be told to go
    private void fails(RungLeg leg, HangupCause cause, int sipStatus, boolean isThere) {
        live.remove(leg);
        ringback.left(leg.leg());
        if (isThere) {
            dialer.drop(leg.leg(), cause);
        } else {
            dialer.gone(leg.leg());
        }
        DialResult.Failed failed = Dialer.failed(cause, sipStatus);
        if (goesElsewhere(leg)) {
            return;
        }
        boolean replaces =
                plan.isInTurn() || weight(failed) >= worst.map(Ringing::weight).orElse(0);
        worst = replaces ? Optional.of(failed) : worst;
        if (plan.fatal().contains(cause) || leg.target().fatal().contains(cause)) {
            why = HangupCause.NORMAL_CLEARING;
            result = Optional.of(failed);
        } else if (plan.isInTurn() && !waiting.isEmpty()) {
            waiting.peek().after(call.now());
        }
    }

    private boolean goesElsewhere(RungLeg leg) {
        List<RingTarget> others = leg.elsewhere().map(plan.redirects()).orElse(List.of());
        if (others.isEmpty() || ++redirects > MOST_REDIRECTS) {
            return false;
        }
        List<RingTarget> first = others.reversed();
        first.forEach(target -> waiting.addFirst(RungLeg.of(target, call.now())));
        return true;
    }

    /// Which failure is told when several legs failed: what a person did says more than that nobody came, and that more
    /// than that a phone was not there.
    private static int weight(DialResult.Failed failed) {
        return switch (failed.cause()) {
            case USER_BUSY, CALL_REJECTED -> 4;
            case NO_ANSWER, NO_USER_RESPONSE, ALLOTTED_TIMEOUT -> 3;
            case SUBSCRIBER_ABSENT, USER_NOT_REGISTERED, RECOVERY_ON_TIMER_EXPIRE, LOSE_RACE -> 1;
            default -> 2;
        };
    }
}
