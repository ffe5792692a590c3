package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class ReplayWindowTest {
    @Test
    void it_remembers_like_a_set_that_forgets_what_is_old() {
        Random random = new Random(11);
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long newest = -1;
        for (int i = 0; i < 100_000; i++) {
            long index = Math.max(0, newest + random.nextInt(300) - 200);
            boolean isNew =
                    index > newest || (index > newest - ReplayWindow.SIZE && !seen.contains(index));
            assertThat(window.isNew(index)).as("%d after %d", index, newest).isEqualTo(isNew);
            if (isNew) {
                window.take(index);
                seen.add(index);
                newest = Math.max(newest, index);
            }
            assertThat(window.newest()).isEqualTo(newest);
        }
    }
}
