package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class PrivacyTest {
    /// Whether name and number are hidden from phones, and from carriers.
    private static String hidden(Trial trial) {
        return hidden(trial.forPhones()) + " " + hidden(trial.forCarriers());
    }

    private static String hidden(CallerId id) {
        return (id.hidesName() ? "name" : "-") + "," + (id.hidesNumber() ? "number" : "-");
    }

    private static Trial after(String data) {
        return Trial.of(Scenario.callTo(node("privacy", data, early("next"))));
    }

    @Test
    void the_mode_says_what_is_hidden() {
        assertThat(hidden(after("{}"))).isEqualTo("name,number name,number");
        assertThat(hidden(after("{'mode':'full'}"))).isEqualTo("name,number name,number");
        assertThat(hidden(after("{'mode':'yes'}"))).isEqualTo("name,number name,number");
        assertThat(hidden(after("{'mode':'name'}"))).isEqualTo("name,- name,-");
        assertThat(hidden(after("{'mode':'number'}"))).isEqualTo("-,number -,number");
        assertThat(hidden(after("{'mode':'hide_name'}"))).isEqualTo("name,- name,-");
        assertThat(hidden(after("{'mode':'none'}"))).isEqualTo("-,- -,-");
        assertThat(hidden(after("{'mode':'other'}"))).isEqualTo("name,number name,number");
    }

    @Test
    void the_channel_variables_tell_it() {
        Trial trial = after("{'mode':'name'}");
        assertThat(trial.variables().channel())
                .containsEntry("Privacy-Hide-Name", "true")
                .containsEntry("Privacy-Hide-Number", "false");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void merge_hides_also_what_the_device_hides_from_carriers() {
        for (String strategy : new String[] {"overwrite", "merge"}) {
            String data = "{'mode':'number','endpoint_strategy':'" + strategy + "'}";
            Scenario scenario =
                    Scenario.callTo(node("privacy", data))
                            .comesFrom(Origin.device("d1"))
                            .document(
                                    "device",
                                    "d1",
                                    json("{'caller_id_options':{'outbound_privacy':'name'}}"));
            String carriers = strategy.equals("merge") ? "name,number" : "-,number";
            assertThat(hidden(Trial.of(scenario))).isEqualTo("-,number " + carriers);
        }
    }

    @Test
    void without_the_action_the_device_hides_from_carriers_alone() {
        Scenario scenario =
                Scenario.callTo(node("noop", "{}"))
                        .comesFrom(Origin.device("d1"))
                        .document(
                                "device",
                                "d1",
                                json("{'caller_id_options':{'outbound_privacy':'full'}}"));
        assertThat(hidden(Trial.of(scenario))).isEqualTo("-,- name,number");
    }

    @Test
    void the_users_word_is_above_the_devices() {
        Scenario scenario =
                Scenario.callTo(node("noop", "{}"))
                        .comesFrom(Origin.device("d1", "u1"))
                        .document(
                                "user",
                                "u1",
                                json("{'caller_id_options':{'outbound_privacy':'none'}}"))
                        .document(
                                "device",
                                "d1",
                                json("{'caller_id_options':{'outbound_privacy':'full'}}"));
        assertThat(hidden(Trial.of(scenario))).isEqualTo("-,- -,-");
    }

    @Test
    void a_strategy_that_it_does_not_know_hides_nothing_and_goes_on() {
        Trial trial = after("{'endpoint_strategy':'both'}");
        assertThat(hidden(trial)).isEqualTo("-,- -,-");
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.notices()).hasSize(1);
    }

    private static Scenario code(String number) {
        return Trial.dials(
                        number,
                        "^\\*67([0-9]+)$",
                        node("privacy", "{'mode':'number'}", early("after")))
                .comesFrom(Origin.device("d1"))
                .document("device", "d1", "{}");
    }

    @Test
    void a_feature_code_goes_on_to_the_number_behind_it() {
        Trial trial = Trial.of(code("*671001").callflow("1001", early("one")));
        assertThat(trial.heard()).containsExactly("one", "after");
        assertThat(trial.variables().request().user()).isEqualTo("1001");
        assertThat(trial.forPhones().hidesNumber()).isTrue();
    }

    @Test
    void a_number_outside_is_normalised_and_goes_to_no_match() {
        Trial trial = Trial.of(code("*674155550123").callflow("no_match", early("out")));
        assertThat(trial.heard()).containsExactly("out", "after");
        assertThat(trial.variables().request().user()).isEqualTo("+14155550123");
    }

    @Test
    void a_number_that_nobody_answers_stops_the_flow() {
        Trial trial = Trial.of(code("*671001"));
        assertThat(trial.heard()).isEmpty();
        assertThat(trial.variables().request().user()).isEqualTo("*671001");
    }

    @Test
    void a_caller_from_outside_does_not_get_out_again() {
        Scenario scenario =
                code("*674155550123")
                        .comesFrom(Origin.carrier("c1"))
                        .callflow("no_match", early("out"));
        assertThat(Trial.of(scenario).heard()).isEmpty();
    }
}
