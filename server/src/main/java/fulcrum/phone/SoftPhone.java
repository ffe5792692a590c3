package fulcrum.phone;

import fulcrum.exchange.Secrecy;
import fulcrum.media.Codec;
import fulcrum.media.Codecs;
import fulcrum.media.Media;
import fulcrum.media.RtpPorts;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.Digest;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.NameAddress;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.Protocol;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipSettings;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;
import fulcrum.sip.TimerThread;
import fulcrum.sip.TlsSettings;
import fulcrum.sip.TransportLimits;
import fulcrum.sip.Transports;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

/// A phone without a desk. Methods wait for the network; they are for the thread of whoever uses the phone.
///
/// 1. [#open] takes free ports on the address that leads to the server.
/// 2. [#register] makes it reachable; calling needs no registration.
/// 3. [#call] and [#awaitCall] begin calls, several at once if need be.
/// 4. [#close] hangs up what is left.
public final class SoftPhone implements AutoCloseable, SipApplication {
    private static final Duration ANSWER = Duration.ofSeconds(33);
    private static final Duration EAR = Duration.ofMillis(20);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final Login login;
    private final Protocol protocol;
    private final TimerThread timer = new TimerThread();
    private final Stack stack;
    private final Transports transports;
    private final Media media;
    private final InetAddress address;
    private final BlockingQueue<PhoneCall> incoming = new LinkedBlockingQueue<>();
    private final List<PhoneCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private final String registration;
    private final Thread ear;
    private volatile List<Codec> codecs = Codecs.ALL;
    private volatile boolean sealing;
    private volatile boolean closed;

    private SoftPhone(Login login, Protocol protocol, Optional<SSLContext> tls) {
        this.login = login;
        this.protocol = protocol;
        SecureRandom random = new SecureRandom();
        boolean isNear = login.server().getAddress().isLoopbackAddress();
        address =
                isNear
                        ? login.server().getAddress()
                        : InetAddress.ofLiteral(
                                login.server().getAddress() instanceof java.net.Inet6Address
                                        ? "::"
                                        : "0.0.0.0");
        stack =
                new Stack(
                        new SipSettings("Fulcrum phone", "", Duration.ofMinutes(5), 1000),
                        timer,
                        random::nextLong);
        InetSocketAddress anywhere = new InetSocketAddress(address, 0);
        transports =
                Transports.open(
                        anywhere,
                        tls.map(context -> new TlsSettings(anywhere, () -> context)),
                        stack.listener(),
                        new TransportLimits());
        media = Media.start(RtpPorts.ephemeral(), 1);
        registration = stack.token();
        ear = Thread.ofPlatform().name("phone-ear").daemon().unstarted(this::listen);
    }

    /// Opens a phone that speaks SIP over UDP.
    ///
    /// @throws fulcrum.sip.SipFailed when no port is free
    public static SoftPhone open(Login login) {
        return open(login, Protocol.UDP);
    }

    /// Opens a phone.
    ///
    /// @throws fulcrum.sip.SipFailed when no port is free
    public static SoftPhone open(Login login, Protocol protocol) {
        return open(new SoftPhone(login, protocol, Optional.empty()));
    }

    /// Opens a phone that speaks SIP over TLS.
    ///
    /// @param context decides which servers are believed
    /// @throws fulcrum.sip.SipFailed when no port is free
    public static SoftPhone open(Login login, SSLContext context) {
        return open(new SoftPhone(login, Protocol.TLS, Optional.of(context)));
    }

    private static SoftPhone open(SoftPhone phone) {
        phone.stack.startOn(phone.transports, phone);
        phone.ear.start();
        return phone;
    }

    Login login() {
        return login;
    }

    Stack stack() {
        return stack;
    }

    Media media() {
        return media;
    }

    InetAddress address() {
        return address;
    }

    /// Where it takes SIP over UDP, for whoever rings it without its registration: `host:port`.
    public String place() {
        return address.getHostAddress() + ":" + transports.listening(Protocol.UDP).getPort();
    }

    /// Speaks only these codecs in calls to come, best first.
    public void speak(List<Codec> only) {
        codecs = List.copyOf(only);
    }

    /// Speaks only encrypted sound in calls to come, or whatever the other side wants.
    public void encrypt(boolean on) {
        sealing = on;
    }

    Secrecy secrecy() {
        return sealing ? Secrecy.required() : Secrecy.ifAsked();
    }

    List<Codec> codecs() {
        return codecs;
    }

