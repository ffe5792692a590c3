package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Whatever was acknowledged is there after `kill -9`: a process writes, is killed after a random number of
/// acknowledgements, and the folder it leaves behind is opened and read.
class SurvivesKillTest {
    private static final int KILLS = 3;
    private static final int MOST_ACKNOWLEDGEMENTS = 1000;

    @TempDir private Path path;

    /// What the processes acknowledged; of documents and attachments the last state of each.
    private final Map<String, String> documents = new HashMap<>();

    private final Map<String, String> attachments = new HashMap<>();
    private final Map<String, String> records = new HashMap<>();

    @Test
    @Timeout(300)
    void every_acknowledged_write_is_there_after_a_kill()
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        long seed = System.nanoTime();
        Random chance = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill("p" + kill + "x", 100 + chance.nextInt(MOST_ACKNOWLEDGEMENTS));
            check("seed " + seed + ", kill " + kill);
        }
        assertThat(documents).isNotEmpty();
        assertThat(attachments).isNotEmpty();
        assertThat(records).isNotEmpty();
    }

    private void runAndKill(String own, int acknowledgements)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx200m",
                                "-cp",
                                classPath(),
                                AcknowledgingWriter.class.getName(),
                                path.toString(),
                                own)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            for (int i = 0; line != null; i++) {
                heard(line);
                if (i == acknowledgements) {
                    kill(process);
                }
                line = said.readLine();
            }
        } finally {
            kill(process);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("the writer was killed, and did not end by itself")
                .isEqualTo(137);
    }

    /// SIGKILL; by its handle, because a killed [Process] also closes the pipe that what it said last is still in.
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /// Each line ends with a point; one that the kill cut in the middle was not said.
    private void heard(String line) {
        if (!line.endsWith(".")) {
            return;
        }
        String[] words = line.substring(0, line.length() - 1).split(" ");
        switch (words[0] + words.length) {
            case "document3" -> documents.put(words[1], words[2]);
            case "attachment3" -> attachments.put(words[1], words[2]);
            case "record2" -> records.put(words[1], "");
            default -> {}
        }
    }

    /// A document may be newer than was acknowledged (the kill came between the two), but not older.
    private void check(String when) throws NoSuchAlgorithmException {
        try (DataFolder folder = DataFolder.open(path);
                Database database = Database.in(folder)) {
            SqlDirectory directory = new SqlDirectory(database);
            for (Map.Entry<String, String> each : documents.entrySet()) {
                Document found = directory.find("account", each.getKey()).orElseThrow();
                assertThat(generation(found.revision()))
                        .as("%s, document %s", when, each.getKey())
                        .isGreaterThanOrEqualTo(generation(each.getValue()));
            }
            MonthlyStore store = new MonthlyStore(database);
            for (String id : records.keySet()) {
                assertThat(store.find("account", id)).as("%s, record %s", when, id).isPresent();
            }
            checkAttachments(new Attachments(folder, database), when);
        }
    }

    private void checkAttachments(Attachments stored, String when) throws NoSuchAlgorithmException {
        int same = 0;
        for (Map.Entry<String, String> each : attachments.entrySet()) {
            Attachments.Stored found = stored.find("account", each.getKey()).orElseThrow();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(stored.bytes(found));
            assertThat(HexFormat.of().formatHex(digest))
                    .as("%s, content of %s", when, each.getKey())
                    .isEqualTo(found.sha256());
            same += found.sha256().equals(each.getValue()) ? 1 : 0;
        }
        // one process has one attachment under way when it is killed
        assertThat(same).as(when).isGreaterThanOrEqualTo(attachments.size() - KILLS);
        assertThat(stored.sweep(Instant.now().plusSeconds(7200)))
                .as("files of nobody")
                .isLessThanOrEqualTo(2);
    }

    private static int generation(String revision) {
        return Integer.parseInt(revision.split("-")[0]);
    }

    /// The test's own class path, also when a launcher loads the tests with a loader of its own.
    private static String classPath() {
        StringBuilder all = new StringBuilder();
        for (ClassLoader loader = Thread.currentThread().getContextClassLoader();
                loader != null;
                loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    all.append(Path.of(URI.create(url.toString()))).append(File.pathSeparator);
                }
            }
        }
        return all.append(System.getProperty("java.class.path")).toString();
    }
}
