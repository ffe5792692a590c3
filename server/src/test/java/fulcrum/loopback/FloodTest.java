package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.exchange.Exchange;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A flood of INVITEs from one address while a phone at another makes its calls.
class FloodTest {
    private static final int PER_SECOND = 5000;
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SPARE_BYTES = 10 << 20;
    private static final String CLEAN = "0 legs, 0 paths, 0 sessions, 0 transactions";
    private static final String TONES =
            """
            { "module": "play", "data": { "id": "tone_stream://%(400,100,700);loops=2" },
              "children": { "_": { "module": "hangup", "data": {} } } }""";

    @Test
    void a_phone_calls_on_through_a_flood_and_nothing_of_the_flood_is_left()
            throws IOException, InterruptedException, ExecutionException {
        try (OpenHouse house = OpenHouse.open();
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            house.callflow("1000", TONES);
            Login login = house.phone("desk");
            try (SoftPhone phone = SoftPhone.open(login);
                    Flood flood = new Flood("127.0.0.2", house.sip(), login.realm())) {
                assertThat(phone.register(Duration.ofMinutes(5))).isEqualTo(200);
                assertThat(call(phone)).isEmpty();
                flood.pour(Duration.ofSeconds(2), PER_SECOND); // so that everything is loaded
                long before = heap();

                AtomicBoolean over = new AtomicBoolean();
                Future<List<String>> calls = people.submit(callsUntil(over, phone));
                long begun = flood.sent();
                flood.pour(LENGTH, PER_SECOND);
                over.set(true);
                assertThat(calls.get()).isNotEmpty().allMatch(String::isEmpty);

                assertThat(awaitClean(house.exchange())).isEqualTo(CLEAN);
                long grown = heap() - before;
                System.out.printf(
                        "flood: %d INVITEs in %d s, %d of all challenged; %d calls of a phone meanwhile;"
                                + " the heap grew by %d kB%n",
                        flood.sent() - begun,
                        LENGTH.toSeconds(),
                        flood.challenged(),
                        calls.get().size(),
                        grown / 1024);
                assertThat(flood.otherwise()).as(flood.oddAnswer()).isZero();
                assertThat(flood.challenged()).isPositive();
                assertThat(grown).isLessThan(SPARE_BYTES);
            }
        }
    }

    /// What was wrong with each call; an empty text for a call that went well.
    private static Callable<List<String>> callsUntil(AtomicBoolean over, SoftPhone phone) {
        return () -> {
            List<String> wrong = new ArrayList<>();
            while (!over.get()) {
                wrong.add(call(phone));
            }
            return wrong;
        };
    }

    private static String call(SoftPhone phone) {
        PhoneCall call = phone.call("1000");
        if (!call.awaitAnswer(PATIENCE)) {
            return "not answered: " + call.ending();
        }
        if (call.awaitEnd(PATIENCE).isEmpty()) {
            return "not ended";
        }
        int loud = 0;
        call.hearing().awaitMoreThan(Integer.MAX_VALUE - 1, Duration.ofSeconds(5)); // to its end
        for (short sample : call.hearing().samples()) {
            loud += Math.abs(sample) > 1000 ? 1 : 0;
        }
        return loud > 1000 ? "" : "not heard: " + loud + " loud samples";
    }

    /// Waits until nothing is left, and tells what is.
    private static String awaitClean(Exchange exchange) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String left = left(exchange);
        while (!left.equals(CLEAN) && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
            left = left(exchange);
        }
        return left;
    }

    private static String left(Exchange exchange) {
        return "%d legs, %d paths, %d sessions, %d transactions"
                .formatted(
                        exchange.switchboard().legCount(),
                        exchange.paths(),
                        exchange.sessions(),
                        exchange.transactions());
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
