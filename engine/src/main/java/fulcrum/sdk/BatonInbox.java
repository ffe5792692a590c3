package fulcrum.sdk;

import fulcrum.call.Inbox;
import fulcrum.call.LegEvent;
import fulcrum.call.Value;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// An inbox on virtual time; its owner is whoever reads from it.
public final class BatonInbox implements Inbox {
    private final Baton baton;
    private final Deque<Value> unread = new ArrayDeque<>();
    private Optional<Baton.Runner> reader = Optional.empty();
    private boolean ended;

    public BatonInbox(Baton baton) {
        this.baton = baton;
    }

    @Override
    public boolean post(Value value) {
        if (ended) {
            return false;
        }
        unread.add(value);
        reader.ifPresent(baton::wake);
        return true;
    }

    @Override
    public Arrival next(Instant deadline) {
        reader = Optional.of(baton.current());
        while (unread.isEmpty()) {
            if (!baton.now().isBefore(deadline)) {
                return new Arrival(baton.now(), new Value.Elapsed());
            }
            baton.pause(deadline);
        }
        return new Arrival(baton.now(), unread.remove());
    }

    @Override
    public List<Value> withdraw(String legId) {
        List<Value> withdrawn = new ArrayList<>();
        for (Iterator<Value> values = unread.iterator(); values.hasNext(); ) {
            Value value = values.next();
            if (value instanceof LegEvent event && event.legId().equals(legId)) {
                values.remove();
                withdrawn.add(value);
            }
        }
        return withdrawn;
    }

    @Override
    public List<Value> end() {
        ended = true;
        List<Value> neverRead = List.copyOf(unread);
        unread.clear();
        return neverRead;
    }
}
