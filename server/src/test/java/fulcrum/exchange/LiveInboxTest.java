package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.call.HangupCause;
import fulcrum.call.Inbox;
import fulcrum.call.LegEvent;
import fulcrum.call.Value;
import fulcrum.sip.SipClock;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

class LiveInboxTest {
    private static final Instant BEGUN = Instant.parse("2024-05-01T12:00:00Z");

    /// A wall clock that a test moves.
    private static final class Hands extends Clock {
        private volatile Instant now = BEGUN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /// An alarm that rings when a test says so.
    private static final class Bell implements SipClock.Alarm {
        private final Duration delay;
        private final Runnable action;
        private volatile boolean cancelled;

        Bell(long millis, Runnable action) {
            this.delay = Duration.ofMillis(millis);
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /// Keeps the alarms that were set.
    private static final class Bells implements SipClock {
        private final BlockingQueue<Bell> set = new LinkedBlockingQueue<>();

        @Override
        public long nowMillis() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Alarm schedule(long delayMillis, Runnable action) {
            Bell bell = new Bell(delayMillis, action);
            set.add(bell);
            return bell;
        }

        /// Waits until the next alarm is set; its owner waits, or is about to.
        Bell await() throws InterruptedException {
            Bell bell = set.poll(30, TimeUnit.SECONDS);
            assertThat(bell).as("an alarm").isNotNull();
            return bell;
        }
    }

    private final Hands clock = new Hands();
    private final Bells bells = new Bells();
    private final AtomicInteger overflows = new AtomicInteger();
    private final LiveInbox inbox = new LiveInbox(clock, bells, overflows::incrementAndGet);

    private static Value key(char digit) {
        return new LegEvent.DigitPressed("leg", digit, Duration.ofMillis(100));
    }

    private static Instant after(long millis) {
        return BEGUN.plusMillis(millis);
    }

    private CompletableFuture<Inbox.Arrival> waiting(Instant deadline) {
        CompletableFuture<Inbox.Arrival> arrival = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                arrival.complete(inbox.next(deadline));
                            } catch (RuntimeException failed) {
                                arrival.completeExceptionally(failed);
                            }
                        });
        return arrival;
    }

    private static Inbox.Arrival soon(CompletableFuture<Inbox.Arrival> arrival) throws Exception {
        return arrival.get(30, TimeUnit.SECONDS);
    }

