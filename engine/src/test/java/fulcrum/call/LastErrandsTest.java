package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

class LastErrandsTest {
    private final List<String> done = new ArrayList<>();

    private Outcome plays(Scenario scenario, Consumer<Call> body) {
        return scenario.plays(ScriptedDriver.of(body));
    }

    private void errand(Call call, String name) {
        call.lastErrands()
                .add(
                        name,
                        ended -> {
                            assertThat(ended.hungUp()).isPresent();
                            done.add(name);
                        });
    }

    @Test
    void they_run_in_order_once_the_caller_has_left_and_before_the_end_is_told() {
        Outcome outcome =
                plays(
                        Scenario.callTo("{}").waits(Duration.ofSeconds(2)).hangsUp(),
                        call -> {
                            errand(call, "one");
                            errand(call, "two");
                            errand(call, "one");
                            call.lastErrands().add("told", ended -> ended.notice("", "it is over"));
                            call.pause(Call.FOREVER);
                        });
        assertThat(done).containsExactly("one", "two");
        assertThat(outcome.events().getLast()).isInstanceOf(CallEvent.Ended.class);
        assertThat(outcome.notices()).hasSize(1);
    }

    @Test
    void they_run_when_the_flow_ended_or_crashed_too() {
        plays(Scenario.callTo("{}"), call -> errand(call, "flow"));
        plays(
                Scenario.callTo("{}"),
                call -> {
                    errand(call, "crash");
                    throw new IllegalStateException("a bug");
                });
        assertThat(done).containsExactly("flow", "crash");
    }

    @Test
    void they_may_ask_the_world() {
        plays(
                Scenario.callTo("{}").document("user", "u1", "{}").hangsUp(),
                call -> {
                    String account = call.facts().accountId();
                    call.lastErrands()
                            .add(
                                    "ask",
                                    ended ->
                                            ended.ask(new Question.FindDocument(account, "u1"))
                                                    .document()
                                                    .ifPresent(user -> done.add(user.id())));
                    call.pause(Call.FOREVER);
                });
        assertThat(done).containsExactly("u1");
    }

    @Test
    void one_that_fails_is_noticed_and_the_others_run() {
        Outcome outcome =
                plays(
                        Scenario.callTo("{}"),
                        call -> {
                            call.lastErrands()
                                    .add(
                                            "bad",
                                            ended -> {
                                                throw new WorldFailed("the disk is full");
                                            });
                            errand(call, "good");
                        });
        assertThat(done).containsExactly("good");
        assertThat(outcome.notices().getFirst().message()).contains("the disk is full");
    }

    @Test
    void a_call_that_was_given_away_has_none_left() {
        Scenario scenario = Scenario.scenario();
        scenario.person("alice").calls("wait");
        scenario.person("bob").calls("take");
        scenario.person("alice").waits(Duration.ofSeconds(1)).hangsUp();
        plays(
                scenario,
                call -> {
                    errand(call, call.id());
                    if (call.facts().request().user().equals("wait")) {
                        call.pause(Call.FOREVER);
                    }
                    call.take("call-1@alice", TakeCondition.ALWAYS);
                    call.pause(Duration.ofSeconds(5));
                });
        assertThat(done).containsExactly("call-2@bob");
    }
}
