package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Anything that enters an inbox: what a leg reports, the world's answers, a time-out, a request of another call.
///
/// Values are data: they carry ids, never live objects, so that a journal of them can be written, read and replayed.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "value")
public sealed interface Value
        permits LegEvent,
                Value.Answered,
                Value.Elapsed,
                Value.TakeAsked,
                Value.TakeAnswered,
                Value.FlowInjected,
                Value.HangupAsked,
                Value.Message {

    /// The world's answer to the question with this number.
    record Answered(long question, Answer answer) implements Value {}

    /// Nothing that was waited for came in time.
    record Elapsed() implements Value {}

    /// Another call wants one of this call's legs; `take` numbers the request within the asking call.
    record TakeAsked(long take, String legId, TakeCondition condition, String askingCallId)
            implements Value {}

    /// The owner's answer to our wish to take a leg.
    record TakeAnswered(long take, TakeResult result) implements Value {}

    /// Go on with another flow: Kazoo's channel pivot, a transfer over REST. The running action is unwound.
    record FlowInjected(String legId, String flowJson) implements Value {}

    /// Somebody outside (REST, a drain deadline) wants the leg to end.
    record HangupAsked(String legId, HangupCause cause) implements Value {}

    /// A word between calls and places, such as a queue telling a member that an agent is free.
    record Message(String from, String topic, String body) implements Value {}
}
