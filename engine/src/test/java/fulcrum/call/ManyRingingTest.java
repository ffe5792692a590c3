package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Robot;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Ten thousand random calls that ring others, several at a time: none of them leaves anything behind, and each ends
/// for a reason.
class ManyRingingTest {
    private static final int CALLS = 10_000;
    private static final int AT_A_TIME = 8;
    private static final List<String> PHONES = List.of("p0", "p1", "p2", "p3", "p4", "p5");

    private final Map<HangupCause, Integer> causes = new EnumMap<>(HangupCause.class);
    private int answered;

    /// Rings as the number that was dialled says: it is a seed.
    private void carryOut(Call call) {
        Random dice = new Random(Long.parseLong(call.facts().request().user()));
        List<RingTarget> targets = new ArrayList<>();
        for (int i = dice.nextInt(4); i >= 0; i--) {
            targets.add(target(PHONES.get(dice.nextInt(PHONES.size())), dice));
        }
        RingPlan plan = dice.nextBoolean() ? RingPlan.together(targets) : RingPlan.inTurn(targets);
        plan = plan.withTimeout(Duration.ofSeconds(1 + dice.nextInt(30)));
        plan = dice.nextInt(4) == 0 ? plan.withRingback(new Sound.Media("ringback")) : plan;
        plan = dice.nextInt(4) == 0 ? plan.withFatal(RingPlan.REJECTIONS) : plan;
        switch (call.ring(plan)) {
            case DialResult.Answered up -> {
                answered++;
                call.bridge(up.leg(), up.music());
            }
            case DialResult.Failed failed -> causes.merge(failed.cause(), 1, Integer::sum);
        }
    }

    private static RingTarget target(String phone, Random dice) {
        Dial.Caller ann = Dial.Caller.of("Ann", "100");
        RingTarget target = RingTarget.of(Dial.to("sip:" + phone + "@x", Scenario.ACCOUNT, ann));
        target = target.withDelay(Duration.ofMillis(dice.nextInt(3) * 2000L));
        target = dice.nextBoolean() ? target.withTimeout(Duration.ofSeconds(5)) : target;
        Confirmation one = new Confirmation(new Sound.Media("ask"), '1', Duration.ofSeconds(3));
        return dice.nextInt(6) == 0 ? target.withConfirmation(one) : target;
    }

    private static Scenario scenario(int round) {
        Random dice = new Random(round);
        Scenario scenario = Scenario.scenario().seed(round);
        for (int i = 0; i < PHONES.size(); i++) {
            if (i < 4) {
                Duration rings = Duration.ofMillis(dice.nextInt(12) * 1000L);
                scenario.robot(PHONES.get(i), new Robot(rings, Duration.ofSeconds(8)));
            } else {
                scenario.isUnreachable(PHONES.get(i));
            }
        }
        List<Step> together = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            String number = String.valueOf(round * AT_A_TIME + i);
            together.add(new Step.Calls("caller" + i, number, "Ann", "100", Map.of()));
        }
        scenario.atOnce(together.toArray(Step[]::new));
        scenario.person("caller0").waits(Duration.ofMillis(dice.nextInt(15) * 1000L));
        return scenario;
    }

    @Test
    void ten_thousand_random_calls_leave_nothing_behind() {
        List<ScriptedWorld> worlds = new ArrayList<>();
        ScriptedDriver driver =
                ScriptedDriver.of(this::carryOut)
                        .furnished(
                                (world, baton) -> {
                                    worlds.add(world);
                                    baton.after(
                                            Duration.ofSeconds(6),
                                            "somebody",
                                            () -> interfere(world));
                                });
        for (int round = 0; round < CALLS / AT_A_TIME; round++) {
            Outcome outcome = scenario(round).plays(driver);
            ScriptedWorld world = worlds.removeLast();
            assertThat(outcome.crashes()).as("round %d", round).isEmpty();
            assertThat(world.calls().living()).as("round %d", round).isEmpty();
            assertThat(world.calls().cards()).as("round %d", round).isEmpty();
            assertThat(outcome.events(CallEvent.Ended.class)).hasSize(AT_A_TIME);
        }
        assertThat(answered).isGreaterThan(CALLS / 10);
        assertThat(causes.keySet())
                .containsAll(
                        Set.of(
                                HangupCause.USER_BUSY,
                                HangupCause.NO_ANSWER,
                                HangupCause.NORMAL_CLEARING));
    }

    /// In the midst of it somebody outside ends a call, and a phone refuses.
    private static void interfere(ScriptedWorld world) {
        Optional<LegCard> caller =
                world.calls().cards().stream()
                        .filter(card -> card.direction().equals("inbound"))
                        .findFirst();
        caller.ifPresent(
                card ->
                        world.calls()
                                .postToOwner(
                                        card.legId(),
                                        new Value.HangupAsked(
                                                card.legId(), HangupCause.NORMAL_CLEARING)));
    }
}
