package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The whole of SIP for one server: what all sessions share (transactions, timers, the table of sessions, the ways
/// out), and where calls of our own begin. For use by many threads; no public method blocks.
///
/// 1. `new Stack(settings, clock, random)`;
/// 2. `Transports.open(address, stack.listener(), limits)`; what comes in before the next step is dropped;
/// 3. `stack.startOn(transports, application)`.
public final class Stack {
    private static final int SECRET_BYTES = 32;
    private static final int DEFAULT_PORT = 5060;

    private final SipSettings settings;
    private final Nonces nonces;
    private final LongSupplier random;
    private final TransactionTable transactions;
    private final OwnAddresses addresses;
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final long salt;
    private volatile @Nullable Flows flows;
    private volatile @Nullable Core core;

    /// @param clock  a [TimerThread], or a test's virtual one
    /// @param random for tags, branches and Call-IDs; any bits, from any thread
    public Stack(SipSettings settings, SipClock clock, LongSupplier random) {
        this.settings = settings;
        this.random = random;
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        nonces = new Nonces(secret, settings.nonceLife(), settings.rememberedNonces());
        salt = random.getAsLong();
        transactions = new TransactionTable(new Timers(clock));
        addresses = new OwnAddresses(settings.publicAddress());
    }

    /// Begins to serve and makes calls possible.
    public void startOn(Flows newFlows, SipApplication application) {
        flows = newFlows;
        core = new Core(this, application);
    }

    /// Where the transports hand their messages.
    public MessageListener listener() {
        return (message, over) -> {
            var started = core;
            if (started != null) {
                started.received(message, over);
            }
        };
    }

    /// Makes a call. The last event the listener hears is [SessionEvent.Refused] or [SessionEvent.Ended]; the first
    /// may come before this returns.
    public SipSession invite(OutgoingInvite call, SessionListener listener) {
        var session =
                new Session(
                        this,
                        token() + "@fulcrum",
                        token(),
                        call.connection().orElse(Nowhere.FLOW),
                        true);
        session.authenticateBy(call.username(), call.password());
        session.turn()
                .run(
                        () -> {
                            session.events().listen(listener);
                            var beginning = new ClientInvite(session, call);
                            session.begin(beginning);
                            beginning.begin();
                        });
        return session;
    }

    /// Sends a request outside any dialog, such as REGISTER, OPTIONS or NOTIFY, to the host of its Route or
    /// Request-URI, or over the given flow. Via and User-Agent are added; everything else is the caller's.
    ///
    /// @param over   the flow to use, whatever the address says
    /// @param answer takes the final response, on any thread: 408 of our own making when nobody answers, 503 when
    ///               there is no way
    public void request(
            SipRequest request, Optional<Connection> over, Consumer<SipResponse> answer) {
        var turn = new Turn();
        turn.run(() -> new LoneRequest(this, turn, answer).send(request, over));
    }

    /// The session with that Call-ID and our tag, such as the one a Replaces header names (RFC 3891 §3); empty when
    /// it is over.
    public Optional<SipSession> find(String callId, String localTag) {
        return session(callId, localTag).filter(found -> !found.isOver()).map(found -> found);
    }

    /// Makes and checks the nonces of challenges; its times are those of [#nowMillis].
    public Nonces nonces() {
        return nonces;
    }

    /// The time of the stack's clock.
    public long nowMillis() {
        return timers().nowMillis();
    }

    SipSettings settings() {
        return settings;
    }

    TransactionTable transactions() {
        return transactions;
    }

    Timers timers() {
        return transactions.timers();
    }

    LongSupplier random() {
        return random;
    }

    /// A new token of 13 letters and digits, for a tag or a Call-ID.
    public String token() {
        return RequestMaker.token(random);
    }

    /// Digits that name something.
    String number() {
        return Long.toString(random.getAsLong() >>> 2);
    }

    /// How many sessions there are, those included that only wait for the end of their BYE.
    public int sessionCount() {
        return sessions.size();
    }

    void remember(Session session) {
        sessions.put(sessionKey(session.callId(), session.localTag()), session);
    }

    void forget(Session session) {
        sessions.remove(sessionKey(session.callId(), session.localTag()), session);
    }

    /// The session whose dialog this request is in, by Call-ID and our tag; whether their tag fits the session knows.
    Optional<Session> sessionOf(SipRequest request) {
        return session(request.callId(), request.to().tag());
    }

    Optional<Session> session(String callId, String localTag) {
        return Optional.ofNullable(sessions.get(sessionKey(callId, localTag)));
    }

    /// How many transactions run or are remembered.
    public int transactionCount() {
        return transactions.size();
    }

    /// The address under which the other side reaches us, also for media: without brackets.
    public String addressFor(InetSocketAddress remote, Protocol protocol) {
        return addresses.toward(remote, ways().listening(protocol));
    }

    /// Our Contact toward the other end of this flow, as the value of the header.
    public String contact(Connection connection) {
        var protocol = connection.protocol();
        var transport =
                protocol == Protocol.UDP ? "" : ";transport=" + RequestMaker.transport(protocol);
        return "<sip:"
                + ownHost(connection)
                + ':'
                + ways().listening(protocol).getPort()
                + transport
                + '>';
    }

    /// The request with our Via on top, and with what every request of ours says.
    SipRequest stamped(SipRequest request, Connection toward) {
        var protocol = toward.protocol();
        var via =
                "SIP/2.0/"
                        + protocol
                        + ' '
                        + ownHost(toward)
                        + ':'
                        + ways().listening(protocol).getPort()
                        + ";branch="
                        + RequestMaker.branch(random)
                        + ";rport";
        return request.plusFirst("Via", via).with("User-Agent", settings.product());
    }

    /// A response to that request, with what every response of ours says.
    ///
    /// @param localTag the tag for To, unless it has one; empty for none
    SipResponse response(SipRequest request, int status, String reason, String localTag) {
        var response = SipResponse.to(request, status, reason).with("Server", settings.product());
        return localTag.isEmpty() ? response : tagged(response, localTag);
    }

    /// The response with a tag in To, when it has none and must have one (RFC 3261 §8.2.6.2).
    SipResponse tagged(SipResponse response) {
        return response.status() == 100 ? response : tagged(response, token());
    }

    private static SipResponse tagged(SipResponse response, String tag) {
        var to = response.to();
        return to.tag().isEmpty() ? response.with("To", to.withTag(tag).toString()) : response;
    }

    /// The tag for a response that leaves nothing behind: the same for each repetition of the request.
    String statelessTag(SipRequest request) {
        var mixed =
                (request.callId().hashCode() * 31L + request.from().tag().hashCode()) * 31L
                        + request.topVia().branch().hashCode();
        return RequestMaker.token((mixed ^ salt) * 0x9E37_79B9_7F4A_7C15L);
    }

    /// The answer to OPTIONS, with what we can do (RFC 3261 §11.2).
    SipResponse abilities(SipResponse response) {
        return response.with("Allow", RequestMaker.ALLOW)
                .with("Accept", SessionDescription.CONTENT_TYPE)
                .with("Supported", RequestMaker.SUPPORTED);
    }

    /// The request with the credentials for which a 401 or 407 asks; empty when it asks for none that we have.
    Optional<SipRequest> authorized(
            SipRequest request, SipResponse challenge, String username, String password) {
        var name = challenge.status() == 407 ? "Proxy-Authorization" : "Authorization";
        return Digest.authorization(challenge, request, username, password, token(), 1)
                .map(value -> request.with(name, value));
    }

    /// Finds the flow to the next hop and goes on with it in the turn: the given flow when it leads there, else one
    /// to the hop's address. A name is looked up on a thread of its own. Empty when there is no way.
    void reach(
            SipUri hop,
            Optional<Connection> known,
            boolean knownIsNearer,
            Turn turn,
            Consumer<Optional<Connection>> then) {
        var host = bare(hop.host());
        if (!isSpoken(hop)) {
            then.accept(known.filter(Connection::isOpen));
        } else if (isLiteral(host)) {
            then.accept(way(hop, literal(host), known, knownIsNearer));
        } else {
            lookUp(host, turn, address -> then.accept(way(hop, address, known, false)));
        }
    }

    /// False when the hop wants a transport that we do not have.
    private static boolean isSpoken(SipUri hop) {
        return !hop.hasParameter("transport") || RequestMaker.protocol(hop).isPresent();
    }

    private Optional<Connection> way(
            SipUri hop,
            Optional<InetAddress> address,
            Optional<Connection> known,
            boolean knownIsNearer) {
        if (address.isEmpty()) {
            return known.filter(Connection::isOpen);
        }
        var port = hop.port() > 0 ? hop.port() : DEFAULT_PORT;
        return Optional.of(
                flow(hop, new InetSocketAddress(address.get(), port), known, knownIsNearer));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private Connection flow(
            SipUri hop,
            InetSocketAddress remote,
            Optional<Connection> known,
            boolean knownIsNearer) {
        var protocol = RequestMaker.protocol(hop);
        if (known.isPresent()
                && known.get().isOpen()
                && leads(known.get(), remote, knownIsNearer)) {
            return known.get();
        }
        return ways().toward(protocol.orElse(Protocol.UDP), remote);
    }

    /// A flow leads to an address when it goes there, when it is a connection from that host (RFC 5923 in spirit), or
    /// when the address is a private one behind a NAT from which the flow came.
    private boolean leads(Connection known, InetSocketAddress remote, boolean knownIsNearer) {
        var there = known.remote();
        if (there.getAddress().equals(remote.getAddress())) {
            return known.isReliable() || there.getPort() == remote.getPort();
        }
        return knownIsNearer && addresses.isLocal(remote.getAddress());
    }

    private static void lookUp(String host, Turn turn, Consumer<Optional<InetAddress>> then) {
        Thread.ofVirtual()
                .name("sip-dns")
                .start(
                        () -> {
                            Optional<InetAddress> found;
                            try {
                                found = Optional.of(InetAddress.getByName(host));
                            } catch (UnknownHostException e) {
                                found = Optional.empty();
                            }
                            var address = found;
                            turn.run(() -> then.accept(address));
                        });
    }

    private String ownHost(Connection connection) {
        var host = addressFor(connection.remote(), connection.protocol());
        return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
    }

    private Flows ways() {
        var started = flows;
        if (started == null) {
            throw new IllegalStateException("the stack is not started");
        }
        return started;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        for (var i = 0; i < host.length(); i++) {
            var c = host.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static String sessionKey(String callId, String localTag) {
        return callId + '|' + localTag;
    }
}
