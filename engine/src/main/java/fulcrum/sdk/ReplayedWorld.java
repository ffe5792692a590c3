package fulcrum.sdk;

import fulcrum.call.Calls;
import fulcrum.call.Dial;
import fulcrum.call.EventSink;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.LegState;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeCondition;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;
import fulcrum.call.World;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The world of a replay: it does nothing and answers nothing, because all that came of it stands in the journal. Only
/// the few things that a call learns at once, not through its inbox, are looked up there, in order.
final class ReplayedWorld implements World {
    /// The replayed call waits for something that the journal does not have.
    static final class JournalOver extends Error {
        private static final long serialVersionUID = 1L;

        JournalOver() {
            super("the journal is over and the call waits", null, false, false);
        }
    }

    private final Deque<JournalRecord.Arrived> arrivals = new ArrayDeque<>();
    private final Deque<JournalRecord.Posted> posted = new ArrayDeque<>();
    private final List<JournalRecord.Gave> gave = new ArrayList<>();
    private final WrittenJournal now;
    private final Set<String> answered = new HashSet<>();

    /// @param now what the replay has done so far, written meanwhile
    ReplayedWorld(List<JournalRecord> records, WrittenJournal now) {
        this.now = now;
        for (JournalRecord record : records) {
            switch (record) {
                case JournalRecord.Arrived arrived -> arrivals.add(arrived);
                case JournalRecord.Posted post -> posted.add(post);
                case JournalRecord.Gave given -> gave.add(given);
                case JournalRecord other -> {
                    // the call does these itself
                }
            }
        }
    }

    Leg subject(JournalHeader header) {
        return new Silent(header.legId());
    }

    Inbox inbox() {
        return new Past();
    }

    @Override
    public void ask(long number, Question<?> question, Inbox inbox) {
        // the answer stands in the journal
    }

    @Override
    public Leg dial(Dial dial, String callId, Inbox inbox) {
        return new Silent(dial.legId());
    }

    @Override
    public Calls calls() {
        return new Others();
    }

    @Override
    public EventSink events() {
        return EventSink.NONE;
    }

    /// A leg that takes orders and does nothing.
    private final class Silent implements Leg {
        private final String id;

        Silent(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public LegCard card() {
            return ReplayedWorld.card(id, answered.contains(id));
        }

        @Override
        public void tell(Order order) {
            // what came of it stands in the journal
        }
    }

    private static LegCard card(String legId, boolean isAnswered) {
        LegState state = isAnswered ? LegState.ANSWERED : LegState.NEW;
        Optional<Instant> when = isAnswered ? Optional.of(Baton.BEGINNING) : Optional.empty();
        return new LegCard(
                legId,
                "",
                "",
                "",
                state,
                "",
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "",
                Baton.BEGINNING,
                when);
    }

    /// An inbox in which happens what happened.
    private final class Past implements Inbox {
        @Override
        public boolean post(Value value) {
            return true; // what was posted then stands in the journal
        }

        @Override
        public Arrival next(Instant deadline) {
            JournalRecord.Arrived next = arrivals.poll();
            if (next == null) {
                throw new JournalOver();
            }
            if (next.value() instanceof LegEvent.Up up) {
                answered.add(up.legId());
            }
            return new Arrival(next.at(), next.value());
        }

        @Override
        public List<Value> withdraw(String legId) {
            return List.of();
        }

        @Override
        public List<Value> end() {
            return List.of();
        }
    }

    /// The other calls, as far as this one noticed them.
    private final class Others implements Calls {
        @Override
        public List<LegCard> cards() {
            return List.of();
        }

        /// How the wish that is being answered was answered then.
        private Optional<JournalRecord.Gave> then() {
            long before =
                    now.records().stream().filter(JournalRecord.Gave.class::isInstance).count();
            return before < gave.size() ? Optional.of(gave.get((int) before)) : Optional.empty();
        }

        /// Only asked when another call wants a leg: a card that leads to the same answer as then.
        @Override
        public Optional<LegCard> card(String legId) {
            Optional<JournalRecord.Gave> then =
                    then().filter(gave -> gave.result() != TakeResult.GONE);
            return then.map(
                    gave -> {
                        boolean given = gave.result() == TakeResult.GIVEN;
                        boolean wanted = gave.asked().condition() == TakeCondition.ANSWERED;
                        return ReplayedWorld.card(legId, given == wanted);
                    });
        }

        @Override
        public Optional<Leg> leg(String legId) {
            answered.add(legId); // a leg that was taken; most are
            return Optional.of(new Silent(legId));
        }

        @Override
        public boolean postToOwner(String legId, Value value) {
            return true; // that there was no owner arrives as an answer
        }

        @Override
        public boolean post(String callId, Value value) {
            if (value instanceof Value.TakeAnswered) {
                return true; // told as `gave`, not as `posted`
            }
            JournalRecord.Posted then = posted.poll();
            return then != null && then.taken();
        }

        @Override
        public boolean handOver(String legId, String newCallId, long take, List<Value> backlog) {
            return then().filter(gave -> gave.result() == TakeResult.GIVEN).isPresent();
        }
    }
}