    /// The address that the other side is told for sound.
    String ownHost() {
        return stack.addressFor(login.server(), protocol);
    }

    private Connection server() {
        return transports.toward(protocol, login.server());
    }

    private SipUri self() {
        return SipUri.of(login.username(), login.realm(), 0);
    }

    /// Registers, or with a length of zero unregisters.
    ///
    /// @return the final status: 200 when all went well
    public int register(Duration length) {
        SipRequest request = registerRequest(length);
        SipResponse first = answerTo(request);
        if (first.status() != 401 && first.status() != 407) {
            return first.status();
        }
        Optional<String> proof =
                Digest.authorization(
                        first, request, login.username(), login.password(), stack.token(), 1);
        if (proof.isEmpty()) {
            return first.status();
        }
        return answerTo(registerRequest(length).with("Authorization", proof.get())).status();
    }

    private SipRequest registerRequest(Duration length) {
        SipUri registrar = SipUri.of("", login.realm(), 0);
        NameAddress self = NameAddress.of(login.displayName(), self());
        return SipRequest.of("REGISTER", registrar)
                .with("Max-Forwards", "70")
                .with("From", self.withTag(stack.token()).toString())
                .with("To", self.toString())
                .with("Call-ID", registration)
                .with("CSeq", sequence.incrementAndGet() + " REGISTER")
                .with("Contact", stack.contact(server()))
                .with("Expires", String.valueOf(length.toSeconds()));
    }

    private SipResponse answerTo(SipRequest request) {
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        stack.request(request, Optional.of(server()), answer::complete);
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return SipResponse.to(request, 408, "Request Timeout");
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException("the answer to a request was lost", failed);
        }
    }

    /// Calls a number of the server's.
    public PhoneCall call(String number) {
        return call(number, login.displayName(), login.username(), Map.of());
    }

    /// Calls a number, showing another name and number than the login's.
    ///
    /// @param headers further headers of the INVITE
    public PhoneCall call(
            String number, String shownName, String shownNumber, Map<String, String> headers) {
        SipUri target = SipUri.of(number, login.realm(), 0);
        NameAddress from = NameAddress.of(shownName, self().withUser(shownNumber));
        OutgoingInvite invite =
                OutgoingInvite.to(target, from)
                        .over(server())
                        .authenticatedBy(login.username(), login.password());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            invite = invite.with(header.getKey(), header.getValue());
        }
        return begin(invite, true);
    }

    /// As [#call(String)], but lets the other side offer first (RFC 3261 §13.2.1).
    public PhoneCall callWithoutOffer(String number) {
        NameAddress from = NameAddress.of(login.displayName(), self());
        OutgoingInvite invite =
                OutgoingInvite.to(SipUri.of(number, login.realm(), 0), from)
                        .over(server())
                        .authenticatedBy(login.username(), login.password());
        return begin(invite, false);
    }

    private PhoneCall begin(OutgoingInvite invite, boolean offering) {
        PhoneCall call = new PhoneCall(this);
        calls.add(call);
        call.begin(invite, offering);
        return call;
    }

    /// The next call that comes in, ringing.
    public Optional<PhoneCall> awaitCall(Duration patience) {
        try {
            return Optional.ofNullable(incoming.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        return new Admission.Admitted();
    }

    @Override
    public void invited(Invitation invitation) {
        PhoneCall call = new PhoneCall(this);
        calls.add(call);
        call.rings(invitation);
        incoming.add(call);
    }

    @Override
    public void requested(IncomingRequest request) {
        request.respond(200, "OK", Map.of());
    }

    /// Moves what the media threads heard to where it can be looked at.
    private void listen() {
        while (!closed) {
            calls.removeIf(SoftPhone::isHeardOut);
            try {
                Thread.sleep(EAR);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /// @return true when the call is over and everything of it was heard
    private static boolean isHeardOut(PhoneCall call) {
        boolean last =
                call.isOver(); // looked at first, so that nothing that came before the end is
        // missed
        call.hearing().listen();
        if (last) {
            call.hearing().end();
        }
        return last;
    }

    /// A call is over as soon as it is hung up; its BYE is on its way until it is answered.
    private void awaitNoSessions() {
        long end = System.nanoTime() + LEAVING.toNanos();
        while (stack.sessionCount() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(EAR);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        for (PhoneCall call : calls) {
            call.hangUp();
        }
        for (PhoneCall call : calls) {
            call.awaitEnd(LEAVING);
        }
        awaitNoSessions();
        closed = true;
        ear.interrupt();
        transports.close();
        media.close();
        timer.close();
    }
}
