package fulcrum.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps files under 400 lines, methods under 40, lines under 120 characters, and names free of the banned endings.
class SizesTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 40;
    private static final int WIDTH = 120;

    private static final List<Path> SOURCES =
            List.of(
                    House.ROOT.resolve("engine/src/main/java"),
                    House.ROOT.resolve("engine/src/test/java"),
                    House.ROOT.resolve("server/src/main/java"),
                    House.ROOT.resolve("server/src/test/java"));

    /// An action is called what Kazoo calls it.
    private static final Set<String> KAZOOS_OWN = Set.of("SetAlertInfo");

    private static final Pattern BANNED =
            Pattern.compile(
                    ".*(Manager|Helper|Util|Utils|Impl|Base|Abstract|Info|Processor|Wrapper|Service)");

    /// Methods that are one drawing or one table; each with its reason.
    private static final Map<String, String> LONG_METHODS = Map.of();

    @Test
    void no_file_is_longer_than_400_lines() {
        List<String> wrong = new ArrayList<>();
        for (Path file : House.files(SOURCES, ".java")) {
            int lines = House.lines(file).size();
            if (lines > FILE_LINES) {
                wrong.add(file.getFileName() + " has " + lines);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_line_is_wider_than_120_characters() {
        List<String> wrong = new ArrayList<>();
        for (Path file : House.files(SOURCES, ".java")) {
            List<String> lines = House.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDTH) {
                    wrong.add(file.getFileName() + ":" + (i + 1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_class_has_a_banned_ending() {
        assertThat(
                        House.files(SOURCES, ".java").stream()
                                .map(file -> file.getFileName().toString().replace(".java", ""))
                                .filter(name -> BANNED.matcher(name).matches())
                                .filter(name -> !KAZOOS_OWN.contains(name)))
                .isEmpty();
    }

    /// Reads the compiled line tables: from a method's first line of code to its last.
    @Test
    void no_method_is_longer_than_40_lines() {
        List<String> wrong = new ArrayList<>();
        for (Path file : House.files(House.CLASSES, ".class")) {
            for (MethodLines method : MethodLines.of(ClassFile.of(), file)) {
                if (method.lines() > METHOD_LINES && !LONG_METHODS.containsKey(method.name())) {
                    wrong.add(method.name() + " has " + method.lines());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_leg_stays_narrow() {
        assertThat(fulcrum.call.Leg.class.getDeclaredMethods()).hasSizeLessThanOrEqualTo(15);
    }
}