    @Test
    void values_are_read_in_order_and_without_an_alarm() {
        List<Value> posted = List.of(key('1'), key('2'), key('3'));
        posted.forEach(value -> assertThat(inbox.post(value)).isTrue());
        assertThat(inbox.waitingSince()).hasValue(BEGUN);
        List<Value> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            read.add(inbox.next(after(5000)).value());
        }
        assertThat(read).isEqualTo(posted);
        assertThat(inbox.waitingSince()).isEmpty();
        assertThat(bells.set).isEmpty();
    }

    @Test
    void a_value_ends_a_wait_at_the_time_it_is_read() throws Exception {
        CompletableFuture<Inbox.Arrival> arrival = waiting(after(5000));
        bells.await();
        clock.now = after(700);
        inbox.post(key('7'));
        assertThat(soon(arrival)).isEqualTo(new Inbox.Arrival(after(700), key('7')));
    }

    @Test
    void a_wait_ends_when_its_time_is_over() throws Exception {
        CompletableFuture<Inbox.Arrival> arrival = waiting(after(5000));
        Bell bell = bells.await();
        assertThat(bell.delay).isBetween(Duration.ofMillis(5000), Duration.ofMillis(5001));
        clock.now = after(5003);
        bell.action.run();
        assertThat(soon(arrival)).isEqualTo(new Inbox.Arrival(after(5003), new Value.Elapsed()));
    }

    @Test
    void an_alarm_that_rings_before_the_wall_clock_is_there_is_set_again() throws Exception {
        CompletableFuture<Inbox.Arrival> arrival = waiting(after(5000));
        Bell early = bells.await();
        clock.now = after(4000);
        early.action.run();
        Bell again = bells.await();
        assertThat(again.delay).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1001));
        assertThat(arrival).isNotDone();
        clock.now = after(5000);
        again.action.run();
        assertThat(soon(arrival).value()).isEqualTo(new Value.Elapsed());
    }

    @Test
    void a_time_that_is_over_already_is_not_waited_for() {
        assertThat(inbox.next(BEGUN).value()).isEqualTo(new Value.Elapsed());
        assertThat(bells.set).isEmpty();
    }

    @Test
    void a_later_wait_makes_do_with_the_alarm_of_an_earlier_one() throws Exception {
        CompletableFuture<Inbox.Arrival> first = waiting(after(1000));
        Bell standing = bells.await();
        inbox.post(key('1'));
        soon(first);
        assertThat(standing.cancelled).isFalse();

        CompletableFuture<Inbox.Arrival> second = waiting(after(3000));
        awaitWaiting();
        assertThat(bells.set).isEmpty();
        clock.now = after(1000);
        standing.action.run();
        Bell next = bells.await();
        assertThat(second).isNotDone();
        clock.now = after(3000);
        next.action.run();
        assertThat(soon(second).value()).isEqualTo(new Value.Elapsed());
    }

    @Test
    void a_shorter_wait_takes_the_place_of_the_standing_alarm() throws Exception {
        CompletableFuture<Inbox.Arrival> first = waiting(after(60_000));
        Bell standing = bells.await();
        inbox.post(key('1'));
        soon(first);
        CompletableFuture<Inbox.Arrival> second = waiting(after(2000));
        Bell shorter = bells.await();
        assertThat(standing.cancelled).isTrue();
        clock.now = after(2000);
        shorter.action.run();
        assertThat(soon(second).value()).isEqualTo(new Value.Elapsed());
    }

    @Test
    void a_wait_for_ever_sets_no_alarm_and_is_not_ended_by_an_old_one() throws Exception {
        CompletableFuture<Inbox.Arrival> first = waiting(after(1000));
        Bell standing = bells.await();
        inbox.post(key('1'));
        soon(first);
        CompletableFuture<Inbox.Arrival> forEver = waiting(Inbox.FOREVER);
        awaitWaiting();
        clock.now = after(1000);
        standing.action.run();
        assertThat(bells.set).isEmpty();
        assertThat(forEver).isNotDone();
        inbox.post(key('2'));
        assertThat(soon(forEver).value()).isEqualTo(key('2'));
    }

    /// Waits until the owner is parked: what it looks at is then decided.
    private void awaitWaiting() {
        while (!inbox.isWaiting()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void of_many_posts_at_once_none_is_lost() throws Exception {
        CompletableFuture<Inbox.Arrival> arrival = waiting(Inbox.FOREVER);
        awaitWaiting();
        inbox.post(key('1'));
        inbox.post(key('2'));
        inbox.post(key('3'));
        assertThat(soon(arrival).value()).isEqualTo(key('1'));
        assertThat(inbox.next(BEGUN).value()).isEqualTo(key('2'));
        assertThat(inbox.next(BEGUN).value()).isEqualTo(key('3'));
    }

    @Test
    void an_ended_inbox_leaves_no_alarm_and_takes_nothing() throws Exception {
        CompletableFuture<Inbox.Arrival> first = waiting(after(1000));
        Bell standing = bells.await();
        inbox.post(key('1'));
        soon(first);
        inbox.post(key('2'));
        assertThat(inbox.end()).containsExactly(key('2'));
        assertThat(standing.cancelled).isTrue();
        assertThat(inbox.post(key('3'))).isFalse();
        assertThat(inbox.size()).isZero();
    }

    @Test
    void what_does_not_fit_is_refused_and_told_once_but_a_hangup_always_fits() {
        for (int i = 0; i < LiveInbox.MOST; i++) {
            assertThat(inbox.post(key('1'))).isTrue();
        }
        assertThat(inbox.post(key('2'))).isFalse();
        assertThat(inbox.post(key('3'))).isFalse();
        assertThat(overflows).hasValue(1);
        assertThat(inbox.post(new LegEvent.HungUp("leg", HangupCause.NORMAL_CLEARING, 0, true)))
                .isTrue();
        assertThat(inbox.size()).isEqualTo(LiveInbox.MOST + 1);
    }

    @Test
    void a_wait_that_is_interrupted_ends_the_call() {
        CompletableFuture<Inbox.Arrival> arrival = new CompletableFuture<>();
        Thread owner =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        arrival.complete(inbox.next(Inbox.FOREVER));
                                    } catch (RuntimeException failed) {
                                        arrival.completeExceptionally(failed);
                                    }
                                });
        owner.interrupt();
        assertThatThrownBy(() -> soon(arrival))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ExchangeFailed.class);
    }
}
