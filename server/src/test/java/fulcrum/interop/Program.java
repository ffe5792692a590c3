package fulcrum.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program of the machine that a test runs: an interpreter, a phone, a call generator. It ends with the test.
public final class Program implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Whether the program is there. With `FULCRUM_REQUIRE_PEERS` set, as in CI, a missing one is a failure; elsewhere
    /// the test reports itself skipped.
    public static void require(String program) {
        boolean there =
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there && isEachRequired()) {
            throw new AssertionError(
                    program + " is not installed, and FULCRUM_REQUIRE_PEERS is set");
        }
        assumeTrue(there, program + " is not installed");
    }

    /// Whether nothing may be skipped here because the machine lacks something.
    public static boolean isEachRequired() {
        return System.getenv("FULCRUM_REQUIRE_PEERS") != null;
    }

    /// Starts a program in a folder; what it prints goes to a file there. The folder is its home, too, so that it finds
    /// nobody's settings and leaves none.
    public static Program start(Path folder, List<String> words) {
        try {
            Path log = Files.createTempFile(folder, "output", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(ProcessBuilder.Redirect.PIPE);
            builder.environment().put("HOME", folder.toString());
            builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
            return new Program(builder.start(), log);
        } catch (IOException failed) {
            throw new AssertionError("could not start " + words, failed);
        }
    }

    /// Writes a line to the program.
    public void type(String line) {
        try {
            process.getOutputStream()
                    .write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            throw new AssertionError("the program is gone: " + output(), gone);
        }
    }

    /// What it has printed so far.
    public String output() {
        try {
            return Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new AssertionError("cannot read " + log, failed);
        }
    }

    /// Waits until it ends.
    ///
    /// @return its exit code
    public int awaitEnd(int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the program did not end within " + seconds + " s: " + output());
    }

    /// Waits until something listens on a TCP port of loopback.
    public void awaitPort(int port, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        throw new AssertionError("nothing listens on " + port + ": " + output());
    }

    /// Waits until it has printed a text.
    public void awaitOutput(String text, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!output().contains(text)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never printed `" + text + "`: " + output());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /// A TCP port that was free a moment ago.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new AssertionError("no free port", failed);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
