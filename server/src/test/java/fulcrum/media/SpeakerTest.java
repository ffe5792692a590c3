package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The half of a path that sends, without clock and socket.
class SpeakerTest {
    private static final int FRAME = 160;

    private final List<RtpPacket> sent = new ArrayList<>();
    private final Heard heard = new Heard();
    private final Speaker speaker = new Speaker(new RtpSender(1, 100, 1000), this::keep, heard);
    private final Scratch scratch = new Scratch();
    private final Transcoder transcoder = new Transcoder();
    private final Recent recent = new Recent();
    private final Ear ear;
    private final Tones.Listener listener = new Tones.Listener(Codecs.PCMU);
    private final AudioSource tone = Tones.sine(8000, 1000, 0);
    private final Codec.Encoder encoder = Codecs.PCMU.encoder();
    private int sequence = 500;
    private long now = 1_000_000_000L;

    SpeakerTest() {
        Codec[] codecs = new Codec[128];
        codecs[0] = Codecs.PCMU;
        ear = new Ear(codecs, 8000);
        speaker.settings(MediaSettings.of(Codecs.PCMU), now);
        speaker.open(true);
    }

    private void keep(byte[] packet, int length, boolean audio) {
        sent.add(new RtpPacket().wrap(Arrays.copyOf(packet, length), 0, length));
    }

    /// 20 ms in which the connected path says a packet of its tone, and the clock ticks if it has to.
    private void passes() {
        short[] frame = new short[FRAME];
        tone.next(frame, 0, FRAME);
        byte[] payload = new byte[FRAME];
        encoder.encode(frame, 0, FRAME, payload, 0);
        RtpPacket packet = Packets.packet(false, 0, sequence, FRAME * sequence, 9, payload);
        sequence++;
        if (speaker.isMixing()) {
            recent.tell(ear, new RtpPacket());
            ear.put(packet);
        } else {
            recent.keep(packet);
        }
        speaker.relay(this, packet, Codecs.PCMU, transcoder, 0, scratch, now);
        if (speaker.isSounding(true) && !speaker.sendKey(now)) {
            speaker.sendFrame(ear, scratch, now);
        }
        if (!speaker.isSounding(true)) {
            speaker.rest();
        }
        now += 20 * Packets.MILLI;
    }

    private void passes(int times) {
        for (int i = 0; i < times; i++) {
            passes();
        }
    }

    /// Returns in how many of the packets from one to another a frequency is heard.
    private int frames(int from, int to, double frequency) {
        int count = 0;
        for (RtpPacket packet : sent.subList(from, to)) {
            count += listener.share(packet, frequency) > 0.3 ? 1 : 0;
        }
        return count;
    }

    private void assertEven() {
        for (int i = 1; i < sent.size(); i++) {
            RtpPacket before = sent.get(i - 1);
            assertThat(sent.get(i).sequence()).isEqualTo(before.sequence() + 1);
            assertThat(sent.get(i).timestamp() - before.timestamp()).isEqualTo(FRAME);
        }
    }

    @Test
    void a_tone_goes_on_through_relay_then_a_mix_then_relay_without_any_gap() {
        passes(50);
        speaker.play(new Playing(1, Tones.sine(8000, 400, 50), true), now);
        passes(50);
        assertThat(speaker.isFree()).isTrue();
        passes(50);

        assertThat(sent).hasSize(150);
        assertEven();
        assertThat(frames(0, 150, 1000)).isGreaterThanOrEqualTo(148);
        assertThat(frames(50, 100, 400)).isEqualTo(50);
        assertThat(frames(100, 150, 400)).isZero();
    }

    @Test
    void a_prompt_takes_the_place_of_the_other_side_and_leaves_no_hole() {
        passes(10);
        speaker.play(new Playing(1, Tones.sine(8000, 400, 50), false), now);
        passes(60);

        assertThat(sent).hasSize(70);
        assertEven();
        assertThat(frames(0, 10, 1000)).isEqualTo(10);
        assertThat(frames(10, 60, 1000)).isZero();
        assertThat(frames(60, 70, 1000)).isEqualTo(10);
    }

    @Test
    void a_muted_connection_sends_silence_at_the_same_pace() {
        passes(10);
        speaker.mute(true, now);
        passes(10);
        speaker.mute(false, now);
        passes(10);

        assertThat(sent).hasSize(30);
        assertEven();
        assertThat(frames(10, 20, 1000)).isZero();
        assertThat(frames(20, 30, 1000)).isEqualTo(10);
    }

    @Test
    void a_key_takes_the_place_of_audio_and_its_time_is_counted_in() throws Exception {
        speaker.settings(MediaSettings.of(Codecs.PCMU).events(EventFormat.of(101)), now);
        passes(10);
        speaker.keys("5", Duration.ofMillis(100), true, now);
        passes(20);

        assertThat(heard.next()).isEqualTo("digits sent");
        RtpPacket before = sent.get(9);
        RtpPacket first = sent.get(10);
        assertThat(first.payloadType()).isEqualTo(101);
        assertThat(first.timestamp() - before.timestamp()).isEqualTo(FRAME);
        RtpPacket after = sent.get(17);
        assertThat(sent.get(16).payloadType()).isEqualTo(101);
        assertThat(after.payloadType()).isZero();
        assertThat(after.sequence()).isEqualTo(first.sequence() + 7);
        assertThat(after.timestamp() - first.timestamp()).isEqualTo(8 * FRAME);
    }

    @Test
    void nothing_leaves_before_settings_and_the_sound_waits_for_them() {
        Speaker early = new Speaker(new RtpSender(1, 1, 1), this::keep, heard);
        early.open(true);
        early.play(new Playing(1, Tones.sine(8000, 400, 5), false), now);
        assertThat(early.isSounding(false)).isFalse();
        early.sendFrame(null, scratch, now);
        assertThat(sent).isEmpty();

        early.settings(MediaSettings.of(Codecs.PCMU), now);
        assertThat(early.isSounding(false)).isTrue();
        early.sendFrame(null, scratch, now);
        assertThat(frames(0, 1, 400)).isEqualTo(1);
    }

    @Test
    void a_new_codec_in_the_middle_of_a_sound_goes_on_with_the_same_numbers() {
        speaker.play(new Playing(1, Tones.sine(16_000, 1000, 0), false), now);
        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                speaker.settings(MediaSettings.of(Codecs.G722), now);
            }
            speaker.sendFrame(null, scratch, now);
            now += 20 * Packets.MILLI;
        }
        assertEven();
        assertThat(sent.get(9).payloadType()).isZero();
        assertThat(sent.get(10).payloadType()).isEqualTo(9);
        Tones.Listener wide = new Tones.Listener(Codecs.G722);
        for (int i = 10; i < 20; i++) {
            assertThat(wide.share(sent.get(i), 1000)).isGreaterThan(i < 13 ? -1 : 0.9);
        }
    }
}
