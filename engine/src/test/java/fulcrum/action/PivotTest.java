package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAsk;
import fulcrum.directory.Json;
import fulcrum.sdk.Asked;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

/// What goes out to the web server, for every field of the node's data.
class PivotTest {
    private static final String HELLO = early("hello");

    private static String pivot(String more) {
        return node(
                "pivot", "{'voice_url':'http://handler.example/a'" + more + "}", early("sorry"));
    }

    private static Scenario asking(String more) {
        return Scenario.callTo(pivot(more)).webServerAnswers(HELLO);
    }

    private static Asked first(Scenario scenario) {
        return plays(scenario).requests().getFirst();
    }

    private static Outcome plays(Scenario scenario) {
        Outcome outcome = scenario.plays();
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    @Test
    void a_get_has_everything_in_its_query_and_nothing_else() {
        HttpAsk request = first(asking("")).request();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.url())
                .isEqualTo(
                        "http://handler.example/a?Account-ID="
                                + Scenario.ACCOUNT
                                + "&Api-Version=4.x&Call-ID=call-1%40caller"
                                + "&Caller-ID-Name=Ann+Lee&Caller-ID-Number=%2B14155550100"
                                + "&Direction=inbound&From=%2B14155550100"
                                + "&From-Realm=scenario.example&Language=en-us&Request=12345"
                                + "&Request-Realm=scenario.example&To=12345"
                                + "&To-Realm=scenario.example");
        assertThat(request.headers()).isEmpty();
        assertThat(request.body()).isEmpty();
        assertThat(request.deadline()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void an_existing_query_stays_in_front_without_being_looked_at() {
        Scenario scenario =
                Scenario.callTo(
                                node(
                                        "pivot",
                                        "{'voice_url':'http://handler.example/a?Language=x#f'}"))
                        .webServerAnswers(HELLO);
        assertThat(first(scenario).request().url())
                .startsWith("http://handler.example/a?Language=x&Account-ID=")
                .contains("&Language=en-us&")
                .endsWith("#f");
    }

    @ParameterizedTest
    @CsvSource({"post", "POST"})
    void a_post_leaves_the_url_alone_and_has_a_form(String method) {
        HttpAsk get = first(asking("")).request();
        HttpAsk post = first(asking(",'method':'" + method + "'")).request();
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.url()).isEqualTo("http://handler.example/a");
        assertThat(post.headers())
                .isEqualTo(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(get.url()).isEqualTo(post.url() + "?" + post.body());
    }

    @Test
    void a_json_body_has_the_same_names_and_keeps_what_is_nested() {
        String sets =
                node(
                        "set_variables",
                        "{'custom_application_vars':{'tier':'gold','deep':{'a':[1,true]}}}",
                        pivot(",'method':'post','req_body_format':'json'"));
        HttpAsk request = first(Scenario.callTo(sets).webServerAnswers(HELLO)).request();
        assertThat(request.headers()).isEqualTo(Map.of("Content-Type", "application/json"));
        var body = Json.object(request.body());
        assertThat(body.path("Caller-ID-Name").asString()).isEqualTo("Ann Lee");
        assertThat(body.path("Custom-Application-Vars"))
                .isEqualTo(Json.object(json("{'tier':'gold','deep':{'a':[1,true]}}")));
        assertThat(body.path("Custom-SIP-Headers").isObject()).isTrue();
        assertThat(body.propertyNames()).containsAll(first(asking("")).parameters().keySet());
    }

    @Test
    void a_body_format_means_nothing_to_a_get() {
        assertThat(first(asking(",'req_body_format':'json'")).request())
                .isEqualTo(first(asking("")).request());
    }

    @Test
    void the_twiml_dialect_has_its_own_names() {
        Map<String, String> parameters = first(asking(",'req_format':'twiml'")).parameters();
        assertThat(parameters)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("CallSid", "call-1@caller"),
                                Map.entry("AccountSid", Scenario.ACCOUNT),
                                Map.entry("From", "+14155550100"),
                                Map.entry("FromRealm", "scenario.example"),
                                Map.entry("To", "12345"),
                                Map.entry("ToRealm", "scenario.example"),
                                Map.entry("ApiVersion", "2010-04-01"),
                                Map.entry("Direction", "inbound"),
                                Map.entry("CallerName", "Ann Lee"),
                                Map.entry("CallerNumber", "+14155550100")));
    }

    @Test
    void a_twiml_request_may_be_answered_with_json() {
        assertThat(plays(asking(",'req_format':'twiml'")).heard()).containsExactly("hello");
    }

    @Test
    void custom_sip_headers_and_variables_are_sent_by_name() {
        Scenario scenario =
                Scenario.callFrom("Ann Lee", "100", Map.of("X-Ticket", "A 7"), pivot(""))
                        .webServerAnswers(HELLO);
        assertThat(first(scenario).request().url()).contains("&Custom-SIP-Headers[X-Ticket]=A+7&");
    }

    @Test
    void a_caller_without_a_name_sends_none() {
        Scenario scenario = Scenario.callFrom("", "100", pivot("")).webServerAnswers(HELLO);
        assertThat(first(scenario).parameters())
                .doesNotContainKey("Caller-ID-Name")
                .containsEntry("Caller-ID-Number", "100");
    }

