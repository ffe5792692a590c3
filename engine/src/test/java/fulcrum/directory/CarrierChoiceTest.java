package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which gateways a number may go out through, and in which order.
class CarrierChoiceTest {
    private static final String TOP = "a".repeat(32);
    private static final String CHILD = "b".repeat(32);
    private static final String OTHER = "c".repeat(32);
    private static final String GATEWAY = "'gateways':[{'server':'gw.example'}]";

    private final MemoryDirectory directory = new MemoryDirectory();
    private List<String> flags = List.of();
    private String caller = "+14155550100";
    private int rolled;

    CarrierChoiceTest() {
        account(TOP);
        account(CHILD, TOP);
        account(OTHER, TOP);
    }

    private void account(String id, String... above) {
        var hidden = Json.object();
        List.of(above).forEach(hidden.putArray("pvt_tree")::add);
        Document account = Document.fresh(id, "account", id, Json.object(), Instant.EPOCH);
        directory.save(account.withHidden(hidden));
    }

    private void local(String account, String id, String body) {
        directory.save(resource(account, id, body));
    }

    private void global(String id, String body) {
        var hidden = Json.object().put(CarrierChoice.GLOBAL, true);
        directory.save(resource(TOP, id, body).withHidden(hidden));
    }

    private static Document resource(String account, String id, String body) {
        var json = Json.object(("{'name':'" + id + "'," + body + "}").replace('\'', '"'));
        return Document.fresh(account, "resource", id, json, Instant.EPOCH);
    }

    private CarrierChoice.Result choose(String hunt, String number) {
        CarrierWish wish = new CarrierWish(CHILD, hunt, number, caller, flags);
        return CarrierChoice.of(wish, directory, bound -> rolled % bound);
    }

    /// `RESOURCE:SERVER` or just `RESOURCE` with the usual server, and ` NUMBER`.
    private List<String> chosen(String hunt, String number) {
        List<String> chosen = new ArrayList<>();
        for (ChosenGateway gateway : choose(hunt, number).gateways()) {
            String server = Json.text(gateway.gateway(), "server").orElse("");
            String where = server.equals("gw.example") ? "" : ":" + server;
            chosen.add(gateway.resource().id() + where + " " + gateway.number());
        }
        return chosen;
    }

    @Test
    void global_resources_serve_everybody_and_local_ones_their_own_account_and_those_below() {
        global("global", "'rules':['.*']," + GATEWAY);
        local(TOP, "top", "'rules':['.*']," + GATEWAY);
        local(CHILD, "own", "'rules':['.*']," + GATEWAY);
        local(OTHER, "others", "'rules':['.*']," + GATEWAY);
        assertThat(chosen("", "+44201")).containsExactly("global +44201");
        assertThat(chosen(CHILD, "+44201")).containsExactly("own +44201");
        assertThat(chosen(TOP, "+44201")).containsExactly("top +44201");
        assertThat(chosen(OTHER, "+44201")).isEmpty();
        assertThat(choose(OTHER, "+44201").why()).contains("neither the caller's nor above");
    }

    @Test
    void the_lowest_weight_is_first_and_one_that_says_none_weighs_three() {
        local(CHILD, "r1", "'weight_cost':50,'rules':['.*']," + GATEWAY);
        local(CHILD, "r2", "'rules':['.*']," + GATEWAY);
        local(CHILD, "r3", "'weight_cost':0,'rules':['.*']," + GATEWAY);
        local(CHILD, "r4", "'weight_cost':4,'rules':['.*']," + GATEWAY);
        assertThat(chosen(CHILD, "1")).containsExactly("r3 1", "r2 1", "r4 1", "r1 1");
    }

    @ParameterizedTest
    @CsvSource({
        "^\\\\+1(\\\\d{10})$, +14155550199, 4155550199",
        "^\\\\+1415, +14155550199, +1415",
        "^(\\\\+1)(\\\\d{3})(\\\\d+)$, +14155550199, 5550199",
        "^\\\\+(x?)1415.*, +14155550199, +14155550199",
        "^\\\\+44, +14155550199, ",
        "(, +14155550199, "
    })
    void what_is_sent_on_is_the_longest_group_or_all_that_matched(
            String rule, String number, String sent) {
        local(CHILD, "r", "'rules':['" + rule + "']," + GATEWAY);
        assertThat(chosen(CHILD, number))
                .isEqualTo(sent == null ? List.of() : List.of("r " + sent));
    }

    @Test
    void the_last_rule_that_matches_counts_and_without_rules_nothing_does() {
        local(CHILD, "r", "'rules':['^\\\\+1(.*)$','^(\\\\+.*)$','^9']," + GATEWAY);
        local(CHILD, "s", GATEWAY);
        assertThat(chosen(CHILD, "+1415")).containsExactly("r +1415");
    }

