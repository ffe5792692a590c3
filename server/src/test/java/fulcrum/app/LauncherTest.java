package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `./fulcrum` itself, on machines where something is missing: a copy of it in an empty folder, with a PATH of our own.
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../fulcrum").toAbsolutePath().normalize();
    private static final List<String> TOOLS =
            List.of("sh", "sed", "dirname", "find", "head", "mkdir", "touch", "cat", "tail");

    @TempDir private Path folder = Path.of("");
    private Path bin = Path.of("");

    private record Ended(int code, List<String> lines) {}

    @BeforeEach
    void makeMachine() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh here");
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(place, tool);
                if (Files.isExecutable(real) && !Files.exists(bin.resolve(tool))) {
                    script(bin.resolve(tool), "exec " + real + " \"$@\"");
                }
            }
        }
    }

    /// A JDK as far as the launcher looks at it before it is started.
    private Path jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
        script(Files.createDirectories(jdk.resolve("bin")).resolve("javac"), "exit 0");
        script(jdk.resolve("bin/java"), "echo started \"$@\"");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static void script(Path file, String does) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /// Runs a copy of the launcher that sees only our folders where it would look for JDKs.
    private Ended run(Map<String, String> variables, String... words) throws IOException {
        String text =
                Files.readString(LAUNCHER)
                        .replace("/usr/lib/jvm/", folder + "/jvm/")
                        .replace("/Library/Java/", folder + "/library/");
        Path copy = Files.writeString(folder.resolve("fulcrum"), text);
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", copy.toString());
        builder.command().addAll(List.of(words));
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(variables);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", stopped));
        }
        return new Ended(process.exitValue(), said.lines().toList());
    }

    private static void assertTold(Ended ended, String... parts) {
        assertThat(String.join("\n", ended.lines())).contains(parts);
        assertThat(ended.lines()).as("one screen").hasSizeLessThan(25);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void without_a_jdk_it_says_what_to_install() throws IOException {
        assertTold(run(Map.of()), "JDK 25 or newer", "FULCRUM_JAVA_HOME", "apt install", "brew");
    }

    @Test
    void a_jdk_that_is_too_old_is_none() throws IOException {
        String old = jdk("21.0.4").toString();
        assertTold(run(Map.of("JAVA_HOME", old, "FULCRUM_JAVA_HOME", old)), "JDK 25 or newer");
    }

    @Test
    void without_maven_it_says_what_to_install() throws IOException {
        String jdk = jdk("25.0.1").toString();
        assertTold(run(Map.of("JAVA_HOME", jdk)), "Maven 3.8 or newer", "apt install maven");
        assertTold(run(Map.of("JAVA_HOME", jdk), "test"), "Maven 3.8 or newer");
    }

    @Test
    void a_maven_that_is_too_old_is_told_with_its_version() throws IOException {
        String jdk = jdk("25").toString();
        script(bin.resolve("mvn"), "echo 'Apache Maven 3.6.3 (cecedd)'");
        assertTold(run(Map.of("JAVA_HOME", jdk)), "Maven 3.8 or newer", "is 3.6");
    }

    @Test
    void a_build_that_fails_is_shown() throws IOException {
        String jdk = jdk("25").toString();
        script(
                bin.resolve("mvn"),
                "if [ \"$1\" = -v ]; then echo 'Apache Maven 3.9.9'; else echo 'no such symbol'; exit 1; fi");
        assertTold(run(Map.of("JAVA_HOME", jdk)), "no such symbol", "The build failed");
    }

    @Test
    void it_builds_once_and_starts_with_the_words_it_was_given() throws IOException {
        String jdk = jdk("26-ea").toString();
        script(
                bin.resolve("mvn"),
                "if [ \"$1\" = -v ]; then echo 'Apache Maven 4.0.0'; else echo built >>"
                        + folder.resolve("builds")
                        + "; fi");
        for (int i = 0; i < 2; i++) {
            Ended ended = run(Map.of("FULCRUM_JAVA_HOME", jdk), "simulate", "a b.json");
            assertThat(ended.code()).isZero();
            assertThat(ended.lines().getLast())
                    .startsWith("started ")
                    .endsWith("fulcrum.app.Main simulate a b.json");
        }
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    }
}
