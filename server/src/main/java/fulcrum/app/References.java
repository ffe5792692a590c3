package fulcrum.app;

import fulcrum.action.Actions;
import fulcrum.api.ApiReference;
import fulcrum.flow.ReferencePages;
import fulcrum.flow.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The pages of `docs/reference` that are read off the code.
final class References {
    private static final String CONFIG = "docs/reference/config.md";
    private static final String API = "docs/reference/api.md";

    private References() {}

    /// Writes them.
    ///
    /// @param home the repository's root
    /// @return which pages there are
    static List<String> write(Path home) {
        List<String> written = new ArrayList<>(actions().write(home));
        try {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                Path file = home.resolve(page.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, page.getValue());
                written.add(page.getKey());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return written;
    }

    /// Pages that are not as the code says now.
    static List<String> stale(Path home) {
        List<String> stale = new ArrayList<>(actions().check(home));
        try {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                Path file = home.resolve(page.getKey());
                if (!Files.exists(file) || !Files.readString(file).equals(page.getValue())) {
                    stale.add(page.getKey());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return stale;
    }

    private static Map<String, String> pages() {
        return Map.of(CONFIG, config(), API, ApiReference.page());
    }

    private static ReferencePages actions() {
        return new ReferencePages(Actions.catalog(), Settings.DEFAULT);
    }

    private static String config() {
        StringBuilder page = new StringBuilder();
        page.append("# Settings of `serve`\n\n");
        page.append("<!-- Written by ./fulcrum generate; edit Config.java instead. -->\n\n");
        page.append(
                "Each is an option, an environment variable, and a key in the file that `--config` names (YAML)."
                        + " An option beats the environment, which beats the file.\n\n");
        page.append("| option | environment | default | meaning |\n|---|---|---|---|\n");
        for (Setting setting : ConfigReader.settings()) {
            String preset = setting.preset().isEmpty() ? "" : "`" + setting.preset() + "`";
            String value = setting.value().replace("|", "\\|");
            String bare = setting.bare().isEmpty() ? " " + value : "[=" + value + "]";
            page.append(
                    "| `--%s%s` | `%s` | %s | %s |\n"
                            .formatted(
                                    setting.name(),
                                    bare,
                                    ConfigReader.variable(setting.name()),
                                    preset,
                                    setting.doc()));
        }
        return page.toString();
    }
}
