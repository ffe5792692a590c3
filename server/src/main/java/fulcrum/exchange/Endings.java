package fulcrum.exchange;

import fulcrum.call.HangupCause;
import fulcrum.call.Order;
import fulcrum.sip.BadSip;
import fulcrum.sip.NameAddress;
import fulcrum.sip.SessionEvent;

import java.util.Comparator;
import java.util.List;

/// Says in Kazoo's words how a SIP session ended.
final class Endings {
    /// @param sipStatus that ended an unanswered leg, 0 for an answered one
    record Ending(HangupCause cause, int sipStatus, boolean byPeer) {}

    private Endings() {}

    /// The caller gave up before an answer.
    static Ending of(SessionEvent.Cancelled cancelled) {
        return new Ending(HangupCause.ORIGINATOR_CANCEL, 487, true);
    }

    /// The callee refused, or did not answer.
    static Ending of(SessionEvent.Refused refused) {
        HangupCause cause =
                refused.q850() > 0
                        ? HangupCause.ofQ850(refused.q850())
                        : HangupCause.ofSipStatus(refused.status());
        return new Ending(cause, refused.status(), true);
    }

    /// Where a 3xx points, best first (RFC 3261 §8.1.3.4); nothing for any other refusal, and for one that cannot be
    /// read.
    static List<String> elsewhere(SessionEvent.Refused refused) {
        if (refused.status() / 100 != 3) {
            return List.of();
        }
        try {
            return refused.response().contacts().stream()
                    .filter(contact -> !contact.isStar() && contact.uri().isSip())
                    .sorted(Comparator.comparingDouble(Endings::quality).reversed())
                    .map(contact -> contact.uri().toString())
                    .toList();
        } catch (BadSip unreadable) {
            return List.of();
        }
    }

    private static double quality(NameAddress contact) {
        String q = contact.parameter("q").orElse("1");
        return q.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(q) : 1;
    }

    static Ending of(SessionEvent.Ended ended) {
        return switch (ended.cause()) {
            case REMOTE ->
                    new Ending(
                            ended.q850() > 0
                                    ? HangupCause.ofQ850(ended.q850())
                                    : HangupCause.NORMAL_CLEARING,
                            0,
                            true);
            case LOCAL -> new Ending(HangupCause.NORMAL_CLEARING, 0, false);
            case UNACKNOWLEDGED, EXPIRED ->
                    new Ending(HangupCause.RECOVERY_ON_TIMER_EXPIRE, 0, false);
            case LOST -> new Ending(HangupCause.DESTINATION_OUT_OF_ORDER, 0, true);
            case UNUSABLE -> new Ending(HangupCause.INCOMPATIBLE_DESTINATION, 0, false);
        };
    }

    /// How a leg ended that we told to go: as we said, unless the other side was faster.
    ///
    /// @param answered whether the leg was up: then no SIP status ended it
    static Ending byUs(Order order, Ending seen, boolean answered) {
        if (seen.byPeer()) {
            return seen;
        }
        return switch (order) {
            case Order.Reject reject ->
                    answered
                            ? new Ending(HangupCause.NORMAL_CLEARING, 0, false)
                            : new Ending(
                                    HangupCause.ofSipStatus(reject.status()),
                                    reject.status(),
                                    false);
            case Order.HangUp hangUp ->
                    new Ending(hangUp.cause(), answered ? 0 : hangUp.cause().sipStatus(), false);
            case Order other -> seen;
        };
    }
}
