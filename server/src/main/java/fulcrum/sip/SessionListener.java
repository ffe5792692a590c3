package fulcrum.sip;

/// Hears what happens on one call. Events of one session come one after the other, in order, on whatever thread
/// caused them (a transport's, the timer's, or one that called a method of the session), and no lock is held.
/// Never blocks.
public interface SessionListener {
    /// Takes one event. The last one is [SessionEvent.Cancelled], [SessionEvent.Refused] or [SessionEvent.Ended].
    void happened(SessionEvent event);
}
