package fulcrum.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command in a process of its own, for what only a process can show: signals, the environment, standard error.
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern READY =
            Pattern.compile("takes calls: SIP \\S*/([0-9.]+):(\\d+) .*API (http://[0-9.:]+)");

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private int open = 2;

    private ServerProcess(Process process) {
        this.process = process;
        listen(process.getInputStream(), "child-out");
        listen(process.getErrorStream(), "child-err");
    }

    /// @param variables of the environment, beside those of this process
    static ServerProcess start(Map<String, String> variables, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        "fulcrum.app.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("FULCRUM_"));
        builder.environment().putAll(variables);
        try {
            return new ServerProcess(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// `serve` on free ports of loopback.
    static ServerProcess serve(Path data, String apiKey, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "serve",
                                "--data",
                                data.toString(),
                                "--http",
                                "127.0.0.1:0",
                                "--sip",
                                "127.0.0.1:0",
                                "--rtp-ports",
                                "0-0",
                                "--api-key",
                                apiKey));
        words.addAll(List.of(more));
        return start(Map.of(), words.toArray(String[]::new));
    }

    /// The class path of this process, wherever the one who runs the tests has put it.
    private static String classPath() {
        String told = System.getProperty("java.class.path");
        if (Main.class.getClassLoader() instanceof URLClassLoader loader) {
            List<String> parts = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                parts.add(Path.of(url.getPath()).toString());
            }
            return String.join(java.io.File.pathSeparator, parts);
        }
        return told;
    }

    private void listen(InputStream stream, String name) {
        Thread.ofPlatform().name(name).daemon().start(() -> read(stream));
    }

    private void read(InputStream stream) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said(line);
            }
        } catch (IOException gone) {
            said("(the stream broke: " + gone.getMessage() + ")");
        } finally {
            over();
        }
    }

    private synchronized void said(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void over() {
        open--;
        notifyAll();
    }

    /// Everything that was said so far, on both streams.
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /// Waits for a line in which a pattern is found.
    synchronized Matcher awaitLine(Pattern pattern) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find()) {
                    return matcher;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || open == 0) {
                throw new AssertionError("no line with " + pattern + " in " + lines);
            }
            try {
                wait(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", stopped);
            }
        }
    }

    /// A server's addresses.
    record Addresses(InetSocketAddress sip, String api) {}

    Addresses awaitReady() {
        Matcher ready = awaitLine(READY);
        return new Addresses(
                new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2))),
                ready.group(3));
    }

    /// SIGTERM. What the process says afterwards is heard, as it would not be after [Process#destroy].
    void terminate() {
        process.toHandle().destroy();
    }

    /// SIGHUP.
    void hangUp() {
        try {
            int status =
                    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (status != 0) {
                throw new AssertionError("kill ended with " + status);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Waits until the process is over and everything it said has been heard.
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; it said " + lines());
            }
            awaitSilence();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
        return process.exitValue();
    }

    private synchronized void awaitSilence() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long left = PATIENCE.toMillis();
        while (open > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
