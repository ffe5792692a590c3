package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class TransferTest {
    private static Scenario transfer(String data) {
        return Scenario.callTo(node("transfer", data, children("_", early("child"))))
                .callflow("4012", node("device", "{'id':'d1'}", early("after")))
                .callflow("no_match", early("out"))
                .document("device", "d1", "{}")
                .registers("bob", "d1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'target':'4012'}",
                "{'target':'4012','leg':'self'}",
                "{'captures':['4012'],'leg':'self'}",
                "{'captures':['9'],'leg':'self','target':'4012'}",
                "{'target':'4012','transfer_type':'attended'}",
                "{'captures':['4012'],'transfer_type':'attended'}",
            })
    void the_caller_goes_on_to_the_number(String data) {
        Scenario scenario = transfer(data);
        scenario.person("bob").isRinging().answers().isBridgedTo(scenario.caller());
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("bob");
        assertThat(trial.notices()).isEmpty();
    }

    @Test
    void the_flow_of_the_number_goes_on_as_if_it_had_been_dialled() {
        Scenario scenario = transfer("{'target':'4012'}");
        scenario.person("bob").isRinging().refuses(486);
        assertThat(RingTrial.of(scenario).heard()).containsExactly("after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'target':'999'}|999", "{}|no_match", "{'captures':[]}|no_match"})
    void a_number_that_nobody_answers_ends_the_call(String data, String number) {
        RingTrial trial =
                RingTrial.of(
                        Scenario.callTo(node("transfer", data, children("_", early("child")))));
        assertThat(trial.heard()).isEmpty();
        assertThat(trial.notices())
                .containsExactly(
                        "the caller cannot go on to " + number + ": no callflow answers it");
    }

    @Test
    void a_stranger_is_not_sent_out_again() {
        RingTrial trial = RingTrial.of(transfer("{'target':'4155550111'}"));
        assertThat(trial.heard()).isEmpty();
        Scenario own =
                transfer("{'target':'4155550111'}")
                        .comesFrom(Origin.device("d2"))
                        .document("device", "d2", "{}");
        assertThat(RingTrial.of(own).heard()).containsExactly("out");
    }

    @Test
    void a_number_that_the_caller_may_not_call_ends_the_call() {
        Scenario scenario =
                transfer("{'target':'4155550111'}")
                        .comesFrom(Origin.device("d2"))
                        .document(
                                "device",
                                "d2",
                                json("{'call_restriction':{'did_us':{'action':'deny'}}}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).isEmpty();
        assertThat(trial.notices()).singleElement().asString().contains("did_us");
    }

    @Test
    void the_other_party_of_a_caller_who_talks_to_nobody_cannot_be_moved() {
        for (String data : List.of("{'target':'4012','leg':'bleg'}", "{'captures':['4012']}")) {
            RingTrial trial = RingTrial.of(transfer(data));
            assertThat(trial.rang()).isEmpty();
            assertThat(trial.heard()).isEmpty();
            assertThat(trial.notices()).singleElement().asString().contains("talks to nobody");
        }
    }

    @Test
    void an_unknown_kind_goes_on_at_the_wildcard() {
        RingTrial trial = RingTrial.of(transfer("{'target':'4012','transfer_type':'warm'}"));
        assertThat(trial.heard()).containsExactly("child");
        assertThat(trial.notices()).hasSize(1);
    }

    @Test
    void transfers_in_a_circle_end() {
        Scenario scenario =
                Scenario.callTo(node("transfer", json("{'target':'" + Scenario.NUMBER + "'}")));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.notices()).singleElement().asString().contains("nodes in one call");
    }
}
