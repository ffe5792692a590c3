package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The ACK to one 2xx: sent once it is owed, and again for every repetition of the 2xx (RFC 3261 §13.2.2.4).
final class Acknowledgement {
    private @Nullable SipRequest ack;
    private @Nullable Connection flow;

    /// Sends the ACK of the INVITE with that counter.
    ///
    /// @param answer our answer, when the 2xx carried the offer
    void send(Session session, Party party, long sequence, Optional<SessionDescription> answer) {
        var dialog = party.dialog();
        var bare = dialog.ack(sequence);
        var request =
                answer.map(body -> bare.withBody(SessionDescription.CONTENT_TYPE, body.toBytes()))
                        .orElse(bare);
        var known = Optional.of(session.connection());
        session.stack()
                .reach(
                        dialog.nextHop(),
                        known,
                        !dialog.isRouted(),
                        session.turn(),
                        found -> {
                            if (found.isPresent()) {
                                flow = found.get();
                                ack = session.stack().stamped(request, found.get());
                                again(session);
                            }
                        });
    }

    /// Sends it once more; does nothing while it was not yet sent.
    void again(Session session) {
        var message = ack;
        var way = flow;
        if (message != null && way != null) {
            session.stack().transactions().send(message, way);
        }
    }
}
