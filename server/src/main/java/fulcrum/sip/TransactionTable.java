package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All running transactions, found by what RFC 3261 §17.1.3 and §17.2.3 say. For use by many threads.
final class TransactionTable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTable.class);

    private final ConcurrentHashMap<String, LiveTransaction> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LiveTransaction> mergeable = new ConcurrentHashMap<>();
    private final Timers timers;

    TransactionTable(Timers timers) {
        this.timers = timers;
    }

    Timers timers() {
        return timers;
    }

    int size() {
        return running.size();
    }

    /// The transaction to which a received message belongs: for an ACK that of its INVITE.
    Optional<LiveTransaction> find(SipMessage message) {
        var key =
                switch (message) {
                    case SipRequest request -> serverKey(request, request.method());
                    case SipResponse response ->
                            clientKey(response.topVia().branch(), response.cseq().method());
                };
        return Optional.ofNullable(running.get(key));
    }

    /// The INVITE that a CANCEL wants to end (RFC 3261 §9.2).
    Optional<LiveTransaction> cancelledBy(SipRequest cancel) {
        return Optional.ofNullable(running.get(serverKey(cancel, "INVITE")));
    }

    /// True when this request came before by another way and is still being worked on (RFC 3261 §8.2.2.2).
    boolean isMerged(SipRequest request) {
        return mergeable.containsKey(mergeKey(request));
    }

    /// Makes the transaction of a received request; empty when another thread just made it, and then the request
    /// went there as a repetition.
    Optional<LiveTransaction> serve(
            SipRequest request, Connection from, Turn turn, boolean inDialog) {
        var reliable = from.isReliable();
        Transaction machine =
                request.method().equals("INVITE")
                        ? new InviteServerTransaction(reliable)
                        : new ServerTransaction(reliable);
        var key = serverKey(request, request.method());
        var mergeKey = inDialog ? "" : mergeKey(request);
        var made =
                new LiveTransaction(
                        this, key, mergeKey, turn, from, machine, TransactionUser.NOBODY);
        var other = running.putIfAbsent(key, made);
        if (other != null) {
            other.received(request);
            return Optional.empty();
        }
        if (!inDialog) {
            mergeable.put(mergeKey, made);
        }
        if (machine instanceof ServerTransaction waiting) {
            made.carryOut(waiting.start());
        }
        return Optional.of(made);
    }

    /// Sends a request with our Via on top, in a transaction of its own.
    LiveTransaction request(
            SipRequest request, Connection toward, Turn turn, TransactionUser user) {
        var reliable = toward.isReliable();
        var key = clientKey(request.topVia().branch(), request.method());
        var isInvite = request.method().equals("INVITE");
        var invite = new InviteClientTransaction(request, reliable);
        var other = new ClientTransaction(request, reliable);
        var live =
                new LiveTransaction(this, key, "", turn, toward, isInvite ? invite : other, user);
        running.put(key, live);
        live.carryOut(isInvite ? invite.start() : other.start());
        if (reliable) {
            live.watch(TransactionTimer.T1);
        }
        return live;
    }

    void forget(LiveTransaction transaction) {
        running.remove(transaction.key(), transaction);
        if (!transaction.mergeKey().isEmpty()) {
            mergeable.remove(transaction.mergeKey(), transaction);
        }
    }

    void send(SipMessage message, Connection over) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("to {}:\n{}", over.remote(), new Veil(message));
        }
        over.send(message.toBytes());
    }

    private static String clientKey(String branch, String method) {
        return "c|" + branch + '|' + method;
    }

    private static String serverKey(SipRequest request, String ownMethod) {
        var method = ownMethod.equals("ACK") ? "INVITE" : ownMethod;
        var via = request.topVia();
        var branch = via.branch();
        if (branch.regionMatches(
                true, 0, RequestMaker.MAGIC_COOKIE, 0, RequestMaker.MAGIC_COOKIE.length())) {
            return branch + '|' + via.host() + ':' + via.port() + '|' + method;
        }
        // RFC 2543 clients make no unique branch; all that identifies the request is compared
        // (§17.2.3). The To tag
        // is left out, so that the ACK to our response, which has it, matches.
        return "2543|"
                + request.requestUri()
                + '|'
                + mergeKey(request, method)
                + '|'
                + via.host()
                + ':'
                + via.port()
                + '|'
                + branch;
    }

    private static String mergeKey(SipRequest request) {
        return mergeKey(request, request.method());
    }

    private static String mergeKey(SipRequest request, String method) {
        return request.callId()
                + '|'
                + request.from().tag()
                + '|'
                + request.cseq().number()
                + '|'
                + method;
    }
}
