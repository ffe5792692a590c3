package fulcrum.media;

import static fulcrum.media.JitterBuffer.Found.EMPTY;
import static fulcrum.media.JitterBuffer.Found.LOST;
import static fulcrum.media.JitterBuffer.Found.PACKET;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class JitterBufferTest {
    private final JitterBuffer buffer = new JitterBuffer(2);

    private boolean put(int sequence) {
        return buffer.put(Packets.audio(sequence & 0xFFFF, 160 * sequence));
    }

    private String take() {
        return switch (buffer.take()) {
            case PACKET -> String.valueOf(buffer.payload()[0] & 0xFF);
            case LOST -> "lost";
            case EMPTY -> "empty";
        };
    }

    private List<String> take(int times) {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            taken.add(take());
        }
        return taken;
    }

    @Test
    void it_waits_for_its_depth_and_then_hands_out_one_a_take() {
        assertThat(buffer.take()).isEqualTo(EMPTY);
        put(1);
        assertThat(buffer.take()).isEqualTo(EMPTY);
        put(2);
        assertThat(buffer.take()).isEqualTo(PACKET);
        assertThat(buffer.length()).isEqualTo(160);
        assertThat(buffer.payloadType()).isZero();
        assertThat(buffer.payload()[159]).isEqualTo((byte) 1);
    }

    @Test
    void packets_come_out_in_order_whatever_order_they_came_in() {
        put(2);
        put(1);
        put(4);
        put(3);

        assertThat(take(4)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void order_holds_where_the_numbers_go_round() {
        put(65_535);
        put(65_534);
        put(65_536);

        assertThat(take(3)).containsExactly("254", "255", "0");
    }

    @Test
    void a_missing_packet_is_lost_at_its_turn_and_refused_after_it() {
        put(1);
        put(2);
        put(4);

        assertThat(take(4)).containsExactly("1", "2", "lost", "4");
        assertThat(put(3)).isFalse();
        assertThat(buffer.lost()).isEqualTo(1);
        assertThat(buffer.dropped()).isEqualTo(1);
    }

    @Test
    void a_packet_that_comes_twice_is_dropped() {
        put(1);
        put(2);

        assertThat(put(2)).isFalse();
        assertThat(take(3)).containsExactly("1", "2", "empty");
    }

    @Test
    void a_stream_that_goes_on_right_after_a_hole_is_kept_one_deeper() {
        put(1);
        put(2);
        take(3);
        put(3);
        put(4);

        assertThat(buffer.depth()).isEqualTo(3);
        assertThat(take(1)).containsExactly("empty");
        put(5);
        assertThat(take(3)).containsExactly("3", "4", "5");
    }

    @Test
    void another_source_or_a_jump_starts_afresh() {
        put(1);
        put(2);
        put(5000);
        put(5001);

        assertThat(take(2)).containsExactly("136", "137");
        buffer.put(Packets.packet(false, 0, 3, 0, 99, new byte[160]));
        buffer.put(Packets.packet(false, 0, 4, 0, 99, new byte[160]));
        assertThat(take(2)).containsExactly("0", "0");
    }

    @Test
    void a_fast_sender_is_skipped_over_before_the_delay_grows() {
        int sequence = 0;
        for (int i = 0; i < 20 * JitterBuffer.WINDOW; i++) {
            put(sequence++);
            if (i % 100 == 0) {
                put(sequence++);
            }
            buffer.take();
        }

        assertThat(buffer.waiting()).isLessThanOrEqualTo(5);
        assertThat(buffer.dropped()).isPositive();
    }

    @Test
    void only_what_a_listener_would_begin_with_is_kept_at_rest() {
        for (int i = 0; i < 50; i++) {
            put(i);
            buffer.keep(buffer.depth());
        }

        assertThat(buffer.waiting()).isEqualTo(2);
        assertThat(take(2)).containsExactly("48", "49");
    }

    @Test
    void a_packet_longer_than_its_slots_is_refused() {
        assertThat(buffer.put(Packets.packet(false, 0, 1, 0, 7, new byte[641]))).isFalse();
        assertThat(buffer.put(Packets.packet(false, 0, 1, 0, 7, new byte[640]))).isTrue();
    }

    @Test
    void the_depth_is_one_to_ten() {
        assertThatThrownBy(() -> new JitterBuffer(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JitterBuffer(11)).isInstanceOf(IllegalArgumentException.class);
        assertThat(buffer.take()).isNotEqualTo(LOST);
    }
}