    @Test
    void a_rule_that_runs_away_matches_nothing() {
        local(CHILD, "r", "'rules':['^(a+)+$']," + GATEWAY);
        assertThat(chosen(CHILD, "a".repeat(40) + "b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', plain;other", "fast, fast;other", "fast cheap, other", "unheard, other"})
    void flags_that_are_asked_for_must_all_be_there(String asked, String names) {
        flags = asked.isEmpty() ? List.of() : List.of(asked.split(" "));
        local(CHILD, "fast", "'require_flags':true,'flags':['fast'],'rules':['.']," + GATEWAY);
        local(CHILD, "other", "'ignore_flags':true,'rules':['.']," + GATEWAY);
        local(CHILD, "plain", "'rules':['.']," + GATEWAY);
        assertThat(chosen(CHILD, "1"))
                .containsExactlyInAnyOrder(
                        List.of(names.split(";")).stream()
                                .map(name -> name + " 1")
                                .toArray(String[]::new));
    }

    @Test
    void where_a_resource_names_the_class_only_those_that_do_are_used() {
        local(CHILD, "intl", "'classifiers':{'international':{'prefix':'00'}}," + GATEWAY);
        local(CHILD, "off", "'classifiers':{'international':{'enabled':false}}," + GATEWAY);
        local(CHILD, "all", "'rules':['.*']," + GATEWAY);
        assertThat(chosen(CHILD, "+442071234567")).containsExactly("intl 00442071234567");
        assertThat(chosen(CHILD, "+14155550199")).containsExactly("all +14155550199");
    }

    @Test
    void a_classifiers_own_regex_suffix_weight_and_emergency_count() {
        String cheap = "'regex':'^.(44.*)$','suffix':'#','weight_cost':2,'emergency':true";
        local(
                CHILD,
                "z",
                "'weight_cost':9,'classifiers':{'international':{" + cheap + "}}," + GATEWAY);
        local(CHILD, "a", "'weight_cost':5,'classifiers':{'international':{}}," + GATEWAY);
        assertThat(chosen(CHILD, "+442071234567"))
                .containsExactly("z 442071234567#", "a 442071234567");
        assertThat(choose(CHILD, "+442071234567").gateways())
                .extracting(ChosenGateway::isEmergency)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "911, emergency, 911",
        "+18005550199, tollfree_us, 8005550199",
        "+19005550199, toll_us, 9005550199",
        "+18765550199, caribbean, 8765550199",
        "+14155550199, did_us, 4155550199",
        "1001, unknown, 1001"
    })
    void each_class_of_numbers_has_a_regex_of_its_own(String number, String kind, String sent) {
        local(CHILD, "r", "'classifiers':{'" + kind + "':{}}," + GATEWAY);
        assertThat(chosen(CHILD, number)).containsExactly("r " + sent);
    }

    @Test
    void a_resource_for_emergencies_says_so_in_three_places() {
        local(CHILD, "a", "'emergency':true,'rules':['.']," + GATEWAY);
        local(CHILD, "b", "'caller_id_options':{'type':'emergency'},'rules':['.']," + GATEWAY);
        local(CHILD, "c", "'caller_id_options':{'type':'internal'},'rules':['.']," + GATEWAY);
        assertThat(choose(CHILD, "911").gateways())
                .extracting(ChosenGateway::isEmergency)
                .containsExactly(true, true, false);
    }

    @Test
    void rules_for_the_caller_id_must_know_the_caller() {
        local(CHILD, "ours", "'cid_rules':['^.1415'],'rules':['.']," + GATEWAY);
        local(CHILD, "theirs", "'cid_rules':['^.44','^.49'],'rules':['.']," + GATEWAY);
        assertThat(chosen(CHILD, "1")).containsExactly("ours 1");
        caller = "+49301234";
        assertThat(chosen(CHILD, "1")).containsExactly("theirs 1");
    }

    @Test
    void gateways_come_as_listed_without_those_that_are_off_or_speak_no_sip() {
        local(
                CHILD,
                "r",
                "'rules':['.'],'gateways':[{'server':'a'},{'server':'b','enabled':false},"
                        + "{'server':'c','endpoint_type':'freetdm'},{},{'server':'d'}]");
        assertThat(chosen(CHILD, "1")).containsExactly("r:a 1", "r:d 1");
    }

    @Test
    void gateways_in_any_order_are_shuffled_by_the_dice() {
        local(
                CHILD,
                "r",
                "'rules':['.'],'gateway_strategy':'random',"
                        + "'gateways':[{'server':'a'},{'server':'b'},{'server':'c'}]");
        assertThat(chosen(CHILD, "1")).containsExactly("r:b 1", "r:c 1", "r:a 1");
        rolled = 5;
        assertThat(chosen(CHILD, "1")).containsExactly("r:a 1", "r:b 1", "r:c 1");
    }

    @Test
    void when_there_is_none_it_says_why() {
        assertThat(choose("", "1").why()).contains("no resource that serves all accounts");
        assertThat(choose(CHILD, "1").why()).contains("has no resource");
        local(CHILD, "off", "'enabled':false,'rules':['.']," + GATEWAY);
        assertThat(choose(CHILD, "1").why()).contains("none of 1 resources is on");
        local(CHILD, "other", "'rules':['^9'],'gateways':[]");
        assertThat(choose(CHILD, "1").why()).contains("no resource has a rule");
        assertThat(choose(CHILD, "9").why()).contains("no gateway is on in [other]");
    }
}
