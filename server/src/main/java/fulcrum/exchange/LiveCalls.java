package fulcrum.exchange;

import fulcrum.call.Calls;
import fulcrum.call.HangupCause;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.Order;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The legs and calls that live on this server.
///
/// An event of a leg goes to the inbox of its present owner; the owner changes under the seat's monitor, which is held
/// for a few instructions, so that no event is lost or overtaken when a leg is handed over.
final class LiveCalls implements Calls {
    /// A leg and who owns it.
    private static final class Seat {
        final Leg leg;
        String owner;

        Seat(Leg leg, String owner) {
            this.leg = leg;
            this.owner = owner;
        }
    }

    private final Map<String, Seat> legs = new ConcurrentHashMap<>();
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

    /// A call or a place begins.
    void opened(String callId, Inbox inbox) {
        inboxes.put(callId, inbox);
    }

    /// A call or a place is over.
    void closed(String callId) {
        inboxes.remove(callId);
    }

    /// A leg begins, owned by a call.
    void seated(Leg leg, String callId) {
        legs.put(leg.id(), new Seat(leg, callId));
    }

    /// Gives an event of a leg to its owner. The last one, [LegEvent.HungUp], also takes the leg off the table.
    void deliver(LegEvent event) {
        Seat seat = legs.get(event.legId());
        if (seat == null) {
            return;
        }
        synchronized (seat) {
            Inbox inbox = inboxes.get(seat.owner);
            if (inbox != null) {
                inbox.post(event);
            }
            if (event instanceof LegEvent.HungUp) {
                legs.remove(event.legId());
            }
        }
    }

    /// Ends the legs of a call whose own thread does not get to it.
    void abandon(String callId) {
        for (Seat seat : legs.values()) {
            if (ownerOf(seat).equals(callId)) {
                seat.leg.tell(new Order.HangUp(HangupCause.NORMAL_TEMPORARY_FAILURE, false));
            }
        }
    }

    /// Calls that have left something unread since before a moment.
    List<String> stuckSince(Instant moment) {
        List<String> stuck = new ArrayList<>();
        inboxes.forEach(
                (callId, inbox) -> {
                    if (inbox instanceof LiveInbox live
                            && live.waitingSince()
                                    .filter(since -> since.isBefore(moment))
                                    .isPresent()) {
                        stuck.add(callId);
                    }
                });
        return stuck;
    }

    /// Hangs up legs whose owner has ended without seeing them off.
    void hangUpOrphans() {
        for (Seat seat : legs.values()) {
            if (!inboxes.containsKey(ownerOf(seat))) {
                seat.leg.tell(new Order.HangUp(HangupCause.NORMAL_TEMPORARY_FAILURE, false));
            }
        }
    }

    private static String ownerOf(Seat seat) {
        synchronized (seat) {
            return seat.owner;
        }
    }

    int callCount() {
        return inboxes.size();
    }

    int legCount() {
        return legs.size();
    }

    @Override
    public List<LegCard> cards() {
        List<LegCard> cards = new ArrayList<>();
        for (Seat seat : legs.values()) {
            cards.add(cardOf(seat));
        }
        cards.sort(Comparator.comparing(LegCard::created).thenComparing(LegCard::legId));
        return cards;
    }

    private static LegCard cardOf(Seat seat) {
        synchronized (seat) {
            return seat.leg.card().ownedBy(seat.owner);
        }
    }

    @Override
    public Optional<LegCard> card(String legId) {
        return Optional.ofNullable(legs.get(legId)).map(LiveCalls::cardOf);
    }

    @Override
    public Optional<Leg> leg(String legId) {
        return Optional.ofNullable(legs.get(legId)).map(seat -> seat.leg);
    }

    @Override
    public boolean postToOwner(String legId, Value value) {
        Seat seat = legs.get(legId);
        if (seat == null) {
            return false;
        }
        synchronized (seat) {
            return post(seat.owner, value);
        }
    }

    @Override
    public boolean post(String callId, Value value) {
        Inbox inbox = inboxes.get(callId);
        return inbox != null && inbox.post(value);
    }

    @Override
    public boolean handOver(String legId, String newCallId, long take, List<Value> backlog) {
        Seat seat = legs.get(legId);
        Inbox to = inboxes.get(newCallId);
        if (seat == null || to == null) {
            return false;
        }
        synchronized (seat) {
            Inbox from = inboxes.get(seat.owner);
            if (!to.post(new Value.TakeAnswered(take, TakeResult.GIVEN))) {
                return false;
            }
            backlog.forEach(to::post);
            if (from != null) {
                from.withdraw(legId).forEach(to::post);
            }
            seat.owner = newCallId;
            return true;
        }
    }
}
