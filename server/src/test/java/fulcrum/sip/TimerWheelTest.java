package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

class TimerWheelTest {
    private static final long ROUND = TimerWheel.SLOTS;

    private final List<String> ran = new ArrayList<>();
    private int woken;
    private final TimerWheel wheel = new TimerWheel(() -> woken++);

    private TimerWheel.Entry add(long tick, String name) {
        return wheel.add(tick, () -> ran.add(name));
    }

    private List<String> turn(long tick) {
        ran.clear();
        List<TimerWheel.Entry> due = new ArrayList<>();
        wheel.turn(tick, due);
        for (TimerWheel.Entry entry : due) {
            Runnable action = entry.take();
            if (action != null) {
                action.run();
            }
        }
        return List.copyOf(ran);
    }

    @Test
    void a_timer_is_due_at_its_tick_and_not_before() {
        add(5, "five");
        assertThat(turn(4)).isEmpty();
        assertThat(turn(5)).containsExactly("five");
        assertThat(turn(6)).isEmpty();
    }

    @Test
    void a_long_turn_brings_everything_in_order() {
        add(70, "c");
        add(3, "a");
        add(70, "d");
        add(64, "b");
        assertThat(turn(1000)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_timer_for_a_tick_that_is_over_is_due_at_the_next() {
        turn(100);
        add(7, "late");
        assertThat(wheel.rest()).isEqualTo(101);
        assertThat(turn(101)).containsExactly("late");
    }

    @Test
    void a_timer_of_a_later_round_stays_in_its_slot() {
        add(9 + 3 * ROUND, "later");
        add(9, "now");
        assertThat(turn(9)).containsExactly("now");
        assertThat(turn(9 + 2 * ROUND)).isEmpty();
        assertThat(turn(8 + 3 * ROUND)).isEmpty();
        assertThat(turn(9 + 3 * ROUND)).containsExactly("later");
    }

    @Test
    void a_cancelled_timer_leaves_at_once() {
        TimerWheel.Entry first = add(5, "first");
        TimerWheel.Entry middle = add(5, "middle");
        TimerWheel.Entry last = add(5, "last");
        middle.cancel();
        assertThat(wheel.size()).isEqualTo(2);
        assertThat(middle.take()).isNull();
        first.cancel();
        last.cancel();
        last.cancel();
        assertThat(wheel.size()).isZero();
        assertThat(wheel.rest()).isEqualTo(TimerWheel.NEVER);
        assertThat(turn(5)).isEmpty();
    }

    @Test
    void a_timer_that_is_due_can_still_be_cancelled_before_it_runs() {
        TimerWheel.Entry entry = add(5, "five");
        wheel.turn(5, new ArrayList<>());
        entry.cancel();
        assertThat(entry.take()).isNull();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void whoever_turns_rests_until_the_first_occupied_slot() {
        assertThat(wheel.rest()).isEqualTo(TimerWheel.NEVER);
        add(ROUND - 1, "a");
        assertThat(wheel.rest()).isEqualTo(ROUND - 1);
        turn(ROUND - 2);
        add(ROUND + 100, "b");
        turn(ROUND - 1);
        assertThat(wheel.rest()).isEqualTo(ROUND + 100);
    }

    @Test
    void only_a_timer_before_the_end_of_the_rest_wakes() {
        wheel.rest();
        add(50, "a");
        assertThat(woken).isEqualTo(1);
        add(50, "b");
        add(60, "c");
        assertThat(woken).isEqualTo(1);
        add(49, "d").cancel();
        assertThat(woken).isEqualTo(2);
        turn(10);
        add(11, "e"); // whoever turns will look before it rests
        assertThat(woken).isEqualTo(2);
        assertThat(wheel.rest()).isEqualTo(11);
    }

    @Test
    void ten_thousand_random_timers_run_as_a_sorted_queue_would_have_them() {
        Random chance = new Random(20_240_501);
        PriorityQueue<long[]> expected =
                new PriorityQueue<>(
                        (a, b) ->
                                a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]));
        long now = 0;
        for (long number = 0; number < 10_000; number++) {
            long tick = now + 1 + chance.nextInt(3 * TimerWheel.SLOTS);
            TimerWheel.Entry entry = add(tick, tick + "/" + number);
            if (chance.nextInt(3) == 0) {
                entry.cancel();
            } else {
                expected.add(new long[] {tick, number});
            }
            if (chance.nextInt(4) == 0) {
                now += chance.nextInt(20);
                List<String> due = new ArrayList<>();
                while (!expected.isEmpty() && expected.element()[0] <= now) {
                    long[] one = expected.remove();
                    due.add(one[0] + "/" + one[1]);
                }
                assertThat(turn(now)).isEqualTo(due);
                assertThat(wheel.size()).isEqualTo(expected.size());
            }
        }
    }
}
