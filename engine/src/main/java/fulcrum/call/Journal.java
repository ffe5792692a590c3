package fulcrum.call;

import java.time.Instant;

/// Writes down what entered a call's inbox and what the call did about it, so that it can be run again.
/// Called on the call's own thread; must not block for long.
public interface Journal {
    void arrived(Instant at, Value value);

    void ordered(String legId, Order order);

    void asked(long number, Question<?> question);

    void dialled(Dial dial);

    /// A value was put into the inbox of a place or another call; `taken` tells whether that one still lived.
    void posted(String callId, Value value, boolean taken);

    /// Another call's wish for one of our legs was answered.
    void gave(Value.TakeAsked asked, TakeResult result);

    /// Keeps nothing.
    Journal NONE =
            new Journal() {
                @Override
                public void arrived(Instant at, Value value) {}

                @Override
                public void ordered(String legId, Order order) {}

                @Override
                public void asked(long number, Question<?> question) {}

                @Override
                public void dialled(Dial dial) {}

                @Override
                public void posted(String callId, Value value, boolean taken) {}

                @Override
                public void gave(Value.TakeAsked asked, TakeResult result) {}
            };
}
