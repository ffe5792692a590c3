package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/// Passes each event on to several sinks, in their order, on the emitting thread. A sink that throws is logged and does
/// not keep the event from the others.
public final class EventFan implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(EventFan.class);

    private final List<EventSink> sinks;

    public EventFan(List<EventSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    @Override
    public void emit(CallEvent event) {
        for (EventSink sink : sinks) {
            try {
                sink.emit(event);
            } catch (RuntimeException bug) {
                LOG.error(
                        "call {}: {} could not take {}",
                        event.callId(),
                        sink,
                        event.getClass().getSimpleName(),
                        bug);
            }
        }
    }
}
