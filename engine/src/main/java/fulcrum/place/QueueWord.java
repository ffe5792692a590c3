package fulcrum.place;

import fulcrum.call.Value;

import java.util.Optional;

/// The words between a queue, its members and whoever manages its agents; the topics of their [Value.Message]s.
///
/// What the queue says to a member begins with the number of the seat that it is about, so that a word for a seat that
/// was given up is not taken for one about the next.
public enum QueueWord {
    /// A call wants to wait; the body is its seat and its priority, a whole number, the greater the earlier.
    JOIN,
    /// A call does not wait any more, for whatever reason, and talks to no agent.
    LEAVE,
    /// The queue gives a member an agent to ring; the body is the seat and the agent.
    OFFER,
    /// The agent offered to a member has answered him.
    CONNECTED,
    /// The agent offered to a member did not answer; the member goes on waiting in his place.
    MISSED,
    /// A member asks how many are served before him, or the queue answers: the body is the seat, and 1 for the next.
    POSITION,
    /// An agent begins to work; the body is the agent.
    LOGIN,
    /// An agent stops working, after the call he may be in; the body is the agent.
    LOGOUT,
    /// The queue is to end.
    CLOSE,
    /// The queue has ended: nobody will be served any more.
    CLOSED;

    Value.Message said(String from, String body) {
        return new Value.Message(from, name(), body);
    }

    /// The word of a message, absent when it is about something else.
    static Optional<QueueWord> of(Value.Message message) {
        for (QueueWord word : values()) {
            if (word.name().equals(message.topic())) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /// A message for a queue that comes from outside of calls: [#LOGIN], [#LOGOUT], [#CLOSE].
    public Value.Message about(String agent) {
        return said("", agent);
    }
}
