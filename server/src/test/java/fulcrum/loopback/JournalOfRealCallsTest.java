package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Journal;
import fulcrum.call.LegEvent;
import fulcrum.call.Question;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.JournalHeader;
import fulcrum.sdk.JournalRecord;
import fulcrum.sdk.JournalText;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Replay;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.WrittenJournal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Calls over real SIP and RTP are written down and run again from what was written.
class JournalOfRealCallsTest {
    private static final String ASK_PIN =
            """
            { "module": "play", "data": { "id": "enter_pin" }, "children": { "_": {
              "module": "collect_dtmf", "data": { "max_digits": 4, "collection_name": "pin" },
              "children": { "_": { "module": "pivot", "data": { "voice_url": "http://handler.example/pin" } } } } } }
            """;
    private static final String THANKS =
            "{ \"module\": \"play\", \"data\": { \"id\": \"thanks\" } }";

    private static final List<WrittenJournal> JOURNALS = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static LoopbackDriver loopback;

    @BeforeAll
    static void open() {
        loopback = new LoopbackDriver(JournalOfRealCallsTest::journal);
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    @BeforeEach
    void forget() {
        JOURNALS.clear();
    }

    private static Journal journal(CallFacts facts) {
        WrittenJournal journal =
                new WrittenJournal(JournalHeader.of("test", Map.of(), facts, Instant.now()));
        JOURNALS.add(journal);
        return journal;
    }

    /// What the server does with a call.
    private static Consumer<Call> flows() {
        FlowRouter router = new FlowRouter();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        return call -> interpreter.run(router.flowFor(call), call);
    }

    /// The only call's journal, written, read back and replayed.
    private static List<JournalRecord> replayed() {
        assertThat(JOURNALS).hasSize(1);
        WrittenJournal journal = JOURNALS.getFirst();
        JournalText.Read read =
                JournalText.read(JournalText.write(journal.header(), journal.records()));
        assertThat(read.records()).isEqualTo(journal.records());
        assertThat(Replay.run(read.header(), read.records(), flows())).isEmpty();
        return read.records();
    }

    private static long count(List<JournalRecord> records, Class<?> value) {
        return records.stream()
                .filter(
                        one ->
                                one instanceof JournalRecord.Arrived arrived
                                        && value.isInstance(arrived.value()))
                .count();
    }

    private static long fetches(List<JournalRecord> records) {
        return records.stream()
                .filter(
                        one ->
                                one instanceof JournalRecord.Asked asked
                                        && asked.question() instanceof Question.Fetch)
                .count();
    }

    @Test
    void keys_and_a_second_flow_from_the_handler_replay() {
        Outcome outcome =
                Scenario.callTo(ASK_PIN)
                        .webServerAnswersAt("/pin", THANKS)
                        .hearsAllOf("enter_pin")
                        .presses("12#")
                        .hears("thanks")
                        .plays(loopback);
        assertThat(outcome.requests()).hasSize(1);
        List<JournalRecord> records = replayed();
        assertThat(count(records, LegEvent.DigitPressed.class)).isEqualTo(3);
        assertThat(fetches(records)).isEqualTo(1);
    }

    @Test
    void a_caller_who_hangs_up_in_the_middle_of_a_sound_replays() {
        Scenario.callTo(ASK_PIN).hears("enter_pin").hangsUp().plays(loopback);
        assertThat(count(replayed(), LegEvent.HungUp.class)).isEqualTo(1);
    }

    @Test
    void a_caller_who_hangs_up_while_keys_are_collected_replays() {
        Scenario.callTo(ASK_PIN).hearsAllOf("enter_pin").presses("1").hangsUp().plays(loopback);
        assertThat(fetches(replayed())).isZero();
    }

    @Test
    void a_handler_that_fails_replays() {
        String twice =
                """
                { "module": "pivot", "data": { "voice_url": "http://handler.example/broken", "debug": true },
                  "children": { "_": { "module": "play", "data": { "id": "sorry" } } } }""";
        Outcome outcome =
                Scenario.callTo(twice)
                        .webServerAnswersAt("/broken", "{ \"module\": \"play\", ")
                        .isHungUp()
                        .plays(loopback);
        assertThat(outcome.notices()).isNotEmpty();
        assertThat(fetches(replayed())).isPositive();
    }

    @Test
    void a_number_that_nobody_has_replays() {
        Scenario scenario = Scenario.scenario();
        scenario.caller().calls("4711");
        scenario.isHungUp(404).plays(loopback);
        assertThat(replayed()).isNotEmpty();
    }
}
