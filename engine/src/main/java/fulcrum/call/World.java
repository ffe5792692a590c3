package fulcrum.call;

/// The one port downwards: everything a call needs that is not the call itself.
///
/// Nothing here blocks. Answers arrive in the asking inbox.
public interface World {
    /// Finds the answer on some other thread and posts [Value.Answered] with this number.
    void ask(long number, Question<?> question, Inbox inbox);

    /// Starts an outgoing leg; its events arrive in the inbox of the call that dials.
    Leg dial(Dial dial, String callId, Inbox inbox);

    Calls calls();

    EventSink events();
}
