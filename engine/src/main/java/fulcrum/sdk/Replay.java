package fulcrum.sdk;

import fulcrum.call.Call;
import fulcrum.call.CallRun;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs a call again from its journal and compares, record by record.
///
/// What entered the inbox then enters it now, at the same times; nothing else does. A call that is nothing but the
/// ordered list of what entered its inbox then gives the same orders.
public final class Replay {
    private Replay() {}

    /// Where a replay went another way.
    ///
    /// @param index of the record, from 0
    /// @param then what the journal has there; empty when it has nothing more
    /// @param now what the replay did; empty when it did nothing more
    public record Difference(int index, Optional<JournalRecord> then, Optional<JournalRecord> now) {
        @Override
        public String toString() {
            return "record %d: then %s, now %s"
                    .formatted(
                            index,
                            then.map(Object::toString).orElse("nothing"),
                            now.map(Object::toString).orElse("nothing"));
        }
    }

    /// Replays on the calling thread.
    ///
    /// @param body what the call did then, normally its flow
    /// @return the first difference; empty when there is none
    public static Optional<Difference> run(
            JournalHeader header, List<JournalRecord> records, Consumer<Call> body) {
        WrittenJournal now = new WrittenJournal(header);
        ReplayedWorld world = new ReplayedWorld(records, now);
        Call call =
                new Call(
                        header.facts(),
                        world.subject(header),
                        world,
                        world.inbox(),
                        now,
                        header.started());
        CallRun.run(call, body);
        return difference(records, now.records());
    }

    private static Optional<Difference> difference(
            List<JournalRecord> then, List<JournalRecord> now) {
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            Optional<JournalRecord> before = at(then, i);
            Optional<JournalRecord> after = at(now, i);
            if (!before.equals(after)) {
                return Optional.of(new Difference(i, before, after));
            }
        }
        return Optional.empty();
    }

    private static Optional<JournalRecord> at(List<JournalRecord> records, int index) {
        return index < records.size() ? Optional.of(records.get(index)) : Optional.empty();
    }
}
