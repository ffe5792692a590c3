package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls to a domain with several servers, over real sockets and a real name server: when one is out of order, the next
/// one has the call (RFC 3263 §4.3).
class FailOverTest {
    private final DnsResponder dns = new DnsResponder();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(dns));
    private final Station caller = station(DnsLookup.at(dns.address()));
    private final Station first = station(DnsLookup.at(dns.address()));
    private final Station second = station(DnsLookup.at(dns.address()));

    FailOverTest() {
        serve("_udp", first.address, second.address);
    }

    private void serve(String protocol, InetSocketAddress one, InetSocketAddress other) {
        dns.knows(
                "_sip."
                        + protocol
                        + ".carrier.example. 60 IN SRV 1 0 "
                        + one.getPort()
                        + " h.carrier.example.",
                "_sip."
                        + protocol
                        + ".carrier.example. 60 IN SRV 2 0 "
                        + other.getPort()
                        + " h.carrier.example.",
                "h.carrier.example. 60 IN A 127.0.0.1");
    }

    private Station station(NameLookup names) {
        TimerThread clock = new TimerThread();
        Stack stack = new Stack(new SipSettings(), clock, new Random(open.size())::nextLong, names);
        Transports transports =
                Transports.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        stack.listener(),
                        new TransportLimits());
        open.add(transports);
        open.add(clock);
        return Station.on(stack, transports);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    private SipSession calls(String uri) {
        OutgoingInvite invite =
                OutgoingInvite.to(SipUri.parse(uri), NameAddress.of("Alice", caller.uri("alice")));
        return caller.stack.invite(invite.offering(Station.audio(4000)), caller);
    }

    private static void answer(Invitation invitation) {
        invitation.answer(Station.audio(4002));
    }

    @Test
    void a_server_that_says_503_has_the_next_one_called() {
        first.onInvitation = invitation -> invitation.reject(503, "", Map.of());
        second.onInvitation = FailOverTest::answer;
        SipSession session = calls("sip:+1415@carrier.example");
        assertThat(caller.awaits(SessionEvent.Answered.class)).isNotNull();
        assertThat(first.invitations).hasSize(1);
        assertThat(second.invitations).hasSize(1);
        String one = first.invitations.getFirst().request().topVia().branch();
        assertThat(second.invitations.getFirst().request().topVia().branch()).isNotEqualTo(one);
        assertThat(second.invitations.getFirst().request().callId())
                .isEqualTo(first.invitations.getFirst().request().callId());
        session.hangUp(Optional.empty());
        assertThat(caller.awaits(SessionEvent.Ended.class)).isNotNull();
    }

    @Test
    void the_next_call_begins_at_the_server_that_was_there() {
        first.onInvitation = invitation -> invitation.reject(503, "", Map.of());
        second.onInvitation = invitation -> invitation.reject(486, "", Map.of());
        calls("sip:+1415@carrier.example");
        assertThat(caller.awaits(SessionEvent.Refused.class).status()).isEqualTo(486);
        calls("sip:+1415@carrier.example");
        assertThat(caller.awaits(SessionEvent.Refused.class).status()).isEqualTo(486);
        assertThat(first.invitations).hasSize(1);
        assertThat(second.invitations).hasSize(2);
    }

    @Test
    void busy_is_an_answer_and_no_other_server_is_called() {
        first.onInvitation = invitation -> invitation.reject(486, "", Map.of());
        calls("sip:+1415@carrier.example");
        assertThat(caller.awaits(SessionEvent.Refused.class).status()).isEqualTo(486);
        assertThat(second.invitations).isEmpty();
    }

    @Test
    void when_all_say_503_that_is_what_comes_of_it() {
        first.onInvitation = invitation -> invitation.reject(503, "", Map.of());
        second.onInvitation = invitation -> invitation.reject(503, "", Map.of());
        calls("sip:+1415@carrier.example");
        assertThat(caller.awaits(SessionEvent.Refused.class).status()).isEqualTo(503);
    }

    @Test
    void a_domain_that_nobody_knows_is_no_way() {
        calls("sip:+1415@unknown.example");
        assertThat(caller.awaits(SessionEvent.Refused.class).status()).isEqualTo(503);
    }

    @Test
    void a_request_outside_any_call_goes_to_the_next_server_too() throws Exception {
        first.admission = new Admission.Refused(503, "Service Unavailable");
        Office office = new Office();
        open.add(office);
        dns.knows(
                "_sip._udp.office.example. 60 IN SRV 1 0 "
                        + first.address.getPort()
                        + " h.carrier.example.",
                "_sip._udp.office.example. 60 IN SRV 2 0 "
                        + office.address().getPort()
                        + " h.carrier.example.");
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        SipRequest register =
                SipRequest.of("REGISTER", SipUri.parse("sip:office.example"))
                        .with("Max-Forwards", "70")
                        .with("From", "<sip:a@office.example>;tag=1")
                        .with("To", "<sip:a@office.example>")
                        .with("Call-ID", "fail-over")
                        .with("CSeq", "1 REGISTER");
        caller.stack.request(register, Optional.empty(), answer::complete);
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(office.admitted()).hasSize(1);
    }

    @Test
    void a_server_that_says_nothing_is_passed_over_and_whatever_it_says_later_is_cleared_away()
            throws Exception {
        try (DatagramSocket silent =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            silent.setSoTimeout(20_000);
            dns.knows(
                    "_sip._udp.silent.example. 60 IN SRV 1 0 "
                            + silent.getLocalPort()
                            + " h.carrier.example.",
                    "_sip._udp.silent.example. 60 IN SRV 2 0 "
                            + second.address.getPort()
                            + " h.carrier.example.");
            second.onInvitation = FailOverTest::answer;
            SipSession session = calls("sip:+1415@silent.example");
            SipRequest invite = request(silent, "INVITE");
            caller.awaits(SessionEvent.Answered.class);
            say(
                    silent,
                    SipResponse.to(invite, 180, "Ringing")
                            .with("To", invite.to().withTag("late").toString()));
            assertThat(request(silent, "CANCEL").topVia().branch())
                    .isEqualTo(invite.topVia().branch());
            SipResponse ok =
                    SipResponse.to(invite, 200, "OK")
                            .with("To", invite.to().withTag("late").toString())
                            .with("Contact", "<sip:late@127.0.0.1:" + silent.getLocalPort() + ">")
                            .withBody(
                                    SessionDescription.CONTENT_TYPE, Station.audio(4004).toBytes());
            say(silent, ok);
            assertThat(request(silent, "ACK").to().tag()).isEqualTo("late");
            SipRequest bye = request(silent, "BYE");
            say(silent, SipResponse.to(bye, 200, "OK"));
            session.hangUp(Optional.empty());
            assertThat(caller.awaits(SessionEvent.Ended.class)).isNotNull();
        }
    }

    /// The next request of this method; others are passed over.
    private static SipRequest request(DatagramSocket socket, String method) throws Exception {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            SipMessage message = SipParser.parse(packet.getData(), packet.getLength());
            if (message instanceof SipRequest request && request.method().equals(method)) {
                return request;
            }
        }
    }

    private void say(DatagramSocket socket, SipResponse response) throws Exception {
        byte[] bytes = response.toBytes();
        socket.send(new DatagramPacket(bytes, bytes.length, caller.address));
    }
}
