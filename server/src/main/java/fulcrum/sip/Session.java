package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// One call, whoever began it. Everything but the identifiers belongs to its turn.
///
/// 1. setup: an INVITE is not yet answered, or our answer not yet acknowledged; a [Setup] decides;
/// 2. up: both sides have agreed; [Reoffers], [Pulse] and [Transfers] do their work;
/// 3. over: the listener was told the last event; what is still on the wire (a BYE, a CANCEL, an ACK that is owed)
///    is brought to its end, and then the stack forgets the session.
final class Session implements SipSession {
    private final Stack stack;
    private final String callId;
    private final String localTag;
    private final boolean isCaller;
    private final Turn turn = new Turn();
    private final Events events = new Events();
    private final Reoffers reoffers = new Reoffers(this);
    private final Transfers transfers = new Transfers(this);
    private final Pulse pulse = new Pulse(this);
    private volatile Connection connection;
    private volatile String remoteTag = "";
    private String username = "";
    private String password = "";
    private @Nullable Setup setup;
    private @Nullable Party party;
    private boolean over;

    /// @param isCaller true when the INVITE and so the Call-ID is ours
    Session(Stack stack, String callId, String localTag, Connection connection, boolean isCaller) {
        this.stack = stack;
        this.callId = callId;
        this.localTag = localTag;
        this.connection = connection;
        this.isCaller = isCaller;
    }

    void begin(Setup newSetup) {
        setup = newSetup;
        stack.remember(this);
    }

    void authenticateBy(String newUsername, String newPassword) {
        username = newUsername;
        password = newPassword;
    }

    Stack stack() {
        return stack;
    }

    Turn turn() {
        return turn;
    }

    Events events() {
        return events;
    }

    Reoffers reoffers() {
        return reoffers;
    }

    Pulse pulse() {
        return pulse;
    }

