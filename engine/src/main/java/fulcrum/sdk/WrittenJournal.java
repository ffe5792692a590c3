package fulcrum.sdk;

import fulcrum.call.Dial;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The journal of one call, kept in memory. Written on the call's thread; read once the call is over.
public final class WrittenJournal implements Journal {
    private final JournalHeader header;
    private final List<JournalRecord> records = new ArrayList<>();

    public WrittenJournal(JournalHeader header) {
        this.header = header;
    }

    public JournalHeader header() {
        return header;
    }

    public List<JournalRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void arrived(Instant at, Value value) {
        records.add(new JournalRecord.Arrived(at, value));
    }

    @Override
    public void ordered(String legId, Order order) {
        records.add(new JournalRecord.Ordered(legId, order));
    }

    @Override
    public void asked(long number, Question<?> question) {
        records.add(new JournalRecord.Asked(number, question));
    }

    @Override
    public void dialled(Dial dial) {
        records.add(new JournalRecord.Dialled(dial));
    }

    @Override
    public void posted(String callId, Value value, boolean taken) {
        records.add(new JournalRecord.Posted(callId, value, taken));
    }

    @Override
    public void gave(Value.TakeAsked asked, TakeResult result) {
        records.add(new JournalRecord.Gave(asked, result));
    }
}
