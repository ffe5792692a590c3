package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

class MixerTest {
    private final Mixer mixer = new Mixer(8000);
    private final short[] out = new short[160];

    private static short[] frame(int value) {
        short[] frame = new short[160];
        Arrays.fill(frame, (short) value);
        return frame;
    }

    private short hears(int seat) {
        Arrays.fill(out, (short) -1);
        mixer.hear(seat, out, 0);
        for (short sample : out) {
            assertThat(sample).isEqualTo(out[0]);
        }
        return out[0];
    }

    @Test
    void each_of_two_hundred_hears_all_others_and_not_itself() {
        int[] seats = new int[200];
        for (int i = 0; i < 200; i++) {
            seats[i] = mixer.join();
        }
        mixer.next();
        for (int i = 0; i < 200; i++) {
            mixer.say(seats[i], frame(i), 0);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(hears(seats[i])).isEqualTo((short) (199 * 200 / 2 - i));
        }
    }

    @Test
    void three_tones_among_two_hundred_are_heard_by_all_but_the_one_who_makes_them() {
        int[] seats = new int[200];
        for (int i = 0; i < 200; i++) {
            seats[i] = mixer.join();
        }
        mixer.next();
        int[] frequencies = {400, 1000, 1500};
        for (int i = 0; i < 3; i++) {
            mixer.say(seats[i], Wave.tone(8000, 20, frequencies[i], -10).samples(), 0);
        }
        for (int seat = 0; seat < 200; seat++) {
            mixer.hear(seats[seat], out, 0);
            for (int i = 0; i < 3; i++) {
                double expected = seat == i ? 0 : seat < 3 ? 0.5 : 1.0 / 3;
                assertThat(Tones.share(out, 8000, frequencies[i]))
                        .isBetween(expected - 0.01, expected + 0.01);
            }
            assertThat(mixer.isAlike(seats[seat])).isEqualTo(seat >= 3);
        }
    }

    @Test
    void sums_are_cut_off_only_when_they_are_heard() {
        int loud = mixer.join();
        int louder = mixer.join();
        int silent = mixer.join();
        mixer.next();
        mixer.say(loud, frame(30_000), 0);
        mixer.say(louder, frame(20_000), 0);

        assertThat(hears(silent)).isEqualTo(Short.MAX_VALUE);
        assertThat(hears(loud)).isEqualTo((short) 20_000);
        mixer.say(louder, frame(-100), 0);
        assertThat(hears(silent)).isEqualTo((short) 29_900);
        mixer.hearAll(out, 0);
        assertThat(out[159]).isEqualTo((short) 29_900);
    }

    @Test
    void a_round_begins_with_silence_and_who_leaves_is_not_heard() {
        int one = mixer.join();
        int two = mixer.join();
        mixer.say(one, frame(5), 0);
        mixer.next();
        assertThat(hears(two)).isZero();
        mixer.say(one, frame(7), 0);
        mixer.leave(one);

        assertThat(hears(two)).isZero();
        assertThat(mixer.seats()).isEqualTo(1);
        assertThat(mixer.join()).isEqualTo(one);
        assertThatThrownBy(() -> mixer.hear(9, out, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_round_of_two_hundred_allocates_nothing() {
        int[] seats = new int[200];
        for (int i = 0; i < 200; i++) {
            seats[i] = mixer.join();
        }
        short[] frame = frame(3);
        Runnable rounds =
                () -> {
                    for (int round = 0; round < 50; round++) {
                        mixer.next();
                        for (int seat : seats) {
                            mixer.say(seat, frame, 0);
                        }
                        for (int seat : seats) {
                            mixer.hear(seat, out, 0);
                        }
                    }
                };
        rounds.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rounds.run();

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 50).isLessThan(10);
    }
}
