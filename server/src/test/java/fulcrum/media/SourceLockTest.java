package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

class SourceLockTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.9", 4000);
    private static final InetSocketAddress MOVED = new InetSocketAddress("192.0.2.2", 5000);
    private static final long SECOND = 1_000_000_000L;

    private final SourceLock lock = new SourceLock();

    @Test
    void the_first_source_is_taken_and_others_are_refused_while_it_is_heard() {
        assertThat(lock.source()).isNull();
        assertThat(lock.admits(PHONE, 0)).isTrue();
        assertThat(lock.admits(STRANGER, SECOND)).isFalse();
        assertThat(lock.admits(PHONE, 2 * SECOND)).isTrue();
        assertThat(lock.admits(STRANGER, 4 * SECOND)).isFalse();
        assertThat(lock.source()).isEqualTo(PHONE);
    }

    @Test
    void another_port_of_the_same_host_is_another_source() {
        lock.admits(PHONE, 0);

        assertThat(lock.admits(new InetSocketAddress(PHONE.getAddress(), 4002), 1)).isFalse();
    }

    @Test
    void after_two_seconds_of_silence_another_source_is_followed() {
        lock.admits(PHONE, 0);

        assertThat(lock.admits(STRANGER, 2 * SECOND + 1)).isTrue();
        assertThat(lock.source()).isEqualTo(STRANGER);
        assertThat(lock.admits(PHONE, 2 * SECOND + 2)).isFalse();
    }

    @Test
    void a_new_address_in_the_sdp_opens_the_lock_and_takes_over_from_packets_still_on_their_way() {
        lock.admits(PHONE, 0);
        lock.reopen(MOVED, SECOND);
        assertThat(lock.source()).isNull();
        assertThat(lock.admits(PHONE, SECOND + 1)).isTrue();

        assertThat(lock.admits(STRANGER, SECOND + 2)).isFalse();
        assertThat(lock.admits(MOVED, SECOND + 3)).isTrue();
        assertThat(lock.admits(PHONE, SECOND + 4)).isFalse();
        assertThat(lock.source()).isEqualTo(MOVED);
    }

    @Test
    void a_phone_behind_a_nat_keeps_its_lock_once_the_take_over_time_is_over() {
        lock.reopen(MOVED, 0);
        lock.admits(PHONE, 1);
        lock.admits(PHONE, 2 * SECOND);

        assertThat(lock.admits(MOVED, 2 * SECOND + 1)).isFalse();
    }

    @Test
    void a_source_is_settled_once_it_was_heard_for_four_seconds_and_until_it_is_silent_for_one() {
        for (long second = 0; second <= 10; second++) {
            lock.admits(PHONE, second * SECOND);
            boolean isLong = second >= 4;
            assertThat(lock.settled(second * SECOND + 1)).isEqualTo(isLong ? PHONE : null);
        }
        assertThat(lock.settled(11 * SECOND)).isNull();
    }

    @Test
    void a_source_that_takes_over_has_to_settle_again_and_none_is_settled_when_the_sdp_moves() {
        lock.admits(PHONE, 0);
        lock.admits(MOVED, 9 * SECOND);
        assertThat(lock.settled(9 * SECOND + 1)).isNull();
        lock.admits(MOVED, 14 * SECOND);
        assertThat(lock.settled(14 * SECOND)).isEqualTo(MOVED);
        lock.reopen(PHONE, 14 * SECOND);
        assertThat(lock.settled(14 * SECOND)).isNull();
    }
}