    boolean isCaller() {
        return isCaller;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    /// True once the listener heard the last event.
    boolean isOver() {
        return over;
    }

    /// True while the call is agreed and nothing of its beginning is open.
    boolean isUp() {
        return party != null && setup == null && !over;
    }

    /// The side that answered; empty before.
    Optional<Party> party() {
        return Optional.ofNullable(party);
    }

    @Override
    public String callId() {
        return callId;
    }

    @Override
    public String localTag() {
        return localTag;
    }

    @Override
    public String remoteTag() {
        return remoteTag;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    void connection(Connection newConnection) {
        connection = newConnection;
    }

    @Override
    public void hangUp(Optional<String> reasonHeader) {
        turn.run(() -> hangUp(reasonHeader.orElse("")));
    }

    private void hangUp(String reasonHeader) {
        var beginning = setup;
        if (over) {
            return;
        }
        if (beginning == null) {
            bye(SessionEvent.Cause.LOCAL, reasonHeader);
        } else {
            beginning.hangUp(reasonHeader);
        }
    }

    @Override
    public void reoffer(SessionDescription description) {
        turn.run(() -> reoffers.offer(description));
    }

    @Override
    public void send(String method, String contentType, byte[] body) {
        var kept = body.clone();
        turn.run(
                () ->
                        party().filter(_ -> !over)
                                .ifPresent(
                                        to ->
                                                DialogRequest.send(
                                                        this,
                                                        to,
                                                        method,
                                                        request ->
                                                                request.withBody(contentType, kept),
                                                        response -> judge(method, response))));
    }

    @Override
    public void transfer(String referTo) {
        turn.run(() -> party().filter(_ -> !over).ifPresent(to -> transfers.ask(to, referTo)));
    }

    /// Both sides know each other: from now on `known` is the other side of the call.
    void answeredBy(Party known) {
        party = known;
        remoteTag = known.dialog().remoteTag();
    }

    /// The beginning is over.
    void up() {
        setup = null;
        reoffers.next();
    }

    /// They are alerted or answering under this tag.
    void heardOf(String tag) {
        remoteTag = tag;
    }

    /// Tells the listener, unless it heard the last event before.
    void tell(SessionEvent event) {
        if (!over) {
            events.tell(event);
        }
    }

    /// Tells the last event and stops all that was going on.
    void finish(SessionEvent last) {
        if (!over) {
            over = true;
            stopAll();
            events.tellLast(last);
        }
    }

    /// Nothing more is to come on the wire.
    void forget() {
        var beginning = setup;
        if (beginning != null) {
            beginning.stop();
        }
        setup = null;
        stack.forget(this);
    }

    private void stopAll() {
        reoffers.stop();
        pulse.stop();
    }

    /// Ends the call with BYE; the listener is told at once.
    void bye(SessionEvent.Cause cause, String reasonHeader) {
        finish(new SessionEvent.Ended(cause, 0, reasonHeader));
        sayBye(reasonHeader);
    }

    /// Says BYE to the side that answered, and forgets the session when that is done.
    void sayBye(String reasonHeader) {
        setup = null;
        var to = party;
        if (to == null) {
            forget();
            return;
        }
        DialogRequest.send(
                this,
                to,
                "BYE",
                request -> reasonHeader.isEmpty() ? request : request.with("Reason", reasonHeader),
                _ -> forget());
    }

    /// What the answer to a request inside the dialog says of the dialog itself (RFC 3261 §12.2.1.2, RFC 5057 §5);
    /// true when the call is over by it.
    boolean judge(String method, SipResponse response) {
        var isRefresh = method.equals("INVITE") || method.equals("UPDATE");
        var isOwnUsage =
                !method.equals("NOTIFY") && !method.equals("REFER") && !method.equals("SUBSCRIBE");
        var isEnd =
                (response.status() == 481 && isOwnUsage) || (response.status() == 408 && isRefresh);
        if (over || !isEnd) {
            return false;
        }
        bye(SessionEvent.Cause.LOST, "");
        return true;
    }

    /// A request of the other side inside the dialog, in its transaction.
    void requested(SipRequest request, LiveTransaction transaction) {
        var from = partyOf(request.from().tag());
        if (from.isEmpty() || (over && !request.method().equals("BYE"))) {
            respond(transaction, request, 481, "Call/Transaction Does Not Exist");
            return;
        }
        if (!from.get().dialog().takes(request.cseq())) {
            respond(transaction, request, 500, "Request Out of Order");
            return;
        }
        connection = transaction.connection();
        from.get().learn(request);
        serve(request, transaction, from.get());
    }

    private void serve(SipRequest request, LiveTransaction transaction, Party from) {
        switch (request.method()) {
            case "BYE" -> ended(request, transaction);
            case "INVITE" -> reoffers.invited(request, transaction, from, setup);
            case "UPDATE" -> reoffers.updated(request, transaction, from);
            case "PRACK" -> pracked(request, transaction);
            case "INFO" -> {
                respond(transaction, request, 200, "OK");
                tell(new SessionEvent.InfoReceived(Content.type(request), request.body()));
            }
            case "REFER" -> transfers.asked(request, transaction, from);
            case "NOTIFY" -> transfers.notified(request, transaction);
            case "OPTIONS" ->
                    transaction.respond(stack.abilities(stack.response(request, 200, "OK", "")));
            default ->
                    transaction.respond(
                            stack.response(request, 405, "Method Not Allowed", "")
                                    .with("Allow", RequestMaker.ALLOW_INSIDE));
        }
    }

    private void ended(SipRequest bye, LiveTransaction transaction) {
        respond(transaction, bye, 200, "OK");
        var beginning = setup;
        if (party == null && beginning != null) {
            beginning.ended(bye);
            return;
        }
        finish(
                new SessionEvent.Ended(
                        SessionEvent.Cause.REMOTE, Reasons.q850(bye), Reasons.text(bye)));
        forget();
    }

    private void pracked(SipRequest prack, LiveTransaction transaction) {
        var beginning = setup;
        if (beginning == null) {
            respond(transaction, prack, 481, "Call/Transaction Does Not Exist");
        } else {
            beginning.pracked(prack, transaction);
        }
    }

    /// An ACK to a 2xx of ours.
    void acknowledged(SipRequest ack) {
        if (partyOf(ack.from().tag()).isEmpty()) {
            return;
        }
        var beginning = setup;
        if (beginning == null || !beginning.acknowledged(ack)) {
            reoffers.acknowledged(ack);
        }
    }

    private Optional<Party> partyOf(String tag) {
        var answered = party;
        if (answered != null && answered.dialog().remoteTag().equals(tag)) {
            return Optional.of(answered);
        }
        var beginning = setup;
        return beginning == null ? Optional.empty() : beginning.party(tag);
    }

    void respond(LiveTransaction transaction, SipRequest request, int status, String reason) {
        transaction.respond(stack.response(request, status, reason, localTag));
    }
}
