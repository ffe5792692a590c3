package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class ResponseTest {
    private static Outcome refused(String data) {
        return Scenario.callTo(node("response", data, early("never"))).plays();
    }

    @Test
    void the_call_is_refused_with_the_code() {
        Outcome call = refused("{'code':480,'message':'Closed today'}");
        assertThat(call.ending().sipStatus()).isEqualTo(480);
        assertThat(call.ending().answered()).isFalse();
        assertThat(call.heard()).isEmpty();
        assertThat(refused("{'code':'603'}").ending().sipStatus()).isEqualTo(603);
    }

    @Test
    void without_a_usable_code_it_is_486() {
        assertThat(refused("{}").ending().sipStatus()).isEqualTo(486);
        assertThat(refused("{'code':'busy'}").ending().sipStatus()).isEqualTo(486);
        for (int odd : List.of(0, 200, 299, 700)) {
            Outcome call = refused("{'code':" + odd + "}");
            assertThat(call.ending().sipStatus()).isEqualTo(486);
            assertThat(call.notices().getFirst().path()).isEqualTo("/data/code");
        }
    }

    @Test
    void media_is_heard_first_and_the_call_is_not_answered() {
        Outcome call =
                Scenario.callTo(node("response", "{'code':404,'media':'closed'}"))
                        .hearsAllOf("closed")
                        .isHungUp(404)
                        .plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2));
        assertThat(call.ending().answered()).isFalse();
    }

    @Test
    void media_that_cannot_be_played_does_not_keep_the_call() {
        Outcome call =
                Scenario.callTo(node("response", "{'code':404,'media':'gone'}"))
                        .cannotPlay("gone")
                        .plays();
        assertThat(call.ending().sipStatus()).isEqualTo(404);
    }

    @Test
    void an_answered_call_is_hung_up() {
        Outcome call =
                Scenario.callTo(node("tts", "{'text':'Bye'}", node("response", "{'code':486}")))
                        .hears("Bye")
                        .isHungUp(0)
                        .plays();
        assertThat(call.ending().answered()).isTrue();
    }

    @Test
    void a_reason_phrase_cannot_begin_a_header() {
        Outcome call = refused("{'code':480,'message':'a\\r\\nX: y'}");
        assertThat(call.ending().sipStatus()).isEqualTo(480);
    }
}
