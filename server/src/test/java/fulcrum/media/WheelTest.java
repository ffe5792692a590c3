package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class WheelTest {
    private final Wheel wheel = new Wheel();
    private long now = 123_456_789_000L;

    /// Lets the wheel run whenever it says it is due, for that many milliseconds.
    private void runFor(int millis) {
        long end = now + millis * Packets.MILLI;
        while (true) {
            long wait = wheel.nanosToNext(now);
            if (wait == Wheel.NO_TICK || now + wait > end) {
                now = end;
                return;
            }
            now += wait;
            wheel.run(now);
        }
    }

    @Test
    void a_stream_ticks_every_20_ms_exactly() {
        List<Long> ticks = new ArrayList<>();
        wheel.add(ticks::add, now);
        runFor(1000);

        assertThat(ticks).hasSizeBetween(50, 51);
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i) - ticks.get(i - 1)).isEqualTo(20 * Packets.MILLI);
        }
    }

    @Test
    void twenty_streams_have_a_slot_each_and_forty_two_each() {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            slots.add(wheel.add(time -> {}, now));
        }
        assertThat(slots).hasSize(20);

        int[] counts = new int[20];
        for (int i = 0; i < 20; i++) {
            counts[wheel.add(time -> {}, now)]++;
        }
        assertThat(counts).containsOnly(1);
        assertThat(wheel.size()).isEqualTo(40);
    }

    @Test
    void a_thread_that_was_held_up_makes_up_for_missed_ticks() {
        List<Long> ticks = new ArrayList<>();
        wheel.add(ticks::add, now);
        wheel.run(now);
        now += 100 * Packets.MILLI;
        wheel.run(now);

        assertThat(ticks).hasSize(6);
        assertThat(wheel.skippedMillis()).isZero();
    }

    @Test
    void what_is_older_than_200_ms_is_skipped_and_counted() {
        List<Long> ticks = new ArrayList<>();
        wheel.add(ticks::add, now);
        wheel.run(now);
        now += 5000 * Packets.MILLI;
        wheel.run(now);

        assertThat(ticks).hasSizeBetween(2, 12);
        assertThat(wheel.skippedMillis()).isGreaterThan(4000);
    }

    @Test
    void a_stream_may_leave_within_its_own_tick_and_the_others_go_on() {
        List<String> ticks = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            wheel.add(time -> {}, now);
        }
        int[] slot = new int[1];
        Wheel.Ticking[] leaving = new Wheel.Ticking[1];
        leaving[0] =
                time -> {
                    ticks.add("leaving");
                    wheel.remove(leaving[0], slot[0]);
                };
        slot[0] = wheel.add(leaving[0], now);
        runFor(100);

        assertThat(ticks).containsExactly("leaving");
        assertThat(wheel.size()).isEqualTo(19);
    }

    @Test
    void a_stream_that_takes_its_neighbours_out_leaves_the_others_one_tick_each() {
        int[] counts = new int[60];
        int[] slots = new int[60];
        Wheel.Ticking[] streams = new Wheel.Ticking[60];
        for (int i = 0; i < 60; i++) {
            int own = i;
            streams[i] =
                    time -> {
                        counts[own]++;
                        if (own == 25) {
                            wheel.remove(streams[5], slots[5]);
                            wheel.remove(streams[45], slots[45]);
                        }
                    };
            slots[i] = wheel.add(streams[i], now);
        }
        assertThat(slots[25]).isEqualTo(slots[5]).isEqualTo(slots[45]);
        runFor(19);
        for (int i = 0; i < 60; i++) {
            assertThat(counts[i]).as("stream " + i).isEqualTo(i == 5 ? 0 : 1);
        }
        runFor(20);
        for (int i = 0; i < 60; i++) {
            assertThat(counts[i]).as("stream " + i).isEqualTo(i == 5 ? 0 : i == 45 ? 1 : 2);
        }
        assertThat(wheel.size()).isEqualTo(58);
    }

    @Test
    void an_empty_wheel_never_asks_to_be_run() {
        assertThat(wheel.nanosToNext(now)).isEqualTo(Wheel.NO_TICK);
        int slot = wheel.add(time -> {}, now);
        assertThat(wheel.nanosToNext(now)).isLessThanOrEqualTo(20 * Packets.MILLI);
        wheel.remove(time -> {}, slot);
        assertThat(wheel.size()).isEqualTo(1);
    }
}
