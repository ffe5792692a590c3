package fulcrum.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What both sides know of each other once they talk: identifiers, targets, routes and counters (RFC 3261 §12).
/// Belongs to its session's turn.
final class Dialog {
    private final String callId;
    private final NameAddress local;
    private final NameAddress remote;
    private List<NameAddress> routes;
    private SipUri remoteTarget;
    private long localSequence;
    private long remoteSequence;

    private Dialog(
            String callId,
            NameAddress local,
            NameAddress remote,
            List<NameAddress> routes,
            SipUri remoteTarget,
            long localSequence,
            long remoteSequence) {
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.routes = List.copyOf(routes);
        this.remoteTarget = remoteTarget;
        this.localSequence = localSequence;
        this.remoteSequence = remoteSequence;
    }

    /// The dialog of an INVITE that we received and answer under this tag (RFC 3261 §12.1.1).
    static Dialog served(SipRequest invite, String localTag, long firstSequence) {
        return new Dialog(
                invite.callId(),
                invite.to().withTag(localTag),
                invite.from(),
                invite.recordRoutes(),
                target(invite, invite.from().uri()),
                firstSequence,
                invite.cseq().number());
    }

    /// The dialog that a response with a To tag makes of our INVITE (RFC 3261 §12.1.2).
    static Dialog asked(SipRequest invite, SipResponse response) {
        return new Dialog(
                invite.callId(),
                invite.from(),
                response.to(),
                reversedRoutes(response),
                target(response, invite.uri()),
                invite.cseq().number(),
                -1);
    }

    /// The 2xx to our INVITE: what it says of the way counts, not what a provisional response said before (RFC 3261
    /// §13.2.2.4).
    void confirm(SipResponse response) {
        routes = List.copyOf(reversedRoutes(response));
        refreshTarget(response);
    }

    private static List<NameAddress> reversedRoutes(SipResponse response) {
        var routes = new ArrayList<>(response.recordRoutes());
        Collections.reverse(routes);
        return routes;
    }

    String remoteTag() {
        return remote.tag();
    }

    SipUri remoteTarget() {
        return remoteTarget;
    }

    long localSequence() {
        return localSequence;
    }

    /// Takes the counter of a received request; false when it is lower than one before (RFC 3261 §12.2.2).
    boolean takes(CSeq sequence) {
        if (sequence.number() < remoteSequence) {
            return false;
        }
        remoteSequence = sequence.number();
        return true;
    }

    /// Takes the Contact of a message that may move the other side: INVITE, UPDATE and their 2xx.
    void refreshTarget(SipMessage message) {
        remoteTarget = target(message, remoteTarget);
    }

    /// A new request, its counter one higher; without Via and Contact (RFC 3261 §12.2.1.1).
    SipRequest request(String method) {
        localSequence++;
        return request(method, localSequence);
    }

    /// The ACK to the 2xx to the INVITE of this counter (RFC 3261 §13.2.2.4).
    SipRequest ack(long sequence) {
        return request("ACK", sequence);
    }

    private SipRequest request(String method, long sequence) {
        var strict = !routes.isEmpty() && !routes.getFirst().uri().hasParameter("lr");
        var request =
                SipRequest.of(method, strict ? routes.getFirst().uri() : remoteTarget)
                        .with("Max-Forwards", "70")
                        .with("From", local.toString())
                        .with("To", remote.toString())
                        .with("Call-ID", callId)
                        .with("CSeq", sequence + " " + method);
        for (var route : strict ? routes.subList(1, routes.size()) : routes) {
            request = request.plus("Route", route.toString());
        }
        return strict ? request.plus("Route", NameAddress.of(remoteTarget).toString()) : request;
    }

    /// Where the next hop of every request is: the first route, else the other side itself.
    SipUri nextHop() {
        return routes.isEmpty() ? remoteTarget : routes.getFirst().uri();
    }

    /// True when a proxy wants to stay in the path.
    boolean isRouted() {
        return !routes.isEmpty();
    }

    private static SipUri target(SipMessage message, SipUri otherwise) {
        var contacts = message.contacts();
        return contacts.isEmpty() ? otherwise : contacts.getFirst().uri();
    }
}
