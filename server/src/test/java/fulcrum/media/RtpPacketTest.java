package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.Random;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private RtpPacket read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return packet.wrap(bytes, 0, bytes.length);
    }

    @Test
    void a_plain_packet_is_read_field_by_field() {
        read("80 88 fffe 01020304 a1b2c3d4 d5d5d5");

        assertThat(packet.isValid()).isTrue();
        assertThat(packet.isMarked()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(8);
        assertThat(packet.sequence()).isEqualTo(0xFFFE);
        assertThat(packet.timestamp()).isEqualTo(0x01020304);
        assertThat(packet.ssrc()).isEqualTo(0xA1B2C3D4);
        assertThat(packet.payloadOffset()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.hasExtension()).isFalse();
    }

    @Test
    void contributing_sources_extension_and_padding_lie_around_the_payload() {
        read("b1 00 0001 00000002 00000003  00000009  bede 0001 11223344  5566 000002");

        assertThat(packet.isValid()).isTrue();
        assertThat(packet.csrcCount()).isEqualTo(1);
        assertThat(packet.csrc(0)).isEqualTo(9);
        assertThat(packet.hasExtension()).isTrue();
        assertThat(packet.extensionProfile()).isEqualTo(0xBEDE);
        assertThat(packet.extensionOffset()).isEqualTo(20);
        assertThat(packet.extensionLength()).isEqualTo(4);
        assertThat(packet.payloadOffset()).isEqualTo(24);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80 00 0001 00000002 000000",
                "40 00 0001 00000002 00000003 00",
                "82 00 0001 00000002 00000003 00000009",
                "90 00 0001 00000002 00000003 bede",
                "90 00 0001 00000002 00000003 bede 0002 00000000",
                "a0 00 0001 00000002 00000003 0000 00",
                "a0 00 0001 00000002 00000003 0000 05",
            })
    void lengths_that_do_not_fit_together_are_refused(String hex) {
        assertThat(read(hex).isValid()).isFalse();
        assertThat(packet).hasToString("not rtp");
    }

    @Test
    void what_is_written_is_read_again() {
        byte[] bytes = new byte[20];
        assertThat(RtpPacket.writeHeader(bytes, 4, true, 101, 65_535, -1, -2)).isEqualTo(12);
        packet.wrap(bytes, 4, 16);

        assertThat(packet.isMarked()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.sequence()).isEqualTo(65_535);
        assertThat(packet.timestamp()).isEqualTo(-1);
        assertThat(packet.ssrc()).isEqualTo(-2);
        assertThat(packet.payloadLength()).isEqualTo(4);
    }

    @Test
    void no_bytes_at_all_make_it_read_outside_of_them() {
        Random random = new Random(4711);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            }
            packet.wrap(bytes, 0, bytes.length);
            if (packet.isValid()) {
                assertThat(packet.payloadOffset() + packet.payloadLength())
                        .isLessThanOrEqualTo(bytes.length);
                assertThat(packet.payloadOffset()).isGreaterThanOrEqualTo(12);
            }
        }
    }

    @Test
    void the_first_octets_tell_what_shares_the_port() {
        assertThat(PacketKind.of(new byte[] {0, 1}, 2)).isEqualTo(PacketKind.STUN);
        assertThat(PacketKind.of(new byte[] {22, 1}, 2)).isEqualTo(PacketKind.DTLS);
        assertThat(PacketKind.of(new byte[] {63, 1}, 2)).isEqualTo(PacketKind.DTLS);
        assertThat(PacketKind.of(new byte[] {(byte) 0x80, 0}, 2)).isEqualTo(PacketKind.RTP);
        assertThat(PacketKind.of(new byte[] {(byte) 0x80, (byte) 0xE5}, 2))
                .isEqualTo(PacketKind.RTP);
        assertThat(PacketKind.of(new byte[] {(byte) 0x81, (byte) 200}, 2))
                .isEqualTo(PacketKind.RTCP);
        assertThat(PacketKind.of(new byte[] {64, 0}, 2)).isEqualTo(PacketKind.UNKNOWN);
        assertThat(PacketKind.of(new byte[] {(byte) 0x80}, 1)).isEqualTo(PacketKind.UNKNOWN);
    }
}
