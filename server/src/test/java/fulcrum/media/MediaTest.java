package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

@Timeout(30)
class MediaTest {
    @Test
    void paths_are_spread_evenly_over_threads_that_are_named() {
        try (Media media = Media.start(RtpPorts.ephemeral(), 3)) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < 9; i++) {
                MediaPath path = media.open(Peer.LOOPBACK, new Heard());
                counts.merge(path.seat().thread().toString(), 1, Integer::sum);
            }
            assertThat(counts).isEqualTo(Map.of("media-1", 3, "media-2", 3, "media-3", 3));
            assertThat(media.paths()).isEqualTo(9);
        }
    }

    @Test
    void ending_closes_all_paths_and_nothing_is_opened_after_it() throws Exception {
        Heard heard = new Heard();
        Media media = Media.start(RtpPorts.ephemeral());
        MediaPath path = media.open(Peer.LOOPBACK, heard);
        path.settings(MediaSettings.of(Codecs.PCMU));
        path.play(1, Tones.sine(8000, 400, 0));
        media.close();

        assertThat(heard.next()).isEqualTo("ended 1 early");
        assertThat(heard.next()).isEqualTo("closed");
        assertThat(media.paths()).isZero();
        assertThatThrownBy(() -> media.open(Peer.LOOPBACK, heard)).isInstanceOf(MediaFailed.class);
    }

    @Test
    void ports_are_even_pairs_that_come_back_last() {
        RtpPorts ports = RtpPorts.range(20_001, 20_007);
        assertThat(ports.pairs()).isEqualTo(3);
        List<Integer> taken = new ArrayList<>();
        for (OptionalInt port = ports.take(); port.isPresent(); port = ports.take()) {
            taken.add(port.getAsInt());
        }
        assertThat(taken).containsExactly(20_002, 20_004, 20_006);
        ports.giveBack(20_006);
        ports.giveBack(20_002);
        assertThat(ports.take()).hasValue(20_006);
        assertThat(ports.take()).hasValue(20_002);
        assertThat(ports.take()).isEmpty();
        assertThatThrownBy(() -> RtpPorts.range(20_001, 20_002))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_ports_of_a_path_are_an_even_one_and_the_one_above() {
        try (Media media = Media.start(RtpPorts.ephemeral(), 1)) {
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                ports.add(media.open(Peer.LOOPBACK, new Heard()).local().getPort());
            }
            assertThat(ports).hasSize(20).allMatch(port -> port % 2 == 0);
        }
    }
}
