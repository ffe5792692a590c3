package fulcrum.sip;

import java.util.Optional;

/// What comes before the answer to an INVITE of ours: ringing, early media, and the PRACKs for the responses that the
/// other side wants to be sure of (RFC 3262 §4). Belongs to the session's turn.
final class EarlyResponses {
    private final Session session;

    EarlyResponses(Session session) {
        this.session = session;
    }

    /// Takes a response from 101 to 199 with a tag.
    void take(SipResponse response, Party party) {
        var description = Content.find(response);
        if (!response.lists("Require", "100rel") || !response.hasHeader("RSeq")) {
            description.ifPresent(found -> preview(found, party));
            ring(response);
            return;
        }
        var sequence = number(response);
        if (sequence <= 0 || !party.takesReliable(sequence)) {
            // A repetition, or one with a gap before it: the other side repeats what is missing. A
            // repetition means
            // that our PRACK was lost, and its own transaction sends that again.
            return;
        }
        description.ifPresentOrElse(
                found -> agree(found, response, party),
                () -> pracked(response, party, Optional.empty()));
        ring(response);
    }

    private void ring(SipResponse response) {
        if (response.status() >= 180) {
            session.tell(new SessionEvent.Ringing(response.status(), response.reason()));
        }
    }

    /// May be lost, so that nothing is agreed by it; the 2xx says it again. Without an offer of ours it has no meaning.
    private void preview(SessionDescription description, Party party) {
        if (party.offers().awaitsAnswer()) {
            party.previews(description);
            session.tell(new SessionEvent.EarlyMedia(description));
        }
    }

    private void agree(SessionDescription description, SipResponse response, Party party) {
        var offers = party.offers();
        if (offers.remote().isPresent() || offers.owesAnswer()) {
            pracked(response, party, Optional.empty());
            return;
        }
        switch (offers.receive(description)) {
            case OfferAnswer.Received.Answer(var answer) -> {
                pracked(response, party, Optional.empty());
                session.tell(new SessionEvent.EarlyMedia(answer));
            }
            case OfferAnswer.Received.Offer(var offer) ->
                    session.tell(
                            new SessionEvent.Reoffered(offer, new EarlyAnswer(response, party)));
            case OfferAnswer.Received.Glare() ->
                    throw new IllegalStateException("a response cannot cross an offer");
            case OfferAnswer.Received.Busy(), OfferAnswer.Received.Unusable(_) ->
                    pracked(response, party, Optional.empty());
        }
    }

    private void pracked(SipResponse response, Party party, Optional<SessionDescription> answer) {
        var acknowledged = number(response) + " " + response.cseq();
        DialogRequest.send(
                session,
                party,
                "PRACK",
                request -> withBody(request.with("RAck", acknowledged), answer),
                _ -> {});
    }

    private static SipRequest withBody(SipRequest request, Optional<SessionDescription> body) {
        return body.map(found -> request.withBody(SessionDescription.CONTENT_TYPE, found.toBytes()))
                .orElse(request);
    }

    private static long number(SipResponse response) {
        try {
            return new Text("RSeq", response.header("RSeq").orElse("0")).number(0xffff_ffffL);
        } catch (BadSip unreadable) {
            return 0;
        }
    }

    /// The application's answer to an offer in a reliable provisional response; it goes out in the PRACK.
    private final class EarlyAnswer implements Reply {
        private final SipResponse response;
        private final Party party;
        private boolean isGiven;

        private EarlyAnswer(SipResponse response, Party party) {
            this.response = response;
            this.party = party;
        }

        @Override
        public void accept(SessionDescription answer) {
            session.turn()
                    .run(
                            () -> {
                                if (!isGiven && !session.isOver() && party.offers().owesAnswer()) {
                                    isGiven = true;
                                    pracked(
                                            response,
                                            party,
                                            Optional.of(party.offers().answer(answer)));
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
                                    session.hangUp(Optional.empty());
                                }
                            });
        }
    }
}
