package fulcrum.loopback;

import fulcrum.exchange.Negotiation;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.Digest;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.Protocol;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipSettings;
import fulcrum.sip.Stack;
import fulcrum.sip.TimerThread;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A carrier's gateway: asks for a password when it has one, and hands every INVITE to the test.
final class Gateway implements SipApplication, AutoCloseable {
    private static final String REALM = "carrier.example";

    private final String password;
    private final TimerThread timer = new TimerThread();
    private final Stack stack = new Stack(new SipSettings(), timer, new SecureRandom()::nextLong);
    private final Transports transports;
    private final BlockingQueue<Invitation> invitations = new LinkedBlockingQueue<>();
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final List<SipRequest> requests = new CopyOnWriteArrayList<>();

    /// @param password empty: everybody is let in
    Gateway(String password) {
        this.password = password;
        transports =
                Transports.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        stack.listener(),
                        new TransportLimits());
        stack.startOn(transports, this);
    }

    /// A number behind it.
    String uri(String number) {
        int port = transports.listening(Protocol.UDP).getPort();
        return "sip:" + number + "@127.0.0.1:" + port;
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        boolean proved =
                password.isEmpty()
                        || Digest.credentials(request, REALM)
                                .filter(given -> Digest.verify(request, given, password))
                                .isPresent();
        return proved ? new Admission.Admitted() : new Admission.Challenged(REALM, false);
    }

    @Override
    public void invited(Invitation invitation) {
        invitation.listen(events::add);
        invitations.add(invitation);
    }

    @Override
    public void requested(IncomingRequest request) {
        requests.add(request.request());
        request.respond(200, "OK", Map.of());
    }

    Invitation awaitInvitation(Duration patience) throws InterruptedException {
        return Optional.ofNullable(invitations.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
                .orElseThrow();
    }

    void answer(Invitation invitation) {
        invitation.answer(
                Negotiation.answer(invitation.offer().orElseThrow(), "127.0.0.1", 9).orElseThrow());
    }

    /// What happened on its calls.
    List<SessionEvent> events() {
        return events;
    }

    /// What it was asked outside calls, and let in.
    List<SipRequest> requests() {
        return requests;
    }

    int sessions() {
        return stack.sessionCount();
    }

    @Override
    public void close() {
        transports.close();
        timer.close();
    }
}
