package fulcrum.sdk;

import fulcrum.call.Calls;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The simulated legs, calls and places. Only whoever holds the baton comes here.
public final class ScriptedCalls implements Calls {
    private final Map<String, Leg> legs = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, Inbox> inboxes = new LinkedHashMap<>();

    /// A call or a place begins.
    public void opened(String callId, Inbox inbox) {
        inboxes.put(callId, inbox);
    }

    /// A call or a place is over.
    public void closed(String callId) {
        inboxes.remove(callId);
    }

    /// A leg begins, owned by a call.
    void seated(Leg leg, String callId) {
        legs.put(leg.id(), leg);
        owners.put(leg.id(), callId);
    }

    /// Gives an event of a leg to its owner; with the last one the leg is gone.
    void deliver(LegEvent event) {
        String owner = owners.get(event.legId());
        if (owner == null) {
            return;
        }
        if (event instanceof LegEvent.HungUp) {
            legs.remove(event.legId());
            owners.remove(event.legId());
        }
        post(owner, event);
    }

    /// Who owns a leg.
    Optional<String> owner(String legId) {
        return Optional.ofNullable(owners.get(legId));
    }

    /// The ids of the calls and places that live.
    public List<String> living() {
        return List.copyOf(inboxes.keySet());
    }

    @Override
    public List<LegCard> cards() {
        List<LegCard> cards = new ArrayList<>();
        legs.keySet().forEach(id -> card(id).ifPresent(cards::add));
        return cards;
    }

    @Override
    public Optional<LegCard> card(String legId) {
        return leg(legId).map(leg -> leg.card().ownedBy(owner(legId).orElse("")));
    }

    @Override
    public Optional<Leg> leg(String legId) {
        return Optional.ofNullable(legs.get(legId));
    }

    @Override
    public boolean postToOwner(String legId, Value value) {
        return owner(legId).filter(owner -> post(owner, value)).isPresent();
    }

    @Override
    public boolean post(String callId, Value value) {
        Inbox inbox = inboxes.get(callId);
        return inbox != null && inbox.post(value);
    }

    @Override
    public boolean handOver(String legId, String newCallId, long take, List<Value> backlog) {
        Inbox to = inboxes.get(newCallId);
        if (to == null
                || !legs.containsKey(legId)
                || !to.post(new Value.TakeAnswered(take, TakeResult.GIVEN))) {
            return false;
        }
        backlog.forEach(to::post);
        Inbox from = inboxes.get(owners.put(legId, newCallId));
        if (from != null) {
            from.withdraw(legId).forEach(to::post);
        }
        return true;
    }
}
