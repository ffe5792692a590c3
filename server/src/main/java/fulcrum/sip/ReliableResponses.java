package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Optional;

/// The provisional responses to one INVITE of which the caller wants to be sure (RFC 3262 §3): one after the other,
/// each repeated until its PRACK. Belongs to the session's turn.
final class ReliableResponses {
    private final Session session;
    private final LiveTransaction transaction;
    private final Runnable settled;
    private final Runnable unheard;
    private final ArrayDeque<SipResponse> waiting = new ArrayDeque<>(2);
    private long sequence;
    private @Nullable SipResponse sent;
    private @Nullable Repeater repeater;

    /// @param settled runs when all of them are acknowledged
    /// @param unheard runs when one is not, for 64·T1
    ReliableResponses(
            Session session, LiveTransaction transaction, Runnable settled, Runnable unheard) {
        this.session = session;
        this.transaction = transaction;
        this.settled = settled;
        this.unheard = unheard;
    }

    /// Sends one, or keeps it until the ones before are acknowledged.
    void send(SipResponse response) {
        waiting.add(response);
        next();
    }

    /// True while an answer must wait, since a description is on its way or waits for it.
    boolean holdsUpAnswer() {
        var open = sent;
        return (open != null && open.bodyPart().length() > 0) || !waiting.isEmpty();
    }

    void stop() {
        waiting.clear();
        var repeating = repeater;
        repeater = null;
        if (repeating != null) {
            repeating.stop();
        }
    }

    private void next() {
        if (sent != null || waiting.isEmpty()) {
            return;
        }
        sequence =
                sequence == 0
                        ? 1 + Math.floorMod(session.stack().random().getAsLong(), 100_000)
                        : sequence + 1;
        var response =
                waiting.remove().with("Require", "100rel").with("RSeq", String.valueOf(sequence));
        sent = response;
        transaction.respond(response);
        // Unlike a 2xx, this one is repeated with intervals that double without limit (§3).
        repeater =
                new Repeater(
                        session.stack().timers(),
                        session.turn(),
                        Long.MAX_VALUE,
                        () -> transaction.respond(response),
                        unheard);
    }

    /// Their PRACK; it may carry their answer to an offer of ours, or an offer.
    void pracked(SipRequest prack, LiveTransaction pracking, Party party) {
        var open = sent;
        if (open == null || !isNamed(prack, sequence, open.cseq())) {
            session.respond(pracking, prack, 481, "Call/Transaction Does Not Exist");
            return;
        }
        Optional<SessionDescription> description;
        try {
            description = Content.description(prack);
        } catch (BadSip bad) {
            session.respond(pracking, prack, bad.status(), bad.reason());
            return;
        }
        // The response counts as heard even when what the PRACK carries is refused.
        var repeating = repeater;
        if (repeating != null) {
            repeating.stop();
        }
        repeater = null;
        sent = null;
        answer(prack, pracking, party, description);
        next();
        if (sent == null) {
            settled.run();
        }
    }

    private void answer(
            SipRequest prack,
            LiveTransaction pracking,
            Party party,
            Optional<SessionDescription> description) {
        var offers = party.offers();
        if (description.isEmpty()) {
            session.respond(pracking, prack, 200, "OK");
        } else if (offers.awaitsAnswer()
                && offers.receive(description.get())
                        instanceof OfferAnswer.Received.Answer(var answer)) {
            session.respond(pracking, prack, 200, "OK");
            session.tell(new SessionEvent.Reanswered(answer));
        } else if (offers.isStable() && offers.local().isPresent()) {
            session.reoffers().updated(prack, pracking, party);
        } else {
            session.respond(pracking, prack, 488, "Not Acceptable Here");
        }
    }

    private static boolean isNamed(SipRequest prack, long sequence, CSeq invite) {
        var text = new Text("RAck", prack.header("RAck").orElse(""));
        try {
            return text.skipSpace().number(0xffff_ffffL) == sequence
                    && text.skipSpace().number(Integer.MAX_VALUE) == invite.number()
                    && text.skipSpace().token().equals(invite.method());
        } catch (BadSip unreadable) {
            return false;
        }
    }
}
