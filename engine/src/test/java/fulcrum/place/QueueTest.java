package fulcrum.place;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.Leg;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.sdk.Baton;
import fulcrum.sdk.BatonInbox;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Robot;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

class QueueTest {
    private static final String QUEUE = "queue";
    private static final QueueRules RULES =
            new QueueRules(Duration.ofSeconds(4), Duration.ofSeconds(30));
    private static final Robot EAGER = new Robot(Duration.ofSeconds(2), Duration.ofSeconds(25));

    /// Who was connected with whom, in order, and for how long agents were busy.
    private final List<String> served = new ArrayList<>();

    private final List<String> told = new ArrayList<>();
    private final List<ScriptedWorld> worlds = new ArrayList<>();

    /// Waits to music, rings whoever is offered, talks.
    private void member(Call call) {
        call.answer();
        QueueSeat seat = QueueSeat.take(call, QUEUE, priority(call));
        call.tell(new Order.Play(call.nextNumber(), new Sound.Media("music"), 0));
        Optional<String> agent = seat.awaitAgent(Duration.ofHours(1));
        while (agent.isPresent()) {
            Leg leg = ring(call, agent.get());
            DialResult result = call.awaitAnswer(List.of(leg), Duration.ofSeconds(15));
            if (result instanceof DialResult.Answered) {
                seat.connected();
                served.add(call.facts().caller().name() + " by " + agent.get());
                call.tell(new Order.StopPlaying());
                call.bridge(leg);
                seat.leave();
                return;
            }
            seat.missed();
            agent = seat.awaitAgent(Duration.ofHours(1));
        }
        call.tell(new Order.StopPlaying());
        told.add(call.facts().caller().name() + " is not served");
    }

    private static int priority(Call call) {
        return call.facts().request().user().equals("urgent") ? 5 : 0;
    }

    private static Leg ring(Call call, String agent) {
        CallFacts.Party caller = call.facts().caller();
        return call.dial(
                Dial.to(
                        "sip:" + agent + "@scenario.example",
                        call.facts().accountId(),
                        Dial.Caller.of(caller.name(), caller.number())));
    }

    /// Something that happens to the queue from outside.
    private record Said(Duration when, QueueWord word, String about) {}

    private ScriptedDriver driver(List<Said> said, String... agents) {
        return ScriptedDriver.of(this::member)
                .furnished(
                        (world, baton) -> {
                            worlds.add(world);
                            BatonInbox inbox = new BatonInbox(baton);
                            world.calls().opened(QUEUE, inbox);
                            Queue queue = new Queue(QUEUE, inbox, world.calls(), RULES);
                            baton.start(
                                    QUEUE,
                                    () -> {
                                        queue.run();
                                        world.calls().closed(QUEUE);
                                    },
                                    thrown -> told.add("the queue crashed: " + thrown));
                            for (String agent : agents) {
                                inbox.post(QueueWord.LOGIN.about(agent));
                            }
                            for (Said one : said) {
                                baton.after(
                                        one.when,
                                        "rest",
                                        () -> inbox.post(one.word.about(one.about)));
                            }
                        });
    }

    private Outcome plays(Scenario scenario, ScriptedDriver driver) {
        Outcome outcome = scenario.plays(driver);
        assertThat(outcome.crashes()).isEmpty();
        assertThat(told).noneMatch(line -> line.contains("crashed"));
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        return outcome;
    }

    private static Scenario calling(Scenario scenario, String... persons) {
        for (String person : persons) {
            scenario.person(person).calls("support").waits(Duration.ofMillis(100));
        }
        return scenario;
    }

    @Test
    void members_are_served_in_the_order_they_came_by_the_agent_who_was_free_longest() {
        Scenario scenario = Scenario.scenario().robot("ag1", EAGER).robot("ag2", EAGER);
        plays(calling(scenario, "ann", "ben", "cid", "dan"), driver(List.of(), "ag1", "ag2"));
        assertThat(served).containsExactly("ann by ag1", "ben by ag2", "cid by ag1", "dan by ag2");
    }

    @Test
    void a_greater_priority_comes_first() {
        Scenario scenario = calling(Scenario.scenario().robot("ag1", EAGER), "ann", "ben");
        scenario.person("eve").calls("urgent");
        plays(scenario, driver(List.of(), "ag1"));
        assertThat(served).containsExactly("ann by ag1", "eve by ag1", "ben by ag1");
    }

    @Test
    void an_agent_is_left_in_peace_after_a_call() {
        Scenario scenario = calling(Scenario.scenario().robot("ag1", EAGER), "ann", "ben");
        Outcome outcome = plays(scenario, driver(List.of(), "ag1"));
        // ben: ring 2 s, talk 25 s, 4 s of peace, ring 2 s, talk 25 s
        assertThat(Duration.between(outcome.ending("ann").at(), outcome.ending("ben").at()))
                .isEqualTo(Duration.ofSeconds(4 + 2 + 25));
    }

    @Test
    void an_agent_who_does_not_answer_is_passed_over_and_the_member_keeps_his_place() {
        Robot deaf = new Robot(Duration.ofHours(1), Duration.ofSeconds(1));
        Scenario scenario = Scenario.scenario().robot("ag1", deaf).robot("ag2", EAGER);
        plays(calling(scenario, "ann", "ben", "cid"), driver(List.of(), "ag1", "ag2"));
        assertThat(served).containsExactly("ben by ag2", "ann by ag2", "cid by ag2");
    }

    @Test
    void a_member_who_leaves_while_his_agent_rings_frees_the_agent() {
        Scenario scenario = calling(Scenario.scenario().robot("ag1", EAGER), "ann", "ben");
        scenario.person("ann").waits(Duration.ofSeconds(1)).hangsUp();
        plays(scenario, driver(List.of(), "ag1"));
        assertThat(served).containsExactly("ben by ag1");
    }

