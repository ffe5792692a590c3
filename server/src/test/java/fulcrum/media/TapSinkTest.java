package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TapSinkTest {
    private final TapSink sink = new TapSink(8000, 400);
    private final short[] out = new short[400];

    private static short[] count(int from, int samples) {
        short[] counted = new short[samples];
        for (int i = 0; i < samples; i++) {
            counted[i] = (short) (from + i);
        }
        return counted;
    }

    @Test
    void what_goes_in_comes_out_in_order_round_and_round() {
        short expected = 0;
        for (int round = 0; round < 50; round++) {
            assertThat(sink.write(count(160 * round, 160), 0, 160)).isZero();
            assertThat(sink.available()).isEqualTo(160);
            assertThat(sink.read(out, 0, 400)).isEqualTo(160);
            for (int i = 0; i < 160; i++) {
                assertThat(out[i]).isEqualTo(expected++);
            }
        }
        assertThat(sink.read(out, 0, 400)).isZero();
    }

    @Test
    void a_full_ring_keeps_the_oldest_and_counts_what_it_drops() {
        sink.write(count(0, 160), 0, 160);
        sink.write(count(160, 160), 0, 160);
        assertThat(sink.write(count(320, 160), 0, 160)).isEqualTo(80);
        assertThat(sink.write(count(480, 160), 0, 160)).isEqualTo(160);

        assertThat(sink.dropped()).isEqualTo(240);
        assertThat(sink.read(out, 0, 400)).isEqualTo(400);
        assertThat(out).isEqualTo(count(0, 400));
    }

    @Test
    @Timeout(20)
    void one_thread_writes_while_another_reads_and_nothing_is_torn() throws Exception {
        int total = 200_000;
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int at = 0; at < total; ) {
                                        int samples = Math.min(80, total - at);
                                        at += samples - sink.write(count(at, samples), 0, samples);
                                        Thread.onSpinWait();
                                    }
                                });
        int at = 0;
        while (at < total) {
            int read = sink.read(out, 0, 100);
            for (int i = 0; i < read; i++, at++) {
                if (out[i] != (short) at) {
                    assertThat(out[i]).as("sample " + at).isEqualTo((short) at);
                }
            }
            Thread.onSpinWait();
        }
        writer.join();
        assertThat(sink.available()).isZero();
    }

    @Test
    void a_ring_needs_a_rate_and_room() {
        assertThatThrownBy(() -> new TapSink(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TapSink(8000, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