    @Test
    void no_owner_sends_nothing_one_a_text_and_several_a_list() {
        assertThat(first(asking("")).parameters()).doesNotContainKey("User-ID");
        assertThat(first(asking("").comesFrom(Origin.device("d1", "u1"))).request().url())
                .endsWith("&User-ID=u1");
        assertThat(first(asking("").comesFrom(Origin.device("d1", "u1", "u2"))).request().url())
                .endsWith("&User-ID[]=u1&User-ID[]=u2");
    }

    @Test
    void digits_are_absent_before_and_by_name_after_a_collection() {
        assertThat(first(asking("")).parameters().keySet())
                .noneMatch(name -> name.startsWith("Digits"));
        String named = node("collect_dtmf", "{'max_digits':2,'collection_name':'pin'}", pivot(""));
        Scenario typed = Scenario.callTo(named).presses("12").webServerAnswers(HELLO);
        assertThat(first(typed).request().url()).contains("&Digits[pin]=12&");
        Scenario silent = Scenario.callTo(named).webServerAnswers(HELLO);
        assertThat(first(silent).request().url()).contains("&Digits[pin]=&");
        String unnamed = node("collect_dtmf", "{'max_digits':2}", pivot(""));
        Scenario plain = Scenario.callTo(unnamed).presses("12").webServerAnswers(HELLO);
        assertThat(first(plain).request().url()).contains("&Digits[default]=12&");
    }

    @Test
    void collections_survive_to_later_pivots_and_the_options_of_a_pivot_do_not() {
        String again = node("pivot", "{'voice_url':'http://handler.example/b'}");
        String named =
                node(
                        "collect_dtmf",
                        "{'max_digits':1,'collection_name':'one'}",
                        pivot(",'method':'post','req_format':'twiml','req_timeout_ms':1000"));
        Outcome outcome =
                plays(
                        Scenario.callTo(named)
                                .presses("1")
                                .webServerAnswersAt("/a", again)
                                .webServerAnswersAt("/b", HELLO));
        Asked second = outcome.requests().get(1);
        assertThat(second.request().method()).isEqualTo("GET");
        assertThat(second.request().deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(second.parameter("Digits[one]")).isEqualTo("1");
        assertThat(second.parameter("Call-ID"))
                .isEqualTo(outcome.requests().getFirst().parameter("CallSid"));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "\"1000\", 1000", "5000, 5000", "60000, 5000", "0, 5000", "-1, 5000"})
    void a_time_out_is_at_most_five_seconds_and_nonsense_is_the_default(String given, int millis) {
        assertThat(first(asking(",'req_timeout_ms':" + given)).request().deadline())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void fields_of_a_wrong_type_or_word_count_as_absent() {
        String odd = ",'method':'put','req_format':'soap','req_body_format':7,'cdr_url':[]";
        assertThat(first(asking(odd)).request()).isEqualTo(first(asking("")).request());
    }

    @Test
    void custom_request_headers_that_begin_with_x_are_sent() {
        Outcome outcome =
                plays(
                        asking(
                                ",'custom_request_headers':{'X-Key':'k1','x-n':5,"
                                        + "'Authorization':'no','X-Bad':'a\\r\\nb','X Y':'1'}"));
        assertThat(outcome.requests().getFirst().request().headers())
                .isEqualTo(Map.of("X-Key", "k1", "x-n", "5"));
        assertThat(outcome.notices()).hasSize(3);
    }

    @Test
    void a_skipped_pivot_asks_nobody_and_goes_on_at_its_child() {
        Outcome outcome = plays(asking(",'skip_module':true"));
        assertThat(outcome.requests()).isEmpty();
        assertThat(outcome.heard()).containsExactly("sorry");
    }

    @Test
    void a_cdr_url_changes_nothing_for_a_flow_in_json() {
        Outcome outcome = plays(asking(",'cdr_url':'http://handler.example/cdr'"));
        assertThat(outcome.requests()).hasSize(1);
        assertThat(outcome.heard()).containsExactly("hello");
    }

    @Test
    void a_pivot_without_a_url_goes_on_at_its_child() {
        Outcome outcome = plays(Scenario.callTo(node("pivot", "{}", early("sorry"))));
        assertThat(outcome.requests()).isEmpty();
        assertThat(outcome.heard()).containsExactly("sorry");
        assertThat(outcome.notices().getFirst().path()).isEqualTo("/data/voice_url");
    }

    @Test
    void handlers_that_ask_for_each_other_for_ever_are_stopped_after_100() {
        String again = node("pivot", "{'voice_url':'http://handler.example/a'}", early("enough"));
        Outcome outcome = plays(Scenario.callTo(pivot("")).webServerAnswers(again));
        assertThat(outcome.requests()).hasSize(Pivot.MOST);
        assertThat(outcome.heard()).containsExactly("enough");
        assertThat(outcome.notices().getLast().message()).contains("more than 100 pivots");
    }

    @Test
    void credentials_in_the_url_reach_the_client_and_no_event() {
        String secret = node("pivot", "{'voice_url':'http://ann:s3cret@handler.example/a'}");
        Outcome outcome = plays(Scenario.callTo(secret).webServerAnswers(HELLO));
        assertThat(outcome.requests().getFirst().request().url()).contains("ann:s3cret@");
        assertThat(outcome.events().toString()).doesNotContain("s3cret");
    }
}