    @Test
    void an_agent_who_logs_out_is_not_offered_any_more_and_one_who_comes_is() {
        Scenario scenario = Scenario.scenario().robot("ag1", EAGER).robot("ag2", EAGER);
        List<Said> said =
                List.of(
                        new Said(Duration.ofSeconds(5), QueueWord.LOGOUT, "ag1"),
                        new Said(Duration.ofMinutes(5), QueueWord.LOGIN, "ag2"));
        Outcome outcome = plays(calling(scenario, "ann", "ben"), driver(said, "ag1"));
        assertThat(served).containsExactly("ann by ag1", "ben by ag2");
        assertThat(outcome.ending("ben").at())
                .isEqualTo(Baton.BEGINNING.plus(Duration.ofMinutes(5).plusSeconds(27)));
    }

    @Test
    void a_queue_that_ends_tells_those_who_wait_and_those_who_come_later() {
        Scenario scenario = calling(Scenario.scenario(), "ann", "ben");
        scenario.person("cid").waits(Duration.ofMinutes(2)).calls("support");
        plays(scenario, driver(List.of(new Said(Duration.ofMinutes(1), QueueWord.CLOSE, ""))));
        assertThat(served).isEmpty();
        assertThat(told)
                .containsExactly("ann is not served", "ben is not served", "cid is not served");
    }

    @Test
    void a_position_is_asked_for_and_a_word_for_a_seat_given_up_is_not_taken_for_the_next() {
        List<Object> seen = new ArrayList<>();
        ScriptedDriver asking =
                driver(List.of(new Said(Duration.ofSeconds(9), QueueWord.LOGIN, "ag1")));
        Scenario scenario = Scenario.scenario();
        scenario.person("ann").calls("support");
        plays(
                scenario,
                asking.carryingOut(
                        call -> {
                            QueueSeat first = QueueSeat.take(call, QUEUE, 0);
                            seen.add(first.position());
                            call.pause(Duration.ofSeconds(10)); // the offer comes now
                            first.leave();
                            QueueSeat second = QueueSeat.take(call, QUEUE, 0);
                            seen.add(second.awaitAgent(Duration.ofSeconds(3)));
                            seen.add(second.awaitAgent(Duration.ofSeconds(3)));
                        }));
        assertThat(seen).containsExactly(Optional.of(1), Optional.of("ag1"), Optional.empty());
    }

    /// 500 members in 100 s, every seventh of the later ones leaving while he waits, and 20 agents, two of whom never
    /// answer.
    private static Scenario rush() {
        Scenario scenario = Scenario.scenario();
        for (int i = 1; i <= 20; i++) {
            boolean deaf = i % 10 == 0;
            Duration answers = Duration.ofMillis(deaf ? 3_600_000 : 1000 + 70L * i);
            scenario.robot("ag" + i, new Robot(answers, Duration.ofMillis(20_000 + 333L * i)));
        }
        Map<Long, List<Step>> steps = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            String name = "m" + i;
            long calls = 200L * i;
            Step call = new Step.Calls(name, "support", name, name, Map.of());
            steps.computeIfAbsent(calls, at -> new ArrayList<>()).add(call);
            if (leaves(i)) {
                long leaves = calls + 5000 + 37L * i;
                steps.computeIfAbsent(leaves, at -> new ArrayList<>()).add(new Step.HangsUp(name));
            }
        }
        long now = 0;
        for (Map.Entry<Long, List<Step>> entry : steps.entrySet()) {
            Duration pause = Duration.ofMillis(entry.getKey() - now);
            scenario.does(List.of(new Step.Waits("director", pause)));
            scenario.does(entry.getValue());
            now = entry.getKey();
        }
        return scenario;
    }

    private static boolean leaves(int i) {
        return i >= 100 && i % 7 == 0;
    }

    private static String[] agents() {
        String[] agents = new String[20];
        for (int i = 1; i <= 20; i++) {
            agents[i - 1] = "ag" + i;
        }
        return agents;
    }

    @Test
    void five_hundred_members_and_twenty_agents() {
        Outcome outcome = plays(rush(), driver(List.of(), agents()));
        List<String> names = served.stream().map(line -> line.replaceAll(" .*", "")).toList();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            if (!leaves(i)) {
                expected.add("m" + i);
            }
        }
        assertThat(names).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(names)).isEqualTo(expected);
        assertThat(served).noneMatch(line -> line.endsWith("ag10") || line.endsWith("ag20"));
        assertThat(outcome.transcript()).noneMatch(line -> line.contains("BUSY"));
        // at most those whom the two deaf agents kept, and how long each rang, move the order
        assertThat(furthestFromOrder(names)).isLessThan(40);
        assertThat(outcome.endings()).hasSizeGreaterThanOrEqualTo(500);
    }

    private static int furthestFromOrder(List<String> names) {
        List<Integer> numbers =
                names.stream().map(name -> Integer.parseInt(name.substring(1))).toList();
        List<Integer> sorted = new ArrayList<>(numbers);
        Collections.sort(sorted);
        int furthest = 0;
        for (int i = 0; i < numbers.size(); i++) {
            furthest = Math.max(furthest, Math.abs(i - sorted.indexOf(numbers.get(i))));
        }
        return furthest;
    }

    @Test
    void a_second_run_goes_the_same_way_to_the_millisecond() {
        List<String> first = plays(rush(), driver(List.of(), agents())).transcript();
        List<String> servedFirst = List.copyOf(served);
        served.clear();
        List<String> second = plays(rush(), driver(List.of(), agents())).transcript();
        assertThat(served).isEqualTo(servedFirst);
        assertThat(second).isEqualTo(first);
    }
}
