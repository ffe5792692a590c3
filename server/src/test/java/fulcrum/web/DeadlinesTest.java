package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class DeadlinesTest {
    private static final long SECOND = 1_000_000_000;

    /// Notes that it was told.
    private final class Note implements Deadlines.Timed {
        private final long due;
        private final String name;

        Note(long due, String name) {
            this.due = due;
            this.name = name;
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public void tooLate() {
            late.add(name);
        }
    }

    private final List<String> late = new ArrayList<>();
    private int woken;
    private final Deadlines deadlines = new Deadlines(() -> woken++);

    private Note begin(long due, String name) {
        Note note = new Note(due, name);
        deadlines.begin(note);
        return note;
    }

    @Test
    void what_is_late_is_told_once_and_not_before() {
        begin(2 * SECOND, "two");
        begin(3 * SECOND, "three");
        assertThat(deadlines.look(SECOND)).isEqualTo(2 * SECOND);
        assertThat(late).isEmpty();
        assertThat(deadlines.look(2 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(late).containsExactly("two");
        assertThat(deadlines.look(3 * SECOND)).isEqualTo(Deadlines.NEVER);
        deadlines.look(4 * SECOND);
        assertThat(late).containsExactly("two", "three");
    }

    @Test
    void what_ended_in_time_is_told_nothing() {
        Note note = begin(2 * SECOND, "two");
        deadlines.end(note);
        deadlines.look(5 * SECOND);
        assertThat(late).isEmpty();
    }

    @Test
    void of_a_thousand_exchanges_one_after_the_other_only_the_first_wakes() {
        for (int i = 0; i < 1000; i++) {
            Note note = begin(10 * SECOND + i, "exchange");
            if (i == 0) {
                assertThat(woken).isEqualTo(1);
                assertThat(deadlines.look(1)).isEqualTo(10 * SECOND);
            }
            deadlines.end(note);
        }
        assertThat(woken).isEqualTo(1);
    }

    @Test
    void what_is_due_before_the_next_look_wakes() {
        begin(10 * SECOND, "ten");
        deadlines.look(1);
        begin(5 * SECOND, "five");
        assertThat(woken).isEqualTo(2);
        assertThat(deadlines.look(2)).isEqualTo(5 * SECOND);
    }

    @Test
    void one_look_serves_all_deadlines_of_its_grain() {
        for (int i = 0; i < 10; i++) {
            begin(SECOND + i, "many");
        }
        long next = deadlines.look(SECOND);
        assertThat(late).hasSize(1);
        assertThat(next).isEqualTo(SECOND + Deadlines.GRAIN_NANOS);
        assertThat(deadlines.look(next)).isEqualTo(Deadlines.NEVER);
        assertThat(late).hasSize(10);
    }

    @Test
    void after_a_look_at_nothing_the_next_one_wakes_again() {
        deadlines.end(begin(SECOND, "one"));
        assertThat(deadlines.look(SECOND)).isEqualTo(Deadlines.NEVER);
        begin(100 * SECOND, "hundred");
        assertThat(woken).isEqualTo(2);
    }
}
