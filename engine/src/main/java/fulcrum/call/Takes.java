package fulcrum.call;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands legs over between calls.
///
/// 1. The asking call posts [Value.TakeAsked] to the owner and waits for [Value.TakeAnswered].
/// 2. The owner, wherever it waits, gives the leg if the condition holds. The first accepted take wins, since the owner
///    answers them one after the other and no longer owns the leg afterwards.
/// 3. A call whose own take is out refuses takes, so that two calls cannot wait for each other.
/// 4. An ended inbox answers [TakeResult#GONE] at once.
/// 5. A leg that was taken is being picked up: nobody else takes it as an unanswered one, though it may not be answered
///    yet.
final class Takes {
    private final Call call;
    private final Waiting waiting;
    private final Map<String, Leg> others = new LinkedHashMap<>();
    private final Set<String> pickedUp = new HashSet<>();
    private boolean parked;
    private boolean asking;

    Takes(Call call, Waiting waiting) {
        this.call = call;
        this.waiting = waiting;
    }

    void takable(boolean isParked) {
        parked = isParked;
    }

    /// A leg beside the subject leg has come to this call.
    void came(Leg leg) {
        others.put(leg.id(), leg);
    }

    /// A leg beside the subject leg has left this call, or has become its subject.
    void went(String legId) {
        others.remove(legId);
    }

    boolean owns(String legId) {
        return others.containsKey(legId);
    }

    Optional<Leg> other(String legId) {
        return Optional.ofNullable(others.get(legId));
    }

    TakeResult take(String legId, TakeCondition condition) {
        long number = call.nextNumber();
        Calls calls = call.world().calls();
        if (!calls.postToOwner(legId, new Value.TakeAsked(number, legId, condition, call.id()))) {
            // through the inbox like every answer, so that a replay knows it
            call.inbox().post(new Value.TakeAnswered(number, TakeResult.GONE));
        }
        asking = true;
        try {
            Want<Value.TakeAnswered> answer =
                    Want.of(Value.TakeAnswered.class, given -> given.take() == number);
            TakeResult result =
                    call.await(answer, Call.FOREVER)
                            .map(Value.TakeAnswered::result)
                            .orElse(TakeResult.GONE);
            if (result == TakeResult.GIVEN) {
                own(calls, legId);
            }
            return result;
        } finally {
            asking = false;
        }
    }

    /// A leg that ended at the very instant it was given is still ours to speak of: its last event is in the inbox.
    private void own(Calls calls, String legId) {
        Leg leg = calls.leg(legId).orElseGet(() -> GoneLeg.of(legId, call));
        came(leg);
        pickedUp.add(legId);
        call.hold(new OwnedLeg(call, leg, this));
    }

    /// Answers another call's wish; unwinds with [GivenAway] when it was the subject leg that was given.
    void serve(Value.TakeAsked asked) {
        Calls calls = call.world().calls();
        boolean subject = asked.legId().equals(call.leg().id());
        Optional<LegCard> card = calls.card(asked.legId());
        if (card.isEmpty()
                || !(subject || owns(asked.legId()))
                || (call.hungUp().isPresent() && subject)) {
            refuse(asked, TakeResult.GONE);
            return;
        }
        if (asking || !holds(asked.condition(), card.get(), subject)) {
            refuse(asked, TakeResult.REFUSED);
            return;
        }
        List<Value> backlog =
                waiting.withdraw(
                        value ->
                                value instanceof LegEvent event
                                        && event.legId().equals(asked.legId()));
        if (!calls.handOver(asked.legId(), asked.askingCallId(), asked.take(), backlog)) {
            waiting.putBack(backlog); // the asking call has ended meanwhile: the leg stays
            call.journal().gave(asked, TakeResult.REFUSED);
            return;
        }
        call.journal().gave(asked, TakeResult.GIVEN);
        went(asked.legId());
        if (subject) {
            throw new GivenAway(asked.askingCallId());
        }
        call.inbox().post(new LegEvent.Disconnected(call.leg().id(), asked.legId()));
    }

    private void refuse(Value.TakeAsked asked, TakeResult result) {
        call.journal().gave(asked, result);
        answer(asked, result);
    }

    private boolean holds(TakeCondition condition, LegCard card, boolean subject) {
        return switch (condition) {
            case ALWAYS -> true;
            case UNANSWERED -> !card.isAnswered() && !pickedUp.contains(card.legId());
            case ANSWERED -> card.isAnswered();
            case PARKED -> parked && subject;
        };
    }

    private void answer(Value.TakeAsked asked, TakeResult result) {
        call.world()
                .calls()
                .post(asked.askingCallId(), new Value.TakeAnswered(asked.take(), result));
    }

    /// Answers the takes among values that nobody will read any more.
    void refuseAll(List<Value> neverRead) {
        for (Value value : neverRead) {
            if (value instanceof Value.TakeAsked asked) {
                answer(asked, TakeResult.GONE);
            }
        }
    }
}
