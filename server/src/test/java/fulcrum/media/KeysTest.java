package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Keys over real sockets: as events and as tones, both ways and across a connection.
@Timeout(60)
class KeysTest {
    private static final MediaSettings TONES = MediaSettings.of(Codecs.PCMU);
    private static final MediaSettings EVENTS = TONES.events(EventFormat.of(101));

    private final Media media = Media.start(RtpPorts.ephemeral(), 1);
    private final Heard left = new Heard();
    private final Heard right = new Heard();
    private final MediaPath path = media.open(Peer.LOOPBACK, left);
    private final MediaPath other = media.open(Peer.LOOPBACK, right);
    private final Peer peer;
    private final Peer far;

    KeysTest() throws IOException {
        peer = new Peer(path);
        far = new Peer(other);
    }

    @AfterEach
    void close() {
        peer.close();
        far.close();
        media.close();
    }

    private void set(MediaSettings ours, MediaSettings theirs) throws InterruptedException {
        path.settings(ours.remote(peer.address()));
        other.settings(theirs.remote(far.address()));
        peer.settles();
        far.settles();
    }

    /// Says a key as tones of 100 ms and a break of as much.
    private void speaks(Peer who, String keys) throws IOException {
        AudioSource tones = DtmfTones.source(keys, Duration.ofMillis(100), 8000);
        Codec.Encoder encoder = Codecs.PCMU.encoder();
        while (!tones.isEnded()) {
            short[] frame = new short[160];
            tones.next(frame, 0, 160);
            byte[] payload = new byte[160];
            encoder.encode(frame, 0, 160, payload, 0);
            who.says(0, payload);
        }
    }

