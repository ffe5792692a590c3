package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Holds the packet path to "nothing allocated by our code": measured, not believed.
@Timeout(60)
class AllocationTest {
    private static final MediaSettings PCMU = MediaSettings.of(Codecs.PCMU);
    private static final int WARM_UP = 5000;
    private static final int PACKETS = 5000;
    private static final int FRAMES = 4000;

    /// What the JDK's channels and selector may take for a packet in and a packet out (17 to 53 octets were measured).
    private static final long JDK_SHARE = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocated(Runnable work) {
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        work.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    /// Returns the octets allocated by one repetition once the code is warm.
    private static double each(Runnable work) {
        for (int i = 0; i < FRAMES; i++) {
            work.run();
        }
        long sum =
                allocated(
                        () -> {
                            for (int i = 0; i < FRAMES; i++) {
                                work.run();
                            }
                        });
        return (double) sum / FRAMES;
    }

    private static Speaker speaker(Codec codec, AudioSource source) {
        RtpSender sender = new RtpSender(1, 2, 3);
        Speaker speaker = new Speaker(sender, (packet, length, audio) -> {}, new Heard());
        speaker.settings(MediaSettings.of(codec), 0);
        speaker.open(true);
        speaker.play(new Playing(1, source, false), 0);
        return speaker;
    }

    @Test
    void playing_a_prepared_clip_allocates_nothing() {
        Clip clip = Clip.of(Wave.tone(8000, 1000, 600, -10).samples(), 8000).prepare(Codecs.PCMU);
        Speaker speaker = speaker(Codecs.PCMU, clip.source(0));
        Scratch scratch = new Scratch();

        assertThat(each(() -> speaker.sendFrame(null, scratch, 0))).isLessThan(1);
    }

    @Test
    void encoding_resampling_and_mixing_allocate_nothing() {
        Clip clip = Clip.of(Wave.tone(8000, 1000, 600, -10).samples(), 8000);
        Speaker speaker = speaker(Codecs.G722, clip.source(0));
        Scratch scratch = new Scratch();
        Codec[] codecs = new Codec[128];
        codecs[0] = Codecs.PCMU;
        Ear ear = new Ear(codecs, 16_000);
        byte[] bytes = new byte[172];
        RtpPacket packet = new RtpPacket();
        int[] sequence = new int[1];

        double each =
                each(
                        () -> {
                            RtpPacket.writeHeader(bytes, 0, false, 0, sequence[0]++ & 0xFFFF, 0, 9);
                            ear.put(packet.wrap(bytes, 0, bytes.length));
                            ear.take(scratch.other, scratch);
                            speaker.sendFrame(null, scratch, 0);
                        });
        assertThat(each).isLessThan(1);
    }

    @Test
    void keys_and_jitter_allocate_nothing_per_packet() {
        DigitReceiver digits = new DigitReceiver((digit, length) -> {});
        Reception reception = new Reception();
        RtpPacket event = Packets.event(false, 1, 800, 7, 5, false, 160);

        double each =
                each(
                        () -> {
                            digits.receive(event, 8000, 0);
                            reception.received(event, 8000, 0, true);
                        });
        assertThat(each).isLessThan(1);
    }

    @Test
    void a_relayed_packet_costs_no_more_than_the_jdk_takes_for_itself() throws Exception {
        try (Media media = Media.start(RtpPorts.ephemeral(), 1)) {
            MediaPath left = media.open(Peer.LOOPBACK, new Heard());
            MediaPath right = media.open(Peer.LOOPBACK, new Heard());
            try (Peer caller = new Peer(left);
                    Peer callee = new Peer(right)) {
                left.settings(PCMU.remote(caller.address()));
                right.settings(PCMU.remote(callee.address()));
                left.connect(right);
                Peer.settle(left);
                byte[] payload = new byte[160];
                for (int i = 0; i < WARM_UP; i++) {
                    caller.says(0, payload);
                    callee.hears();
                }
                long before = allocatedBy(left);
                for (int i = 0; i < PACKETS; i++) {
                    caller.says(0, payload);
                    callee.hears();
                }
                long after = allocatedBy(left);
                assertThat((after - before) / PACKETS).isLessThan(JDK_SHARE);
            }
        }
    }

    /// What the media thread of a path has allocated so far.
    private static long allocatedBy(MediaPath path) throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        path.seat().tell(() -> thread.complete(Thread.currentThread().threadId()));
        return THREADS.getThreadAllocatedBytes(thread.get(5, TimeUnit.SECONDS));
    }
}
