package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a session tells its listener; keeps what happens before there is one. Belongs to the session's turn.
final class Events {
    private @Nullable SessionListener listener;
    private List<SessionEvent> early = new ArrayList<>(2);

    void listen(SessionListener newListener) {
        listener = newListener;
        var missed = early;
        early = List.of();
        missed.forEach(newListener::happened);
    }

    void tell(SessionEvent event) {
        var hearing = listener;
        if (hearing == null) {
            early.add(event);
        } else {
            hearing.happened(event);
        }
    }

    /// Tells the last event. The session is held by its last transactions for some seconds more; what hears it, its
    /// sound and its ports, need not stay with it.
    void tellLast(SessionEvent event) {
        tell(event);
        if (listener != null) {
            listener = _ -> {};
        }
    }
}
