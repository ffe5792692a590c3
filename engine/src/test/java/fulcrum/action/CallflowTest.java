package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;

class CallflowTest {
    private static Scenario running(String data) {
        return Scenario.callTo(node("callflow", data, early("after")))
                .document("callflow", "night", "{\"flow\":" + early("closed") + "}")
                .document("callflow", "hollow", "{\"numbers\":[\"1\"]}");
    }

    @Test
    void the_other_flow_runs_and_then_this_nodes_wildcard() {
        Outcome call = running("{'id':'night'}").plays();
        assertThat(call.heard()).containsExactly("closed", "after");
    }

    @Test
    void a_document_without_a_flow_is_an_empty_flow() {
        Outcome call = running("{'id':'hollow'}").plays();
        assertThat(call.heard()).containsExactly("after");
        assertThat(call.notices()).isEmpty();
    }

    @Test
    void without_a_document_the_flow_goes_on_and_the_author_is_told() {
        for (String data : List.of("{}", "{'id':''}", "{'id':'nowhere'}")) {
            Outcome call = running(data).plays();
            assertThat(call.heard()).containsExactly("after");
            assertThat(call.notices().getFirst().path()).isEqualTo("/data/id");
        }
    }
}
