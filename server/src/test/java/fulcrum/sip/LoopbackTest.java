package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import fulcrum.secure.TestAuthority;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/// Whole calls between two stacks over loopback sockets and the machine's clock.
class LoopbackTest {
    private final TimerThread clock = new TimerThread();
    private final List<Transports> opened = new ArrayList<>();
    private final SSLContext context = context();
    private final Station alice = station("127.0.0.1", 1);
    private final Station bob = station("127.0.0.1", 2);

    private static SSLContext context() {
        var authority = new TestAuthority();
        return authority.context(authority.issue("loopback", "127.0.0.1"));
    }

    private Station station(String host, long seed) {
        var random = new Random(seed);
        var stack = new Stack(new SipSettings(), clock, random::nextLong);
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral(host), 0);
        var transports =
                Transports.open(
                        anywhere,
                        Optional.of(new TlsSettings(anywhere, () -> context)),
                        stack.listener(),
                        new TransportLimits());
        opened.add(transports);
        return Station.on(stack, transports);
    }

    @AfterEach
    void close() {
        opened.forEach(Transports::close);
        clock.close();
    }

    private OutgoingInvite call(Protocol protocol) {
        var port = opened.getLast().listening(protocol).getPort();
        var target =
                SipUri.of("bob", "127.0.0.1", port)
                        .withParameter("transport", RequestMaker.transport(protocol));
        return OutgoingInvite.to(target, NameAddress.of("Alice", alice.uri("alice")))
                .offering(Station.audio(4000));
    }

    @ParameterizedTest
    @EnumSource
    void a_call_is_made_held_and_ended(Protocol protocol) {
        bob.onEvent =
                event -> {
                    if (event instanceof SessionEvent.Reoffered(_, var reply)) {
                        reply.accept(Station.audio(5002));
                    }
                };
        var session = alice.stack.invite(call(protocol), alice);
        var invitation = bob.awaitsCall();
        assertThat(invitation.connection().protocol()).isEqualTo(protocol);
        assertThat(invitation.request().topVia().received()).hasValue("127.0.0.1");
        invitation.ring();
        assertThat(alice.awaits(SessionEvent.Ringing.class).status()).isEqualTo(180);
        invitation.answer(Station.audio(5000));
        assertThat(Station.portOf(alice.awaits(SessionEvent.Answered.class).description()))
                .isEqualTo(5000);
        bob.awaits(SessionEvent.Confirmed.class);
        session.reoffer(Station.audio(4000, MediaDirection.SENDONLY));
        assertThat(Station.portOf(alice.awaits(SessionEvent.Reanswered.class).description()))
                .isEqualTo(5002);
        session.send("INFO", "application/dtmf-relay", "Signal=1".getBytes(UTF_8));
        assertThat(bob.awaits(SessionEvent.InfoReceived.class).body())
                .isEqualTo("Signal=1".getBytes(UTF_8));
        bob.hangsUp(invitation.session());
        assertThat(alice.awaits(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
        assertThat(bob.awaits(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.LOCAL);
    }

    @ParameterizedTest
    @EnumSource
    void a_call_is_cancelled(Protocol protocol) {
        var session = alice.stack.invite(call(protocol), alice);
        bob.awaitsCall().ring();
        alice.awaits(SessionEvent.Ringing.class);
        alice.hangsUp(session);
        bob.awaits(SessionEvent.Cancelled.class);
        assertThat(alice.awaits(SessionEvent.Refused.class).status()).isEqualTo(487);
    }

    @Test
    void a_call_to_a_sips_address_goes_over_tls_and_names_sips_contacts() {
        var port = opened.getLast().listening(Protocol.TLS).getPort();
        var target = SipUri.parse("sips:bob@127.0.0.1:" + port);
        var session =
                alice.stack.invite(
                        OutgoingInvite.to(target, NameAddress.of("Alice", alice.uri("alice")))
                                .offering(Station.audio(4000)),
                        alice);
        var invitation = bob.awaitsCall();
        assertThat(invitation.connection().protocol()).isEqualTo(Protocol.TLS);
        assertThat(invitation.request().topVia().transport()).isEqualTo("TLS");
        assertThat(invitation.request().contacts().getFirst().uri().isSecure()).isTrue();
        invitation.answer(Station.audio(5000));
        alice.awaits(SessionEvent.Answered.class);
        bob.awaits(SessionEvent.Confirmed.class);
        alice.hangsUp(session);
        assertThat(bob.awaits(SessionEvent.Ended.class).cause())
                .isEqualTo(SessionEvent.Cause.REMOTE);
        assertThat(opened.getLast().connectionCount()).isEqualTo(1);
    }

    @Test
    void everything_of_one_call_over_tcp_goes_over_one_connection() {
        var session = alice.stack.invite(call(Protocol.TCP), alice);
        var invitation = bob.awaitsCall();
        invitation.answer(Station.audio(5000));
        alice.awaits(SessionEvent.Answered.class);
        bob.awaits(SessionEvent.Confirmed.class);
        bob.hangsUp(invitation.session());
        alice.awaits(SessionEvent.Ended.class);
        assertThat(opened.get(0).connectionCount()).isEqualTo(1);
        assertThat(opened.get(1).connectionCount()).isEqualTo(1);
        assertThat(session.connection().isReliable()).isTrue();
        assertThat(session.connection().id()).startsWith("tcp/127.0.0.1/");
    }

    @Test
    void a_call_over_tcp_to_a_port_where_nobody_listens_ends_before_its_time() {
        opened.getLast().close();
        alice.stack.invite(call(Protocol.TCP), alice);
        assertThat(alice.awaits(SessionEvent.Refused.class).status()).isEqualTo(408);
    }

    @Test
    void a_thread_that_was_interrupted_sends_and_closes_nothing() throws Exception {
        var sent = new CountDownLatch(1);
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    Thread.currentThread().interrupt();
                                    alice.stack.invite(call(Protocol.UDP), alice);
                                    sent.countDown();
                                });
        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        thread.join();
        bob.awaitsCall().answer(Station.audio(5000));
        alice.awaits(SessionEvent.Answered.class);
    }

    @Test
    void a_hundred_calls_at_once_each_get_their_own_answer() {
        bob.onInvitation =
                invitation -> {
                    var port = Station.portOf(invitation.offer().orElseThrow());
                    invitation.answer(Station.audio(port + 1));
                };
        var answers = new ConcurrentHashMap<Integer, Integer>();
        var left = new CountDownLatch(100);
        for (var i = 0; i < 100; i++) {
            var port = 10_000 + 2 * i;
            var protocol = i % 2 == 0 ? Protocol.UDP : Protocol.TCP;
            alice.stack.invite(
                    call(protocol).offering(Station.audio(port)),
                    event -> {
                        if (event instanceof SessionEvent.Answered(var description)) {
                            answers.put(port, Station.portOf(description));
                            left.countDown();
                        }
                    });
        }
        await(left);
        assertThat(answers)
                .hasSize(100)
                .allSatisfy((ours, theirs) -> assertThat(theirs).isEqualTo(ours + 1));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
