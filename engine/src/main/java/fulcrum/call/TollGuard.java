package fulcrum.call;

import fulcrum.directory.CallingCode;
import fulcrum.directory.OutboundLimits;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets calls out to carriers, or says why not: counts each account's calls against its [OutboundLimits].
///
/// A call that was let out has a seat until it is over or says that it has left; a carrier's leg that outlives its
/// call, as after a transfer, counts as well. What was counted is in memory: the day's count and a lock end with the
/// process. Whoever must never be refused, such as a call for help, does not ask.
///
/// Safe for use by many threads; takes its time from whoever asks.
public final class TollGuard {
    private final Map<String, Ledger> accounts = new HashMap<>();

    /// What one account has done.
    private static final class Ledger {
        private final Map<String, Seat> seats = new LinkedHashMap<>();
        private final Deque<Instant> recent = new ArrayDeque<>();
        private LocalDate day = LocalDate.EPOCH;
        private long today;
        private Instant lockedUntil = Instant.MIN;
    }

    private record Seat(String number, String callerNumber) {}

    /// Whether a call may go out.
    ///
    /// @param legs the live legs of the account
    public synchronized Answer.Outbound ask(
            OutboundAsk ask, OutboundLimits limits, List<LegCard> legs, Instant now) {
        Ledger ledger = accounts.computeIfAbsent(ask.accountId(), id -> new Ledger());
        Set<String> living = new HashSet<>();
        legs.forEach(card -> living.add(card.callId()));
        ledger.seats.keySet().retainAll(living);
        forgetOld(ledger, limits, now);
        if (now.isBefore(ledger.lockedUntil)) {
            return refused(
                    HangupCause.OUTGOING_CALL_BARRED,
                    "calls to carriers are locked until " + ledger.lockedUntil);
        }
        if (!CallingCode.isIn(limits.countries(), ask.number())) {
            return refused(
                    HangupCause.OUTGOING_CALL_BARRED,
                    "numbers like " + ask.number() + " are in no country that may be called");
        }
        if (isOver(limits.perDay(), ledger.today)) {
            return refused(
                    HangupCause.OUTGOING_CALL_BARRED,
                    "today's " + limits.perDay() + " calls to carriers are used up");
        }
        if (isOver(limits.atOnce(), taken(ask, ledger, legs))) {
            return refused(
                    HangupCause.NORMAL_CIRCUIT_CONGESTION,
                    "there are " + limits.atOnce() + " calls to carriers already");
        }
        return seated(ask, limits, ledger, now);
    }

    private static Answer.Outbound seated(
            OutboundAsk ask, OutboundLimits limits, Ledger ledger, Instant now) {
        Seat seat = new Seat(ask.number(), ask.callerNumber());
        long same = ledger.seats.values().stream().filter(seat::equals).count();
        if (isOver(limits.sameNumber(), same)) {
            return refused(
                    HangupCause.EXCHANGE_ROUTING_ERROR,
                    same
                            + " calls from "
                            + ask.callerNumber()
                            + " to "
                            + ask.number()
                            + " are going on: this looks like a loop");
        }
        ledger.recent.add(now);
        if (isOver(limits.burst(), ledger.recent.size() - 1)) {
            ledger.lockedUntil = now.plus(limits.lock());
            String alarm =
                    ledger.recent.size()
                            + " calls to carriers within "
                            + limits.burstWindow().toSeconds()
                            + " s: they are locked until "
                            + ledger.lockedUntil;
            return new Answer.Outbound(HangupCause.OUTGOING_CALL_BARRED, alarm, true);
        }
        ledger.today++;
        ledger.seats.put(ask.callId(), seat);
        return Answer.Outbound.GRANTED;
    }

    private static void forgetOld(Ledger ledger, OutboundLimits limits, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(ledger.day)) {
            ledger.day = today;
            ledger.today = 0;
        }
        Duration window = limits.burstWindow();
        while (!ledger.recent.isEmpty() && !ledger.recent.peek().plus(window).isAfter(now)) {
            ledger.recent.remove();
        }
    }

    /// How many calls are out: those with a seat, and those that a carrier's leg belongs to.
    private static long taken(OutboundAsk ask, Ledger ledger, List<LegCard> legs) {
        Set<String> out = new HashSet<>(ledger.seats.keySet());
        legs.stream()
                .filter(card -> card.direction().equals("outbound"))
                .filter(card -> card.authorizingType().equals("resource"))
                .forEach(card -> out.add(card.callId()));
        out.remove(ask.callId());
        return out.size();
    }

    private static boolean isOver(long most, long count) {
        return most >= 0 && count >= most;
    }

    private static Answer.Outbound refused(HangupCause cause, String why) {
        return new Answer.Outbound(cause, why, false);
    }

    /// A call that was let out has reached nobody, or is done.
    public synchronized void leave(String accountId, String callId) {
        Ledger ledger = accounts.get(accountId);
        if (ledger != null) {
            ledger.seats.remove(callId);
        }
    }
}
