package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SleepTest {
    private static Duration slept(String data) {
        Outcome call = Scenario.callTo(node("sleep", data)).plays();
        assertThat(call.notices()).isEmpty();
        assertThat(call.ending().sipStatus()).isEqualTo(480);
        return call.lasted();
    }

    @Test
    void the_duration_is_in_seconds_unless_a_unit_says_otherwise() {
        assertThat(slept("{'duration':3}")).isEqualTo(Duration.ofSeconds(3));
        assertThat(slept("{'duration':3,'unit':'s'}")).isEqualTo(Duration.ofSeconds(3));
        assertThat(slept("{'duration':1500,'unit':'ms'}")).isEqualTo(Duration.ofMillis(1500));
        assertThat(slept("{'duration':2,'unit':'m'}")).isEqualTo(Duration.ofMinutes(2));
        assertThat(slept("{'duration':2,'unit':'h'}")).isEqualTo(Duration.ofHours(2));
        assertThat(slept("{'duration':3,'unit':'weeks'}")).isEqualTo(Duration.ofSeconds(3));
        assertThat(slept("{'duration':'4'}")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void nothing_is_no_time_and_more_than_a_day_is_a_day() {
        assertThat(slept("{}")).isZero();
        assertThat(slept("{'duration':-5}")).isZero();
        assertThat(slept("{'duration':'soon'}")).isZero();
        assertThat(slept("{'duration':86400000,'unit':'h'}")).isEqualTo(Duration.ofHours(24));
        assertThat(slept("{'duration':25,'unit':'h'}")).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void what_is_queued_goes_on_meanwhile_and_the_flow_follows_at_the_wildcard() {
        String flow =
                node(
                        "answer",
                        "{}",
                        node(
                                "send_dtmf",
                                "{'digits':'1','duration_ms':900}",
                                node("sleep", "{'duration':1}", early("next"))));
        Outcome call = Scenario.callTo(flow).receives("1").hears("next").plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(1 + 2));
    }

    @Test
    void a_caller_who_leaves_meanwhile_ends_it() {
        Scenario scenario =
                Scenario.callTo(node("sleep", "{'duration':1,'unit':'h'}", early("never")))
                        .waits(Duration.ofSeconds(1))
                        .hangsUp();
        Outcome call = scenario.plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(1));
        assertThat(call.heard()).isEmpty();
    }
}
