package fulcrum.sip;

import java.util.Optional;

/// The application's answer to the offer in their 2xx; it goes out in the ACK.
final class LateAnswer implements Reply {
    private final Session session;
    private final ClientInvite invite;
    private final Party party;
    private final SipResponse response;
    private final SessionDescription theirs;
    private boolean isGiven;

    LateAnswer(
            Session session,
            ClientInvite invite,
            Party party,
            SipResponse response,
            SessionDescription theirs) {
        this.session = session;
        this.invite = invite;
        this.party = party;
        this.response = response;
        this.theirs = theirs;
    }

    @Override
    public void accept(SessionDescription answer) {
        session.turn()
                .run(
                        () -> {
                            if (!isGiven && !session.isOver()) {
                                isGiven = true;
                                invite.acknowledge(
                                        party,
                                        response,
                                        Optional.of(party.offers().answer(answer)));
                                invite.up(theirs, response);
                            }
                        });
    }

    @Override
    public void refuse(int status, String reason) {
        session.turn()
                .run(
                        () -> {
                            if (!isGiven && !session.isOver()) {
                                isGiven = true;
                                invite.acknowledge(party, response, Optional.empty());
                                session.bye(SessionEvent.Cause.UNUSABLE, "");
                            }
                        });
    }
}
