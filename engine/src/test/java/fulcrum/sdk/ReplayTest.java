package fulcrum.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.call.Call;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.LegEvent;
import fulcrum.call.Question;
import fulcrum.call.Sound;
import fulcrum.call.TakeCondition;
import fulcrum.call.Value;
import fulcrum.call.Want;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

class ReplayTest {
    private static final Consumer<Call> FLOWS = flows();

    private static Consumer<Call> flows() {
        FlowRouter router = new FlowRouter();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        return call -> interpreter.run(router.flowFor(call), call);
    }

    /// The journals of all calls of a scenario that is played once.
    private static List<WrittenJournal> journals(
            Consumer<Call> body, Scenario scenario, Consumer<ScriptedWorld> more) {
        List<WrittenJournal> journals = new ArrayList<>();
        Outcome outcome =
                scenario.plays(
                        ScriptedDriver.of(body)
                                .furnished((world, baton) -> more.accept(world))
                                .journalled(
                                        facts -> {
                                            WrittenJournal journal =
                                                    new WrittenJournal(
                                                            JournalHeader.of(
                                                                    "test",
                                                                    Map.of(),
                                                                    facts,
                                                                    Baton.BEGINNING));
                                            journals.add(journal);
                                            return journal;
                                        }));
        assertThat(outcome.crashes()).isEmpty();
        return journals;
    }

    /// Writes a journal, reads it back and replays it.
    private static Optional<Replay.Difference> replayed(
            WrittenJournal journal, Consumer<Call> body) {
        JournalText.Read read =
                JournalText.read(JournalText.write(journal.header(), journal.records()));
        return Replay.run(read.header(), read.records(), body);
    }

    private static int sameAgain(Consumer<Call> body, Scenario scenario) {
        List<WrittenJournal> journals = journals(body, scenario, world -> {});
        for (WrittenJournal journal : journals) {
            assertThat(replayed(journal, body)).isEmpty();
        }
        return journals.stream().mapToInt(one -> one.records().size()).sum();
    }

    @Test
    void a_thousand_random_scenarios_replay_to_the_same_orders() {
        List<JournalRecord> all = new ArrayList<>();
        for (long seed = 1; seed <= 1000; seed++) {
            RandomScenario random = new RandomScenario(seed);
            List<WrittenJournal> journals = journals(FLOWS, random.scenario(), random::happenings);
            assertThat(journals).hasSize(1);
            assertThat(replayed(journals.getFirst(), FLOWS))
                    .as("seed %d, flow %s", seed, random.flow())
                    .isEmpty();
            all.addAll(journals.getFirst().records());
        }
        // so that the thousand are not all about nothing
        assertThat(all).hasSizeGreaterThan(20_000);
        assertThat(all.stream().filter(JournalRecord.Ordered.class::isInstance))
                .hasSizeGreaterThan(4000);
        assertThat(all.stream().filter(ReplayTest::asksAHandler)).hasSizeGreaterThan(1000);
        assertThat(all.stream().filter(ReplayTest::isKey)).hasSizeGreaterThan(1000);
    }

    private static boolean asksAHandler(JournalRecord record) {
        return record instanceof JournalRecord.Asked asked
                && asked.question() instanceof Question.Fetch;
    }

    private static boolean isKey(JournalRecord record) {
        return record instanceof JournalRecord.Arrived arrived
                && arrived.value() instanceof LegEvent.DigitPressed;
    }

    @Test
    void a_replay_that_goes_another_way_is_told_with_the_first_difference() {
        Scenario scenario = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}").hears("a");
        WrittenJournal journal =
                journals(call -> play(call, "a"), scenario, world -> {}).getFirst();
        Replay.Difference difference =
                Replay.run(journal.header(), journal.records(), call -> play(call, "b"))
                        .orElseThrow();
        assertThat(difference.index()).isZero();
        assertThat(difference.toString())
                .startsWith("record 0: then Ordered")
                .contains("reference=a")
                .contains("reference=b");
    }

    @Test
    void a_replay_that_waits_for_more_than_there_was_is_told() {
        Scenario scenario = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
        WrittenJournal journal = journals(call -> {}, scenario, world -> {}).getFirst();
        Optional<Replay.Difference> difference =
                Replay.run(
                        journal.header(),
                        journal.records(),
                        call -> call.pause(Duration.ofSeconds(1)));
        assertThat(difference).isPresent();
    }

    private static void play(Call call, String media) {
        call.play(new Sound.Media(media), 1, Set.of());
    }

    /// Rings bob, connects with him, and goes on alone when he has left.
    private static void bridges(Call call) {
        call.answer();
        Dial bob = Dial.to("sip:bob@x", "a", Dial.Caller.of("Ann", "100"));
        switch (call.awaitAnswer(List.of(call.dial(bob)), Duration.ofSeconds(20))) {
            case DialResult.Answered answered -> call.bridge(answered.leg());
            case DialResult.Failed failed -> play(call, failed.cause().name());
        }
        play(call, "bye");
    }

    @Test
    void calls_that_ring_others_replay() {
        Scenario talk = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
        Person bob = talk.person("bob");
        bob.isRinging().answers().isBridgedTo(talk.caller()).waits(Duration.ofSeconds(3)).hangsUp();
        assertThat(sameAgain(ReplayTest::bridges, talk.hears("bye"))).isGreaterThan(10);

        Scenario refused = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
        refused.person("bob").isRinging().refuses(486);
        assertThat(sameAgain(ReplayTest::bridges, refused.hears("USER_BUSY"))).isGreaterThan(10);

        Scenario nobody = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
        nobody.person("bob").isRinging();
        assertThat(sameAgain(ReplayTest::bridges, nobody.hears("NO_ANSWER"))).isGreaterThan(10);

        Scenario left = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
        left.person("bob").isRinging();
        assertThat(sameAgain(ReplayTest::bridges, left.hangsUp())).isGreaterThan(5);
    }

    /// Callers of 1 wait to be picked up; a caller of 2 picks up the first.
    private static void picksUp(Call call) {
        call.answer();
        if (call.facts().request().user().equals("1")) {
            call.takable(true);
            call.await(Want.of(LegEvent.DigitPressed.class, key -> key.digit() == '9'), LONG);
            return;
        }
        switch (call.take("call-1@ann", TakeCondition.PARKED)) {
            case GIVEN -> {
                call.post("call-9@nobody", new Value.Message(call.id(), "got", "it"));
                call.other("call-1@ann").ifPresent(call::bridge);
            }
            case REFUSED -> play(call, "refused");
            case GONE -> play(call, "gone");
        }
    }

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void both_sides_of_a_pick_up_replay_whoever_was_first() {
        for (boolean gone : List.of(false, true)) {
            Scenario scenario = Scenario.scenario();
            scenario.person("ann").calls("1").waits(Duration.ofSeconds(2));
            if (gone) {
                scenario.person("ann").hangsUp();
            }
            scenario.person("bob").calls("2").waits(Duration.ofSeconds(2));
            if (!gone) {
                scenario.person("cleo").calls("2").waits(Duration.ofSeconds(5));
                scenario.person("ann").hangsUp();
            }
            assertThat(sameAgain(ReplayTest::picksUp, scenario)).isGreaterThan(8);
        }
    }
}
