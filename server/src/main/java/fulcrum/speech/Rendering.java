package fulcrum.speech;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/// Renders one text piece by piece. After each piece it goes to the end of the line, so that a long text does not keep
/// short ones waiting.
final class Rendering implements Runnable {
    private final List<String> pieces;
    private final boolean high;
    private final BiFunction<String, Boolean, short[]> engine;
    private final Executor line;
    private final CompletableFuture<short[]> done = new CompletableFuture<>();
    private short[] samples = {};
    private int next;

    /// @param line runs one step at a time of this rendering, and passes on what one step wrote to the next
    Rendering(
            List<String> pieces,
            boolean high,
            BiFunction<String, Boolean, short[]> engine,
            Executor line) {
        this.pieces = pieces;
        this.high = high;
        this.engine = engine;
        this.line = line;
    }

    CompletableFuture<short[]> done() {
        return done;
    }

    @Override
    public void run() {
        try {
            if (next < pieces.size()) {
                append(engine.apply(pieces.get(next++), high));
            }
            if (next < pieces.size()) {
                line.execute(this);
            } else {
                done.complete(samples);
            }
        } catch (RuntimeException | Error failed) {
            done.completeExceptionally(failed);
        }
    }

    private void append(short[] piece) {
        int before = samples.length;
        samples = Arrays.copyOf(samples, before + piece.length);
        System.arraycopy(piece, 0, samples, before, piece.length);
    }
}
