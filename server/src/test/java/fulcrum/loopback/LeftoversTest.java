package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import fulcrum.app.OpenHouse;
import fulcrum.call.EventSink;
import fulcrum.directory.Document;
import fulcrum.exchange.Exchange;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// 200 real calls that go every way: nothing of them is left, and each has its one call detail record.
class LeftoversTest {
    private static final int CALLS = 200;
    private static final int AT_ONCE = 10;
    private static final int PHONES = 4;
    private static final long SEED = 20_240_501;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NUMBERS = List.of("1000", "2000", "3000", "4000", "4711");

    /// One call as it went.
    private record Gone(String id, boolean answered) {}

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Test
    void two_hundred_random_calls_leave_nothing_behind_but_their_records()
            throws InterruptedException, ExecutionException {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        List<SoftPhone> phones = new ArrayList<>();
        try (MoodyWeb web = new MoodyWeb(SEED);
                OpenHouse house = OpenHouse.open("all", EventSink.NONE, sounds -> sounds)) {
            furnish(house, web);
            for (int i = 0; i < PHONES; i++) {
                phones.add(SoftPhone.open(house.phone("phone" + i)));
            }
            List<Gone> gone = callAll(phones);
            Exchange exchange = house.exchange();
            await(() -> isEmpty(exchange));
            assertThat(counters(exchange)).isEqualTo("0 calls, 0 legs, 0 paths, 0 sessions");

            await(() -> house.cdrs().size() >= exchange.switchboard().begun());
            List<String> recorded = house.cdrs().stream().map(LeftoversTest::callId).toList();
            assertThat(recorded).doesNotHaveDuplicates();
            assertThat(recorded).hasSize((int) exchange.switchboard().begun());
            assertThat(gone.stream().map(Gone::id)).containsAll(recorded);
            assertThat(recorded)
                    .containsAll(gone.stream().filter(Gone::answered).map(Gone::id).toList());
            assertThat(gone.stream().filter(Gone::answered).count()).isGreaterThan(CALLS / 4);
            assertThat(exchange.switchboard().begun()).isGreaterThan(CALLS / 2);
        } finally {
            phones.forEach(SoftPhone::close);
            root.detachAppender(log);
        }
        assertThat(
                        log.list.stream()
                                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR)))
                .isEmpty();
    }

    private static String callId(Document cdr) {
        return cdr.text("call_id").orElse("");
    }

    private static void furnish(OpenHouse house, MoodyWeb web) {
        String asks = node("pivot", "\"voice_url\": \"" + web.url() + "\"", "");
        String hangsUp = node("hangup", "", "");
        String collects = node("collect_dtmf", "\"max_digits\": 4, \"timeout\": 1000", asks);
        house.callflow("1000", asks);
        house.callflow("2000", plays("%(300,50,500)", collects));
        house.callflow("3000", plays("%(200,100,700);loops=5", hangsUp));
        house.callflow("4000", node("sleep", "\"duration\": 1", ""));
    }

    private static String plays(String tones, String next) {
        return node("play", "\"id\": \"tone_stream://" + tones + "\"", next);
    }

    private static String node(String module, String data, String next) {
        String children = next.isEmpty() ? "" : "\"_\": " + next;
        return "{ \"module\": \"%s\", \"data\": { %s }, \"children\": { %s } }"
                .formatted(module, data, children);
    }

    private static List<Gone> callAll(List<SoftPhone> phones)
            throws InterruptedException, ExecutionException {
        List<Gone> gone = new CopyOnWriteArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                SoftPhone phone = phones.get(i % PHONES);
                Random chance = new Random(SEED + i);
                running.add(people.submit(() -> gone.add(call(phone, chance))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return gone;
    }

    /// Calls a number, does this and that, hangs up some time or waits for the end.
    private static Gone call(SoftPhone phone, Random chance) {
        PhoneCall call = phone.call(NUMBERS.get(chance.nextInt(NUMBERS.size())));
        if (chance.nextInt(5) == 0) {
            pause(chance.nextInt(60)); // often before the answer, which is then cancelled
            call.hangUp();
        } else {
            call.awaitAnswer(Duration.ofSeconds(10));
            for (int keys = chance.nextInt(4); keys > 0 && !call.isOver(); keys--) {
                call.press("0123456789*#".charAt(chance.nextInt(12)));
                pause(chance.nextInt(250));
            }
            if (chance.nextBoolean()) {
                pause(chance.nextInt(400));
                call.hangUp();
            }
        }
        assertThat(call.awaitEnd(PATIENCE)).as("the end of " + call.id()).isPresent();
        return new Gone(call.id(), call.isAnswered());
    }

    private static boolean isEmpty(Exchange exchange) {
        return counters(exchange).equals("0 calls, 0 legs, 0 paths, 0 sessions");
    }

    private static String counters(Exchange exchange) {
        return "%d calls, %d legs, %d paths, %d sessions"
                .formatted(
                        exchange.switchboard().callCount(),
                        exchange.switchboard().legCount(),
                        exchange.paths(),
                        exchange.sessions());
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!what.getAsBoolean() && System.nanoTime() < end) {
            pause(10);
        }
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
