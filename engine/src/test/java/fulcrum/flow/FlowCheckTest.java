package fulcrum.flow;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.CollectDtmf;
import fulcrum.action.Hangup;
import fulcrum.action.Play;
import fulcrum.call.Call;
import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;

import java.util.List;

class FlowCheckTest {
    @Named("ask")
    @Doc("Asks a URL.")
    public record Ask(
            @Doc("Which.") @Required @Url @Pattern("^https?://") String voiceUrl,
            @Doc("And then.") @Url String other)
            implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            return Next.DEFAULT;
        }
    }

    private static final ActionCatalog ACTIONS =
            ActionCatalog.of(List.of(Ask.class, CollectDtmf.class, Hangup.class, Play.class));

    private static final FlowCheck CHECK =
            new FlowCheck(ACTIONS, url -> !url.contains("localhost"));

    private static List<String> problems(String flow) {
        return CHECK.check(Json.MAPPER.readTree(json(flow)), "").stream()
                .map(problem -> problem.pointer() + " " + problem.rule())
                .toList();
    }

    @Test
    void a_good_flow_has_no_problems() {
        assertThat(problems(node("play", "{'id':'a'}", node("hangup", "{}")))).isEmpty();
        assertThat(problems("{'module':'play'}")).isEmpty();
        assertThat(problems("{'module':'play','data':{},'children':{},'own':1}")).isEmpty();
    }

    @Test
    void what_is_no_node_is_named_by_its_place() {
        assertThat(problems("[]")).containsExactly(" type");
        assertThat(problems("3")).containsExactly(" type");
        assertThat(problems("{}")).containsExactly("/module required");
        assertThat(problems("{'module':7}")).containsExactly("/module type");
        assertThat(problems("{'module':''}")).containsExactly("/module minLength");
        assertThat(problems("{'module':'play','data':[]}")).containsExactly("/data type");
        assertThat(problems("{'module':'play','children':[]}")).containsExactly("/children type");
        assertThat(problems(node("play", "{}", children("_", "{}"))))
                .containsExactly("/children/_/module required");
        String name = "m".repeat(65);
        assertThat(problems("{'module':'" + name + "'}"))
                .containsExactly("/module maxLength", "/module error");
    }

    @Test
    void an_unknown_action_is_a_problem_and_its_children_are_checked_all_the_same() {
        String flow = node("paly", "{}", children("a/b", node("play", "{'id':1}")));
        List<Problem> found = CHECK.check(Json.MAPPER.readTree(flow), "/flow");
        assertThat(found)
                .extracting(Problem::pointer)
                .containsExactly("/flow/module", "/flow/children/a~1b/data/id");
        assertThat(found)
                .extracting(Problem::fieldPath)
                .containsExactly("flow.module", "flow.children.a/b.data.id");
        assertThat(found.getFirst().message())
                .isEqualTo("unable to find callflow schema for module paly");
    }

    @Test
    void data_is_checked_against_its_action_and_nothing_is_repaired() {
        String flow =
                node("collect_dtmf", "{'max_digits':'4','timeout':0,'terminators':['#','#']}");
        assertThat(problems(flow))
                .containsExactly(
                        "/data/max_digits type",
                        "/data/timeout minimum",
                        "/data/terminators uniqueItems");
    }

    @Test
    void absent_data_is_checked_as_the_empty_object() {
        assertThat(problems("{'module':'ask'}")).containsExactly("/data/voice_url required");
    }

    @Test
    void urls_that_may_not_be_fetched_are_problems_and_all_urls_can_be_listed() {
        String flow =
                node(
                        "ask",
                        "{'voice_url':'http://a.example/','other':'http://b.example/'}",
                        node("ask", "{'voice_url':'http://localhost/'}"));
        assertThat(problems(flow)).containsExactly("/children/_/data/voice_url error");
        assertThat(CHECK.urls(Json.MAPPER.readTree(flow)))
                .containsExactly("http://a.example/", "http://b.example/", "http://localhost/");
    }
}
