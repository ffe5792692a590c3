package fulcrum.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A running stack on loopback sockets with the simplest of applications: it is busy for calls, says yes to anything
/// else, and asks for credentials from whoever shows some that it does not know.
final class Office implements SipApplication, AutoCloseable {
    private static final SipSettings SETTINGS =
            new SipSettings()
                    .challengingWith(List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5));

    private final TimerThread clock = new TimerThread();
    private final Stack stack = new Stack(SETTINGS, clock, new Random(3261)::nextLong);
    private final Transports transports;
    private final List<SipRequest> admitted = new CopyOnWriteArrayList<>();

    Office() {
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        transports = Transports.open(anywhere, stack.listener(), new TransportLimits());
        stack.startOn(transports, this);
    }

    InetSocketAddress address() {
        return transports.listening(Protocol.UDP);
    }

    /// Every request that was let in.
    List<SipRequest> admitted() {
        return admitted;
    }

    int transactionCount() {
        return stack.transactions().size();
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        var realm = "example.com";
        if (request.hasHeader("Authorization") && Digest.credentials(request, realm).isEmpty()) {
            return new Admission.Challenged(realm, false);
        }
        admitted.add(request);
        return new Admission.Admitted();
    }

    @Override
    public void invited(Invitation invitation) {
        invitation.listen(_ -> {});
        invitation.reject(486, "Busy Here", Map.of());
    }

    @Override
    public void requested(IncomingRequest request) {
        request.respond(200, "OK", Map.of());
    }

    @Override
    public void close() {
        transports.close();
        clock.close();
    }
}
