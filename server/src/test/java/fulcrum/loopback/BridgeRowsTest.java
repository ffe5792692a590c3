package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.Confirmation;
import fulcrum.call.Contact;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.RingPlan;
import fulcrum.call.RingTarget;
import fulcrum.call.Sound;
import fulcrum.exchange.Exchange;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Person;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// Callers who ring registered phones: the same stories on virtual time and over real SIP and RTP.
class BridgeRowsTest {
    private static final String BOB = "b0".repeat(16);
    private static final String CAROL = "c0".repeat(16);
    private static final String NOTHING = "{\"module\":\"noop\",\"data\":{}}";
    private static final Duration MOMENT = Duration.ofMillis(500);

    /// A story: whom the plan rings, and what everybody does.
    record Row(String name, UnaryOperator<RingPlan> plan, Story story, int callerStatus) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Story {
        void tell(Scenario scenario, Person bob, Person carol);
    }

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static LoopbackDriver loopback;

    private static volatile UnaryOperator<RingPlan> plan = usual -> usual;

    @BeforeAll
    static void open() {
        loopback = new LoopbackDriver(facts -> Journal.NONE, flows -> BridgeRowsTest::carryOut);
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    /// Rings every contact of the two devices; whoever is not reached is told why.
    private static void carryOut(Call call) {
        List<RingTarget> targets = new ArrayList<>();
        for (String device : List.of(BOB, CAROL)) {
            var where = new Question.Contacts(Scenario.ACCOUNT, device);
            for (Contact contact : call.ask(where).contacts()) {
                Dial.Caller ann = Dial.Caller.of("Ann Lee", "+14155550100");
                targets.add(RingTarget.of(Dial.to(contact, Scenario.ACCOUNT, ann)));
            }
        }
        switch (call.ring(plan.apply(RingPlan.together(targets)))) {
            case DialResult.Answered answered -> call.bridge(answered.leg(), answered.music());
            case DialResult.Failed failed ->
                    call.tell(new Order.Reject(failed.sipStatus(), "", Map.of()));
        }
    }

    private static Row row(String name, int callerStatus, Story story) {
        return new Row(name, usual -> usual, story, callerStatus);
    }

    private static RingPlan confirming(RingPlan usual) {
        Sound prompt = new Sound.Prompt(Scenario.ACCOUNT, "confirm", "en-us");
        Confirmation one = new Confirmation(prompt, '1', Duration.ofSeconds(7));
        return RingPlan.together(
                usual.targets().stream().map(target -> target.withConfirmation(one)).toList());
    }

    private static RingPlan held(RingPlan usual) {
        Sound music = new Sound.Media("hold-music");
        return RingPlan.together(
                        usual.targets().stream()
                                .map(target -> target.withHoldMusic(music))
                                .toList())
                .withHoldMusic(music);
    }

    static List<Row> rows() {
        return List.of(
                row(
                        "the callee answers, both hear each other, the callee hangs up",
                        0,
                        (all, bob, carol) -> {
                            bob.isRinging().waits(MOMENT).answers().isBridgedTo(all.caller());
                            all.says("good morning");
                            bob.hears("good morning").says("hello to you");
                            all.hears("hello to you").waits(MOMENT);
                            bob.hangsUp();
                            all.isHungUp(0);
                        }),
                row(
                        "the caller hangs up and the callee is hung up on",
                        0,
                        (all, bob, carol) -> {
                            bob.isRinging().answers().isBridgedTo(all.caller());
                            all.waits(MOMENT).hangsUp();
                            bob.isHungUp(0);
                        }),
                row("busy", 486, (all, bob, carol) -> bob.isRinging().refuses(486)),
                row("declined", 603, (all, bob, carol) -> bob.isRinging().refuses(603)),
                new Row(
                        "nobody answers",
                        usual -> usual.withTimeout(Duration.ofSeconds(1)),
                        (all, bob, carol) -> {
                            bob.isRinging().isHungUp(487);
                            all.isHungUp(480);
                        },
                        480),
                row(
                        "the caller gives up",
                        487,
                        (all, bob, carol) -> {
                            bob.isRinging();
                            all.waits(MOMENT).hangsUp();
                            bob.isHungUp(487);
                        }),
                row(
                        "two ring and the first who answers wins",
                        0,
                        (all, bob, carol) -> {
                            all.registers("carol", CAROL);
                            bob.isRinging();
                            carol.isRinging().answers().isBridgedTo(all.caller());
                            bob.isHungUp(487);
                            carol.hangsUp();
                            all.isHungUp(0);
                        }),
                row(
                        "two answer at the same instant",
                        0,
                        (all, bob, carol) -> {
                            all.registers("carol", CAROL);
                            bob.isRinging();
                            carol.isRinging();
                            all.atOnce(new Step.Answers("bob"), new Step.Answers("carol"));
                            all.waits(MOMENT).hangsUp();
                        }),
                row(
                        "an answer and a cancel at the same instant",
                        -1,
                        (all, bob, carol) -> {
                            bob.isRinging();
                            all.atOnce(new Step.Answers("bob"), new Step.HangsUp("caller"));
                            bob.isHungUp();
                        }),
                row(
                        "a cancel and an answer at the same instant",
                        -1,
                        (all, bob, carol) -> {
                            bob.isRinging();
                            all.atOnce(new Step.HangsUp("caller"), new Step.Answers("bob"));
                            bob.isHungUp();
                        }),
                row(
                        "early media reaches the caller, and the refusal after it",
                        410,
                        (all, bob, carol) -> {
                            bob.isRinging().announces("this number has changed");
                            all.hears("this number has changed");
                            bob.refuses(410);
                        }),
                new Row(
                        "ringback of our own until the answer",
                        usual -> usual.withRingback(new Sound.Media("ringback")),
                        (all, bob, carol) -> {
                            all.hears("ringback");
                            bob.isRinging().answers().isBridgedTo(all.caller());
                            bob.waits(MOMENT).says("hello to you");
                            all.hears("hello to you");
                            bob.hangsUp();
                        },
                        0),
                new Row(
                        "a callee who must press 1",
                        BridgeRowsTest::confirming,
                        (all, bob, carol) -> {
                            bob.isRinging().answers().hears("confirm").presses("1");
                            bob.isBridgedTo(all.caller());
                            bob.waits(MOMENT).hangsUp();
                            all.isHungUp(0);
                        },
                        0),
                row(
                        "keys go across, both ways",
                        0,
                        (all, bob, carol) -> {
                            bob.isRinging().answers().isBridgedTo(all.caller());
                            bob.waits(MOMENT);
                            all.presses("15#");
                            bob.receives("15#").presses("*9");
                            all.receives("*9");
                            bob.hangsUp();
                        }),
                new Row(
                        "hold both ways with music, and talk again",
                        BridgeRowsTest::held,
                        (all, bob, carol) -> {
                            bob.isRinging().answers().isBridgedTo(all.caller());
                            bob.waits(MOMENT).holds();
                            all.hears("hold-music");
                            bob.resumes().waits(MOMENT).says("back again");
                            all.hears("back again").waits(MOMENT);
                            all.caller().holds();
                            bob.hears("hold-music");
                            all.caller().resumes();
                            all.waits(MOMENT).says("so am I here");
                            bob.hears("so am I here").waits(MOMENT).hangsUp();
                        },
                        0),
                row(
                        "a redirection that nobody follows",
                        302,
                        (all, bob, carol) -> bob.isRinging().pointsTo("sip:x@elsewhere.example")));
    }

    private static Scenario scenario(Row row) {
        plan = row.plan();
        Scenario scenario = Scenario.callTo(NOTHING).registers("bob", BOB);
        row.story().tell(scenario, scenario.person("bob"), scenario.person("carol"));
        return scenario;
    }

    private static void check(Row row, Outcome outcome) {
        if (row.callerStatus() >= 0) {
            assertThat(outcome.ending("caller").sipStatus()).isEqualTo(row.callerStatus());
        }
        assertThat(outcome.crashes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_row_comes_true_on_virtual_time(Row row) {
        check(row, scenario(row).plays(ScriptedDriver.of(BridgeRowsTest::carryOut)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_row_comes_true_on_real_calls(Row row) {
        check(row, scenario(row).plays(loopback));
        Exchange exchange = loopback.house().exchange();
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (exchange.sessions() + exchange.paths() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(exchange.paths()).as("RTP ports left over").isZero();
        assertThat(exchange.sessions()).as("SIP sessions left over").isZero();
        assertThat(exchange.switchboard().legCount()).as("legs left over").isZero();
    }
}
