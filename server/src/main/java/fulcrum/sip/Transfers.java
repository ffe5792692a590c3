package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// REFER inside a call, from either side, and the NOTIFYs that tell what came of it (RFC 3515). Belongs to the
/// session's turn.
final class Transfers {
    private static final String FRAGMENT = "message/sipfrag;version=2.0";
    private static final int SUBSCRIPTION_SECONDS = 180;

    private final Session session;
    private boolean wasAsked;

    Transfers(Session session) {
        this.session = session;
    }

    /// Asks the other side to call somewhere else.
    void ask(Party to, String referTo) {
        DialogRequest.send(
                session,
                to,
                "REFER",
                request -> request.with("Refer-To", referTo),
                response -> {
                    if (!session.judge("REFER", response) && response.status() >= 300) {
                        session.tell(
                                new SessionEvent.TransferProgress(
                                        response.status(), response.reason()));
                    }
                });
    }

    /// They want us to call somewhere else.
    void asked(SipRequest refer, LiveTransaction transaction, Party from) {
        var targets = refer.headers("Refer-To");
        if (targets.size() != 1) {
            session.respond(transaction, refer, 400, "One Refer-To Needed");
            return;
        }
        // Only the first subscription of a dialog may go without an id (RFC 3515 §2.4.6).
        var event = wasAsked ? "refer;id=" + refer.cseq().number() : "refer";
        wasAsked = true;
        var target = targets.getFirst();
        session.tell(
                new SessionEvent.TransferAsked(
                        target,
                        refer.header("Referred-By").orElse(""),
                        hasReplaces(target),
                        new Asked(refer, transaction, from, event)));
    }

    private static boolean hasReplaces(String target) {
        try {
            var headers = NameAddress.parse("Refer-To", target).uri().headers();
            return headers.regionMatches(true, 0, "Replaces=", 0, 9)
                    || headers.toLowerCase(Locale.ROOT).contains("&replaces=");
        } catch (BadSip unreadable) {
            // Whoever calls the target will say what is wrong with it.
            return false;
        }
    }

    /// A NOTIFY inside the call.
    void notified(SipRequest notify, LiveTransaction transaction) {
        var event = Content.bare(notify.header("Event").orElse(""));
        if (!event.equals("refer")) {
            session.respond(transaction, notify, 489, "Bad Event");
            return;
        }
        session.respond(transaction, notify, 200, "OK");
        progress(new String(notify.body(), StandardCharsets.UTF_8)).ifPresent(session::tell);
    }

    /// What a fragment's status line says, such as `SIP/2.0 180 Ringing`.
    private static Optional<SessionEvent> progress(String fragment) {
        var end = fragment.indexOf('\n');
        var line = (end < 0 ? fragment : fragment.substring(0, end)).strip();
        if (!line.regionMatches(true, 0, "SIP/2.0 ", 0, 8) || line.length() < 11) {
            return Optional.empty();
        }
        for (var i = 8; i < 11; i++) {
            if (!Text.isDigit(line.charAt(i))) {
                return Optional.empty();
            }
        }
        var status = Integer.parseInt(line, 8, 11, 10);
        return Optional.of(new SessionEvent.TransferProgress(status, line.substring(11).strip()));
    }

    /// One REFER of theirs.
    private final class Asked implements TransferReply {
        private final SipRequest refer;
        private final LiveTransaction transaction;
        private final Party from;
        private final String event;
        private boolean isAnswered;
        private boolean isOpen;

        private Asked(SipRequest refer, LiveTransaction transaction, Party from, String event) {
            this.event = event;
            this.refer = refer;
            this.transaction = transaction;
            this.from = from;
        }

        @Override
        public void accept() {
            session.turn()
                    .run(
                            () -> {
                                if (!isAnswered) {
                                    isAnswered = true;
                                    isOpen = true;
                                    var stack = session.stack();
                                    transaction.respond(
                                            stack.response(
                                                            refer,
                                                            202,
                                                            "Accepted",
                                                            session.localTag())
                                                    .with(
                                                            "Contact",
                                                            stack.contact(
                                                                    transaction.connection())));
                                    tell(100, "Trying");
                                }
                            });
        }

        @Override
        public void refuse(int status, String reason) {
            session.turn()
                    .run(
                            () -> {
                                if (!isAnswered) {
                                    isAnswered = true;
                                    session.respond(transaction, refer, status, reason);
                                }
                            });
        }

        @Override
        public void progress(int status, String reason) {
            session.turn().run(() -> tell(status, reason));
        }

        private void tell(int status, String reason) {
            if (!isOpen || session.isOver()) {
                return;
            }
            isOpen = status < 200;
            var state =
                    isOpen
                            ? "active;expires=" + SUBSCRIPTION_SECONDS
                            : "terminated;reason=noresource";
            var fragment =
                    ("SIP/2.0 " + status + ' ' + reason + "\r\n").getBytes(StandardCharsets.UTF_8);
            DialogRequest.send(
                    session,
                    from,
                    "NOTIFY",
                    request ->
                            request.with("Event", event)
                                    .with("Subscription-State", state)
                                    .withBody(FRAGMENT, fragment),
                    _ -> {});
        }
    }
}
