package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.storage.DirectoryCache.Question;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class DirectoryCacheTest {
    private final DirectoryCache cache = new DirectoryCache(3);
    private final AtomicInteger loads = new AtomicInteger();

    private static Question question(String word) {
        return new Question("q", word, "");
    }

    private int ask(String word) {
        return cache.<Integer>answer(question(word), Integer.class, _ -> 1, loads::incrementAndGet);
    }

    @Test
    void a_kept_answer_is_not_loaded_again() {
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(1);
    }

    @Test
    void a_dropped_answer_is_loaded_again() {
        ask("a");
        cache.drop(List.of(question("a")));

        assertThat(ask("a")).isEqualTo(2);
        assertThat(cache.weight()).isEqualTo(1);
    }

    @Test
    void the_longest_unused_answers_go_first() {
        ask("a");
        ask("b");
        ask("c");
        ask("a");
        ask("d");

        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).as("b had to go and is loaded anew").isEqualTo(5);
    }

    @Test
    void a_heavy_answer_drives_out_the_light_ones_but_stays_itself() {
        ask("a");
        int heavy = cache.answer(question("big"), Integer.class, _ -> 10, loads::incrementAndGet);

        assertThat(cache.weight()).isEqualTo(10);
        assertThat(ask("big")).isEqualTo(heavy);
        assertThat(
                        cache.<Integer>answer(
                                question("b"), Integer.class, _ -> 1, loads::incrementAndGet))
                .isEqualTo(3);
        assertThat(cache.weight()).isEqualTo(1);
    }

    /// The save comes while the old document is on its way out of the database.
    @Test
    void an_answer_that_was_loaded_while_something_was_dropped_is_not_kept() {
        int first =
                cache.answer(
                        question("a"),
                        Integer.class,
                        _ -> 1,
                        () -> {
                            cache.drop(List.of(question("a")));
                            return loads.incrementAndGet();
                        });

        assertThat(first).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(2);
    }
}
