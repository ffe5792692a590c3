package fulcrum.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One side of a test: a stack with an application that notes what it hears and does what the test said.
final class Station implements SipApplication, SessionListener {
    private static final SipSettings SETTINGS =
            new SipSettings()
                    .challengingWith(List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5));

    final Stack stack;
    final InetSocketAddress address;
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    final List<Invitation> invitations = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<SessionEvent> unseen = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Invitation> unanswered = new LinkedBlockingQueue<>();
    final List<IncomingRequest> requests = new ArrayList<>();
    Admission admission = new Admission.Admitted();
    Consumer<Invitation> onInvitation = _ -> {};
    Consumer<SessionEvent> onEvent = _ -> {};

    private Station(Stack stack, InetSocketAddress address) {
        this.stack = stack;
        this.address = address;
    }

    /// A station on a network in memory.
    static Station on(MemoryNetwork network, VirtualClock clock, String host) {
        return on(network, clock, host, SETTINGS);
    }

    static Station on(
            MemoryNetwork network, VirtualClock clock, String host, SipSettings settings) {
        var random = new Random(host.hashCode());
        var stack = new Stack(settings, clock, random::nextLong);
        var address = MemoryNetwork.address(host, 5060);
        var station = new Station(stack, address);
        stack.startOn(network.place(address, Protocol.UDP, stack.listener()), station);
        return station;
    }

    /// A station on loopback sockets; the transports are the test's to close.
    static Station on(Stack stack, Transports transports) {
        var station = new Station(stack, transports.listening(Protocol.UDP));
        stack.startOn(transports, station);
        return station;
    }

    SipUri uri(String user) {
        return SipUri.of(user, OwnAddresses.text(address.getAddress()), address.getPort());
    }

    OutgoingInvite inviteTo(Station other) {
        return OutgoingInvite.to(other.uri("bob"), NameAddress.of("Alice", uri("alice")));
    }

    SipSession calls(Station other) {
        return stack.invite(inviteTo(other).offering(audio(4000)), this);
    }

    Invitation invitation() {
        return invitations.getLast();
    }

    static SessionDescription audio(int port) {
        return audio(port, MediaDirection.SENDRECV);
    }

    static SessionDescription audio(int port, MediaDirection direction) {
        var media =
                SdpMedia.of("audio", port, "RTP/AVP", List.of("0", "8")).withDirection(direction);
        return SessionDescription.of("192.0.2.9", List.of(media));
    }

    static int portOf(SessionDescription description) {
        return description.audio().map(SdpMedia::port).orElse(0);
    }

    /// The last event of that kind.
    <E extends SessionEvent> E heard(Class<E> kind) {
        return events.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no " + kind.getSimpleName() + " among " + kinds()));
    }

    boolean hasHeard(Class<? extends SessionEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    /// The events by the names of their kinds, in order.
    List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /// The next event of that kind, waited for when the station is on real sockets; events before it are skipped.
    <E extends SessionEvent> E awaits(Class<E> kind) {
        while (true) {
            var event = next(unseen);
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /// The next call that comes in, waited for.
    Invitation awaitsCall() {
        return next(unanswered);
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) {
        try {
            var next = queue.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing happened");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        return admission;
    }

    @Override
    public void invited(Invitation invitation) {
        invitation.listen(this);
        invitations.add(invitation);
        onInvitation.accept(invitation);
        unanswered.add(invitation);
    }

    @Override
    public void requested(IncomingRequest request) {
        requests.add(request);
    }

    @Override
    public void happened(SessionEvent event) {
        events.add(event);
        onEvent.accept(event);
        unseen.add(event);
    }

    void hangsUp(SipSession session) {
        session.hangUp(Optional.empty());
    }
}
