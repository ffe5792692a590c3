package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
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

    private final SipSettings settings;
    private final Nonces nonces;
    private final LongSupplier random;
    private final TransactionTable transactions;
    private final OwnAddresses addresses;
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final long salt;
    private final NameLookup names;
    private volatile @Nullable Flows flows;
    private volatile @Nullable Core core;
    private volatile @Nullable Locator locator;

    /// @param clock  a [TimerThread], or a test's virtual one
    /// @param random for tags, branches and Call-IDs; any bits, from any thread
    public Stack(SipSettings settings, SipClock clock, LongSupplier random) {
        this(settings, clock, random, DnsLookup.ofSystem());
    }

    /// As the other one, asking these name servers.
    public Stack(SipSettings settings, SipClock clock, LongSupplier random, NameLookup names) {
        this.names = names;
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
        var finder = new ServerFinder(names, newFlows::speaks, random);
        locator = new Locator(finder, newFlows, addresses, this::nowMillis);
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
                        call.callId().isEmpty() ? token() + "@fulcrum" : call.callId(),
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
        turn.run(() -> new LoneRequest(this, turn, "", answer).send(request, over));
    }

    /// As the other one, with our Contact toward wherever the request goes.
    ///
    /// @param contactUser the user of the Contact; empty: the request gets none
    public void request(SipRequest request, String contactUser, Consumer<SipResponse> answer) {
        var turn = new Turn();
        turn.run(
                () ->
                        new LoneRequest(this, turn, contactUser, answer)
                                .send(request, Optional.empty()));
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
        return contact(connection, false);
    }

    /// Our Contact toward the other end of this flow, as the value of the header.
    ///
    /// @param secure whether it must be a `sips` URI, as when the other side's is (RFC 3261 §12.1.1)
    String contact(Connection connection, boolean secure) {
        var protocol = connection.protocol();
        if (secure && protocol == Protocol.TLS) {
            return "<sips:"
                    + ownHost(connection)
                    + ':'
                    + ways().listening(protocol).getPort()
                    + '>';
        }
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

    /// As [Locator#reach].
    void reach(
            SipUri hop,
            Optional<Connection> known,
            boolean knownIsNearer,
            Turn turn,
            Consumer<Optional<Connection>> then) {
        locator().reach(hop, known, knownIsNearer, turn, then);
    }

    /// Finds the ways to next hops.
    Locator locator() {
        var found = locator;
        if (found == null) {
            throw new IllegalStateException("the stack is not started");
        }
        return found;
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

    private static String sessionKey(String callId, String localTag) {
        return callId + '|' + localTag;
    }
}
