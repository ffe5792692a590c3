package fulcrum.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.action.CollectDtmf;
import fulcrum.action.Hangup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ReferencePagesTest {
    private static final ReferencePages PAGES =
            new ReferencePages(
                    ActionCatalog.of(List.of(CollectDtmf.class, Hangup.class)), Settings.DEFAULT);

    @TempDir private Path root;

    @Test
    void a_page_tells_fields_limits_defaults_and_settings() {
        String page = PAGES.files().get("docs/reference/actions/collect_dtmf.md");
        assertThat(page)
                .contains("# collect_dtmf\n")
                .contains(
                        "| `max_digits` | integer, at least 1 | `1` | How many digits to collect. |")
                .contains("setting `call_command.interdigit_timeout` (`2000`)")
                .contains("| `terminators` | array, of `1` `2`")
                .contains("\"collection_name\" : \"pin\"");
        assertThat(PAGES.files().get("docs/reference/actions/hangup.md")).contains("has no fields");
    }

    @Test
    void every_action_has_a_page_a_schema_and_a_line_in_the_list() {
        ReferencePages all = new ReferencePages(Actions.catalog(), Settings.DEFAULT);
        String list = all.files().get("docs/reference/actions/README.md");
        for (ActionType type : Actions.catalog().all()) {
            assertThat(list)
                    .contains("| [`" + type.name() + "`](" + type.name() + ".md) | " + type.doc());
            assertThat(all.files())
                    .containsKeys(
                            "docs/reference/actions/" + type.name() + ".md",
                            "docs/reference/schemas/callflows." + type.name() + ".json");
        }
        assertThat(all.files()).hasSize(2 * Actions.catalog().all().size() + 1);
    }

    @Test
    void missing_changed_and_left_over_files_are_stale_and_writing_mends_them() throws IOException {
        assertThat(PAGES.check(root)).hasSize(5);
        assertThat(PAGES.write(root)).hasSize(5);
        assertThat(PAGES.check(root)).isEmpty();
        Path pages = root.resolve("docs/reference/actions");
        Files.writeString(pages.resolve("hangup.md"), "edited");
        Files.writeString(pages.resolve("gone.md"), "left over");
        Files.delete(root.resolve("docs/reference/schemas/callflows.hangup.json"));
        assertThat(PAGES.check(root))
                .containsExactly(
                        "docs/reference/actions/gone.md",
                        "docs/reference/actions/hangup.md",
                        "docs/reference/schemas/callflows.hangup.json");
        PAGES.write(root);
        assertThat(PAGES.check(root)).isEmpty();
        assertThat(pages.resolve("gone.md")).doesNotExist();
    }
}
