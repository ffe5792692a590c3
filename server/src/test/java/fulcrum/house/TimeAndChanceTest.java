package fulcrum.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// In `engine`, time, chance and the world come in by one door: nothing there asks a clock, sleeps, rolls dice, makes
/// identifiers, opens a socket or a file.
class TimeAndChanceTest {
    private static final Set<String> FORBIDDEN_CALLS =
            Set.of(
                    "java/time/Instant.now",
                    "java/time/LocalDate.now",
                    "java/time/LocalDateTime.now",
                    "java/time/ZonedDateTime.now",
                    "java/time/Clock.systemUTC",
                    "java/time/Clock.systemDefaultZone",
                    "java/time/ZoneId.systemDefault",
                    "java/util/TimeZone.getDefault",
                    "java/util/Locale.getDefault",
                    "java/lang/System.nanoTime",
                    "java/lang/System.currentTimeMillis",
                    "java/lang/Thread.sleep",
                    "java/lang/Math.random",
                    "java/util/UUID.randomUUID",
                    "java/util/concurrent/ThreadLocalRandom.current",
                    "java/util/concurrent/locks/LockSupport.parkNanos");

    private static final Set<String> FORBIDDEN_MAKINGS =
            Set.of(
                    "java/util/Random.<init>",
                    "java/security/SecureRandom.<init>",
                    "java/net/Socket.<init>",
                    "java/net/ServerSocket.<init>",
                    "java/net/DatagramSocket.<init>",
                    "java/io/File.<init>",
                    "java/io/FileInputStream.<init>",
                    "java/io/FileOutputStream.<init>");

    private static final List<String> FORBIDDEN_OWNERS =
            List.of("java/nio/file/Files", "java/nio/channels/", "java/net/http/HttpClient");

    /// Not reachable from a call: the first reads its own class path, `sdk` asks a handler at a URL and writes
    /// journals, and the pages are written by `./fulcrum generate`.
    private static final Map<String, List<String>> EXCEPTED =
            Map.of(
                    "fulcrum/flow/ActionCatalog", List.of("java/nio/file/Files"),
                    "fulcrum/flow/ReferencePages", List.of("java/nio/file/Files"),
                    "fulcrum/sdk/",
                            List.of(
                                    "java/net/http/HttpClient",
                                    "java/nio/file/Files",
                                    "java/util/Random.<init>"));

    @Test
    void the_engine_asks_no_clock_rolls_no_dice_and_opens_nothing() {
        List<String> wrong = new ArrayList<>();
        for (Path file : House.files(List.of(House.CLASSES.getFirst()), ".class")) {
            ClassModel model = read(file);
            String name = model.thisClass().asInternalName();
            for (MethodModel method : model.methods()) {
                method.code()
                        .ifPresent(
                                code ->
                                        code.forEach(
                                                element -> {
                                                    if (element
                                                            instanceof InvokeInstruction invoke) {
                                                        String owner =
                                                                invoke.owner().asInternalName();
                                                        String called =
                                                                owner
                                                                        + "."
                                                                        + invoke.name()
                                                                                .stringValue();
                                                        if (isForbidden(owner, called)
                                                                && !isExcepted(name, called)) {
                                                            wrong.add(name + " calls " + called);
                                                        }
                                                    }
                                                }));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isForbidden(String owner, String called) {
        return FORBIDDEN_CALLS.contains(called)
                || FORBIDDEN_MAKINGS.contains(called)
                || FORBIDDEN_OWNERS.stream().anyMatch(owner::startsWith);
    }

    private static boolean isExcepted(String name, String called) {
        return EXCEPTED.entrySet().stream()
                .anyMatch(
                        entry ->
                                name.startsWith(entry.getKey())
                                        && entry.getValue().stream().anyMatch(called::startsWith));
    }

    private static ClassModel read(Path file) {
        try {
            return ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
