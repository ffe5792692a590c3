package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Many calls over a network that loses, doubles and reorders. Whatever happens, each side is told one end for each
/// call, both sides agree whether it was up, and nothing stays behind.
class LossyTest {
    private final VirtualClock clock = new VirtualClock();

    /// One call as both sides saw it.
    private static final class Seen implements SessionListener {
        private final List<SessionEvent> events = new ArrayList<>();

        @Override
        public void happened(SessionEvent event) {
            events.add(event);
        }

        private long ends() {
            return events.stream()
                    .filter(
                            event ->
                                    event instanceof SessionEvent.Ended
                                            || event instanceof SessionEvent.Refused
                                            || event instanceof SessionEvent.Cancelled)
                    .count();
        }

        private boolean wasUp() {
            return events.stream()
                    .anyMatch(
                            event ->
                                    event instanceof SessionEvent.Answered
                                            || event instanceof SessionEvent.Confirmed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void every_call_ends_once_on_both_sides_and_nothing_stays_behind(long seed) {
        var network = new MemoryNetwork(clock, seed);
        network.worsen(0.25, 0.2, 300);
        var alice = Station.on(network, clock, "192.0.2.1");
        var bob = Station.on(network, clock, "192.0.2.2");
        var chance = new Random(seed);
        var callees = new ArrayList<Seen>();
        bob.onInvitation =
                invitation -> {
                    var seen = new Seen();
                    callees.add(seen);
                    invitation.listen(seen);
                    serve(invitation, chance);
                };
        var callers = new ArrayList<Seen>();
        for (var i = 0; i < 100; i++) {
            var seen = new Seen();
            callers.add(seen);
            var call = alice.inviteTo(bob).offering(Station.audio(4000));
            var session =
                    alice.stack.invite(i % 3 == 0 ? call.with("Require", "100rel") : call, seen);
            clock.schedule(chance.nextLong(20_000), () -> alice.hangsUp(session));
            clock.pass(50);
        }
        clock.passSeconds(20);
        bob.invitations.forEach(one -> bob.hangsUp(one.session()));
        clock.passSeconds(200);
        assertThat(callers).allSatisfy(seen -> assertThat(seen.ends()).isEqualTo(1));
        assertThat(callees).allSatisfy(seen -> assertThat(seen.ends()).isEqualTo(1));
        assertThat(callers.stream().filter(Seen::wasUp).count()).isBetween(20L, 90L);
        assertThat(callers)
                .allSatisfy(
                        seen ->
                                assertThat(seen.events.getLast())
                                        .isInstanceOfAny(
                                                SessionEvent.Ended.class,
                                                SessionEvent.Refused.class));
        assertThat(alice.stack.sessionCount() + bob.stack.sessionCount()).isZero();
        assertThat(alice.stack.transactionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }

    private void serve(Invitation invitation, Random chance) {
        clock.schedule(chance.nextLong(500), invitation::ring);
        if (chance.nextInt(5) == 0) {
            clock.schedule(
                    500 + chance.nextLong(5_000),
                    () -> invitation.reject(486, "Busy Here", Map.of()));
        } else {
            clock.schedule(
                    500 + chance.nextLong(5_000), () -> invitation.answer(Station.audio(5000)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void every_request_is_served_once_and_answered_once_or_timed_out(long seed) {
        var network = new MemoryNetwork(clock, seed);
        network.worsen(0.4, 0.3, 1_000);
        var alice = Station.on(network, clock, "192.0.2.1");
        var bob = Station.on(network, clock, "192.0.2.2");
        var answers = new ArrayList<AtomicInteger>();
        for (var i = 0; i < 200; i++) {
            var count = new AtomicInteger();
            answers.add(count);
            var request =
                    SipRequest.of("MESSAGE", bob.uri("bob"))
                            .with("From", "<sip:alice@example.com>;tag=a" + i)
                            .with("To", "<sip:bob@example.com>")
                            .with("Call-ID", "lossy-" + i)
                            .with("CSeq", "1 MESSAGE")
                            .with("Max-Forwards", "70");
            alice.stack.request(request, Optional.empty(), _ -> count.incrementAndGet());
            clock.pass(20);
        }
        for (var i = 0; i < 40; i++) {
            clock.passSeconds(1);
            bob.requests.forEach(one -> one.respond(200, "OK", Map.of()));
        }
        clock.passSeconds(100);
        assertThat(answers).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(bob.requests.stream().map(one -> one.request().callId()).distinct())
                .hasSameSizeAs(bob.requests);
        assertThat(alice.stack.transactionCount() + bob.stack.transactionCount()).isZero();
        assertThat(clock.pending()).isZero();
    }
}
