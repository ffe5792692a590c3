package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a path tells, in order, as short texts.
final class Heard implements MediaListener {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void digitPressed(char digit, Duration length) {
        told.add("digit " + digit + " " + length.toMillis());
    }

    @Override
    public void playbackEnded(long playbackId, boolean completed) {
        told.add("ended " + playbackId + (completed ? "" : " early"));
    }

    @Override
    public void digitsSent() {
        told.add("digits sent");
    }

    @Override
    public void audioHeard() {
        told.add("audio");
    }

    @Override
    public void closed(MediaCounts counts) {
        told.add("closed");
    }

    /// Waits for the next one, ten seconds at most.
    String next() throws InterruptedException {
        String next = told.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("what a path tells within ten seconds").isNotNull();
        return String.valueOf(next);
    }

    /// Returns whether nothing is waiting that was told.
    boolean isEmpty() {
        return told.isEmpty();
    }
}
