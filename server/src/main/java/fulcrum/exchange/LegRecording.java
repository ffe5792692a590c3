package fulcrum.exchange;

import fulcrum.media.MediaFailed;
import fulcrum.media.MediaPath;
import fulcrum.media.TapSink;
import fulcrum.media.WavWriter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One running recording of what a party says.
///
/// 1. Sound gathers in a tap; thread `recordings` writes it to the file ([#write]).
/// 2. At its limit, or once [#stop] was called and the tap is empty, the file is closed and the length told.
final class LegRecording {
    private static final Logger LOG = LoggerFactory.getLogger(LegRecording.class);

    private final String id;
    private final long limitSamples;
    private final TapSink tap;
    private final WavWriter file;
    private final MediaPath path;
    private final Consumer<Duration> ended;
    private final short[] piece = new short[Recordings.SAMPLE_RATE / 10];
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean stopping;
    private long samples;

    LegRecording(
            String id,
            Duration limit,
            TapSink tap,
            WavWriter file,
            MediaPath path,
            Consumer<Duration> ended) {
        this.id = id;
        this.limitSamples = limit.toMillis() * Recordings.SAMPLE_RATE / 1000;
        this.tap = tap;
        this.file = file;
        this.path = path;
        this.ended = ended;
    }

    String id() {
        return id;
    }

    /// Ends it soon; from any thread.
    void stop() {
        path.stopTap(tap);
        stopping = true;
    }

    /// Does something once its end has been told; at once when that was before.
    void whenOver(Runnable then) {
        var _ = over.thenRun(then);
    }

    /// Writes what has gathered.
    ///
    /// @return false when the recording is over
    boolean write() {
        boolean last =
                stopping; // read before the tap, so that nothing written before the stop is lost
        try {
            int count = next();
            while (count > 0) {
                file.write(piece, 0, count);
                samples += count;
                count = next();
            }
            if (!last && samples < limitSamples) {
                return true;
            }
            path.stopTap(tap);
            file.close();
        } catch (MediaFailed failed) {
            LOG.error("recording {} ends early: the disk failed", id, failed);
            path.stopTap(tap);
        }
        ended.accept(Duration.ofMillis(samples * 1000 / Recordings.SAMPLE_RATE));
        over.complete(null);
        return false;
    }

    private int next() {
        return tap.read(piece, 0, (int) Math.min(piece.length, limitSamples - samples));
    }
}
