package fulcrum.action;

import static fulcrum.testing.Nodes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.call.Call;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

class DocumentEditTest {
    private final List<Directory> directories = new ArrayList<>();

    /// Runs with a document `d` in the directory.
    private void during(Consumer<Call> body) {
        var outcome =
                Scenario.callTo("{}")
                        .document("user", "d", json("{'mine':0,'others':0}"))
                        .plays(
                                ScriptedDriver.of(body)
                                        .furnished(
                                                (world, baton) ->
                                                        directories.add(world.directory())));
        assertThat(outcome.crashes()).isEmpty();
    }

    private Document stored(String id) {
        return directories.getLast().find(Scenario.ACCOUNT, id).orElseThrow();
    }

    /// What somebody else does just before our own save.
    private void othersSave(String id, int value) {
        Document present = stored(id);
        directories
                .getLast()
                .save(present.withBody(present.body().deepCopy().put("others", value)));
    }

    @Test
    void a_document_that_others_saved_meanwhile_is_read_and_changed_again() {
        List<Integer> runs = new ArrayList<>();
        during(
                call ->
                        DocumentEdit.of(
                                call,
                                "d",
                                body -> {
                                    runs.add(1);
                                    if (runs.size() < 3) {
                                        othersSave("d", runs.size());
                                    }
                                    body.put("mine", runs.size());
                                }));
        assertThat(stored("d").body().toString()).isEqualTo(json("{'mine':3,'others':2}"));
    }

    @Test
    void others_who_never_stop_saving_make_it_fail() {
        List<Integer> runs = new ArrayList<>();
        during(
                call ->
                        assertThatThrownBy(
                                        () ->
                                                DocumentEdit.of(
                                                        call,
                                                        "d",
                                                        body -> {
                                                            runs.add(1);
                                                            othersSave("d", runs.size());
                                                            body.put("mine", 1);
                                                        }))
                                .isInstanceOf(WorldFailed.class));
        assertThat(stored("d").text("mine")).contains("0");
        assertThat(runs).hasSize(10);
    }

    @Test
    void a_document_that_is_missing_is_made_only_when_that_is_wanted() {
        during(
                call -> {
                    assertThat(DocumentEdit.of(call, "x", body -> body.put("a", 1))).isEmpty();
                    assertThat(directories.getLast().find(Scenario.ACCOUNT, "x")).isEmpty();
                    DocumentEdit.ofNewest(call, "lamp", "x", body -> body.put("a", 1));
                });
        assertThat(stored("x").body()).isEqualTo(Json.object().put("a", 1));
        assertThat(stored("x").type()).isEqualTo("lamp");
    }

    @Test
    void no_change_is_not_saved() {
        during(call -> DocumentEdit.of(call, "d", body -> body.put("mine", 0)));
        assertThat(stored("d").revision()).startsWith("1-");
    }
}