    @Test
    void keys_pressed_as_events_are_told_once_each_on_hold_too() throws Exception {
        set(EVENTS.direction(Direction.SENDONLY), EVENTS);
        peer.presses(101, '4');
        peer.presses(101, '4');
        peer.presses(101, '#');

        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).isEqualTo("digit 4 100");
        assertThat(left.next()).isEqualTo("digit 4 100");
        assertThat(left.next()).isEqualTo("digit # 100");
    }

    @Test
    void a_key_held_during_a_re_invite_with_another_payload_type_is_told_once() throws Exception {
        set(EVENTS, EVENTS);
        peer.send(Packets.event(true, 1, 800, 7, 5, false, 160));
        peer.send(Packets.event(false, 2, 800, 7, 5, false, 320));
        assertThat(left.next()).isEqualTo("audio");
        path.settings(
                TONES.events(EventFormat.of(101))
                        .direction(Direction.RECVONLY)
                        .remote(peer.address()));
        peer.settles();
        peer.send(Packets.event(false, 3, 800, 7, 5, true, 480));
        peer.send(Packets.event(false, 4, 800, 7, 5, true, 480));
        peer.presses(101, '6');

        assertThat(left.next()).isEqualTo("digit 5 60");
        assertThat(left.next()).isEqualTo("digit 6 100");
    }

    @Test
    void a_key_whose_end_never_comes_is_told_by_the_clock() throws Exception {
        set(EVENTS, EVENTS);
        peer.send(Packets.event(true, 1, 800, 7, 9, false, 160));

        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).isEqualTo("digit 9 20");
    }

    @Test
    void keys_pressed_as_tones_are_told_on_hold_too_but_only_while_no_events_were_negotiated()
            throws Exception {
        set(TONES, TONES);
        speaks(peer, "19");
        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).startsWith("digit 1 ");
        assertThat(left.next()).startsWith("digit 9 ");

        set(TONES.direction(Direction.SENDONLY), TONES);
        speaks(peer, "7");
        assertThat(left.next()).startsWith("digit 7 ");

        set(EVENTS, TONES);
        speaks(peer, "5");
        peer.presses(101, '0');
        assertThat(left.next()).isEqualTo("digit 0 100");
    }

    @Test
    void keys_are_sent_as_events_with_marker_duration_and_three_ends() throws Exception {
        set(EVENTS, EVENTS);
        path.sendDigits("7*", Duration.ofMillis(100));
        List<RtpPacket> packets = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            packets.add(peer.hears());
        }

        assertThat(left.next()).isEqualTo("digits sent");
        for (int i = 0; i < 14; i++) {
            RtpPacket packet = packets.get(i);
            byte[] event = Peer.payload(packet);
            int step = i % 7;
            assertThat(packet.payloadType()).isEqualTo(101);
            assertThat(packet.isMarked()).isEqualTo(step == 0);
            assertThat(packet.sequence()).isEqualTo((packets.getFirst().sequence() + i) & 0xFFFF);
            assertThat(packet.timestamp()).isEqualTo(packets.get(i - step).timestamp());
            assertThat(event[0]).isEqualTo((byte) (i < 7 ? 7 : 10));
            assertThat((event[1] & 0x80) != 0).isEqualTo(step >= 4);
            assertThat(Bytes.uint16(event, 2)).isEqualTo(160 * Math.min(step + 1, 5));
        }
        assertThat(packets.get(7).timestamp() - packets.get(0).timestamp())
                .isGreaterThanOrEqualTo(800);
    }

    @Test
    void what_is_played_waits_for_keys_and_goes_on_in_time() throws Exception {
        set(EVENTS, EVENTS);
        path.play(1, Tones.sine(8000, 400, 50));
        RtpPacket last = peer.hears();
        path.sendDigits("1", Duration.ofMillis(40));
        int events = 0;
        for (int audio = 1; audio < 50; ) {
            RtpPacket next = peer.hears();
            assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
            assertThat(next.timestamp() - last.timestamp()).isNotNegative();
            audio += next.payloadType() == 0 ? 1 : 0;
            events += next.payloadType() == 101 ? 1 : 0;
            last = next;
        }
        assertThat(events).isEqualTo(4);
        assertThat(left.next()).isEqualTo("digits sent");
        assertThat(left.next()).isEqualTo("ended 1");
    }

    @Test
    void keys_are_sent_as_tones_where_no_events_were_negotiated() throws Exception {
        path.settings(TONES.remote(other.local()));
        other.settings(TONES.remote(path.local()));
        Peer.settle(path);
        Peer.settle(other);
        path.sendDigits("2B", Duration.ofMillis(80));

        assertThat(right.next()).isEqualTo("audio");
        assertThat(right.next()).startsWith("digit 2 ");
        assertThat(left.next()).isEqualTo("digits sent");
        assertThat(right.next()).startsWith("digit B ");
    }

    @Test
    void keys_that_are_forgotten_end_with_the_one_that_has_begun_and_are_not_told()
            throws Exception {
        set(EVENTS, EVENTS);
        path.sendDigits("12", Duration.ofMillis(100));
        assertThat(Peer.payload(peer.hears())[0]).isEqualTo((byte) 1);
        path.stopPlaying();
        path.sendDigits("3", Duration.ofMillis(40));
        List<String> events = new ArrayList<>();
        while (!events.contains("3 end")) {
            byte[] event = Peer.payload(peer.hears());
            events.add(event[0] + ((event[1] & 0x80) == 0 ? "" : " end"));
        }
        assertThat(events).contains("1", "1 end", "3").doesNotContain("2");
        assertThat(left.next()).isEqualTo("digits sent");
        path.play(1, Tones.sine(8000, 400, 2));
        assertThat(left.next()).isEqualTo("ended 1");
    }

    @Test
    void no_keys_at_all_are_sent_at_once() throws Exception {
        set(EVENTS, EVENTS);
        path.sendDigits("--", Duration.ofMillis(80));
        assertThat(left.next()).isEqualTo("digits sent");
    }

    @Test
    void a_key_passes_to_the_connected_path_packet_by_packet_under_its_payload_type()
            throws Exception {
        set(EVENTS, TONES.events(EventFormat.of(96)));
        path.connect(other);
        peer.settles();
        peer.says(0, new byte[160]);
        RtpPacket audio = far.hears();
        peer.presses(101, '3');

        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).isEqualTo("digit 3 100");
        RtpPacket first = far.hears();
        assertThat(first.payloadType()).isEqualTo(96);
        assertThat(first.isMarked()).isTrue();
        assertThat(first.timestamp()).isEqualTo(audio.timestamp() + 160);
        for (int i = 2; i <= 7; i++) {
            RtpPacket next = far.hears();
            assertThat(next.timestamp()).isEqualTo(first.timestamp());
            assertThat(Bytes.uint16(Peer.payload(next), 2)).isEqualTo(160 * Math.min(i, 5));
        }
        peer.says(0, new byte[160]);
        assertThat(far.hears().timestamp()).isEqualTo(audio.timestamp() + 160 + 960);
    }

    @Test
    void a_key_reaches_a_connected_path_without_events_as_tones() throws Exception {
        set(EVENTS, TONES);
        path.connect(other);
        peer.settles();
        peer.presses(101, '8');

        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).isEqualTo("digit 8 100");
        short[] heard = new short[800];
        Tones.Listener listener = new Tones.Listener(Codecs.PCMU);
        for (int i = 0; i < 5; i++) {
            System.arraycopy(listener.decode(far.hears()), 0, heard, 160 * i, 160);
        }
        assertThat(Tones.share(heard, 8000, 852)).isGreaterThan(0.3);
        assertThat(Tones.share(heard, 8000, 1336)).isGreaterThan(0.5);
        assertThat(right.isEmpty()).isTrue();
    }

    @Test
    void a_key_pressed_while_the_other_side_hears_a_prompt_reaches_it_once() throws Exception {
        set(EVENTS, EVENTS);
        path.connect(other);
        peer.settles();
        other.play(1, Tones.sine(8000, 400, 0));
        assertThat(far.hears().payloadType()).isZero();
        peer.presses(101, '8');
        assertThat(left.next()).isEqualTo("audio");
        assertThat(left.next()).isEqualTo("digit 8 100");
        List<Integer> durations = new ArrayList<>();
        while (durations.size() < 7) {
            RtpPacket next = far.hears();
            if (next.payloadType() == 101) {
                durations.add(Bytes.uint16(Peer.payload(next), 2));
            }
        }
        assertThat(durations).containsExactly(160, 320, 480, 640, 800, 800, 800);
    }
}
