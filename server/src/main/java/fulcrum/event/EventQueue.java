package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Takes events from calls without ever holding one up, and passes them to another sink on thread `events`, in order.
///
/// When that sink cannot keep up: what only tells of the way (nodes entered, exchanges) is dropped once the queue is
/// half full, everything else once it is full. Drops are counted, and logged when the first one happens and when it is
/// over; a call's end that had to be dropped is logged as an error of its own, for it is a call detail record lost.
public final class EventQueue implements EventSink, AutoCloseable {
    /// Events; at 800 calls/s with ten events each, the sink may be away for eight seconds.
    public static final int CAPACITY = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final RestingQueue<CallEvent> waiting;
    private final int half;
    private final int capacity;
    private final EventSink sink;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean dropping = new AtomicBoolean();

    public EventQueue(EventSink sink) {
        this(sink, CAPACITY);
    }

    EventQueue(EventSink sink, int capacity) {
        this.sink = sink;
        this.capacity = capacity;
        half = capacity / 2;
        waiting = new RestingQueue<>("events", capacity, new Passing());
    }

    @Override
    public void emit(CallEvent event) {
        boolean isAside =
                event instanceof CallEvent.NodeEntered || event instanceof CallEvent.Exchanged;
        if (!waiting.offer(event, isAside ? half : capacity)) {
            drop(event);
        }
    }

    private void drop(CallEvent event) {
        dropped.incrementAndGet();
        if (event instanceof CallEvent.Ended ended) {
            LOG.error(
                    "call {}: no call detail record, the event queue is {}: {}",
                    ended.callId(),
                    waiting.isClosed() ? "closed" : "full",
                    CdrDocument.of(ended));
        } else if (!waiting.isClosed() && dropping.compareAndSet(false, true)) {
            LOG.warn("events are being dropped, the parts that take them are too slow");
        }
    }

    /// What runs on thread `events`.
    private final class Passing implements RestingQueue.Reader<CallEvent> {
        @Override
        public void take(CallEvent event) {
            try {
                sink.emit(event);
            } catch (RuntimeException | Error bug) {
                LOG.error("call {}: an event was not taken", event.callId(), bug);
            }
        }

        @Override
        public void caughtUp() {
            if (dropping.compareAndSet(true, false)) {
                LOG.warn(
                        "events are not dropped any more; {} were, since the start", dropped.get());
            }
        }
    }

    /// How many events wait.
    public int depth() {
        return waiting.depth();
    }

    /// How many events were dropped since the start.
    public long dropped() {
        return dropped.get();
    }

    /// Passes on what still waits, for at most 10 s; later events are dropped.
    @Override
    public void close() {
        try {
            if (!waiting.close(CLOSING)) {
                LOG.error(
                        "{} events could not be passed on within {} s",
                        waiting.depth(),
                        CLOSING.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
