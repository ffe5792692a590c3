package fulcrum.app;

import java.io.PrintWriter;
import java.util.Locale;

/// What happened, a line each, with the seconds since it began. From any thread.
final class Timeline {
    private final PrintWriter out;
    private final long begun = System.nanoTime();

    Timeline(PrintWriter out) {
        this.out = out;
    }

    synchronized void tell(String what) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.printf(Locale.ROOT, "%7.2f s  %s%n", seconds, what);
        out.flush();
    }
}
