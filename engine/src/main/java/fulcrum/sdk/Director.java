package fulcrum.sdk;

import fulcrum.call.HangupCause;
import fulcrum.call.Sound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// Carries out the steps of a scenario on virtual time, one after the other. It acts only when everything else at an
/// instant is done. When the steps are over it lets the calls come to their end by themselves.
final class Director {
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(200);
    private static final Duration KEY = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ScriptedDriver.Performance performance;
    private final List<Step> steps;
    private final ScriptedWorld world;
    private final Baton baton;

    Director(ScriptedDriver.Performance performance, List<Step> steps) {
        this.performance = performance;
        this.steps = steps;
        this.world = performance.world();
        this.baton = performance.baton();
    }

    void direct() {
        steps.forEach(this::carryOut);
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Calls calls -> performance.calls(calls);
            case Step.Presses presses -> press(presses);
            case Step.Says says -> say(says);
            case Step.Waits waits -> pass(waits.time());
            case Step.Hears hears -> hear(hears);
            case Step.HearsNothing nothing -> hearNothing(nothing);
            case Step.Receives receives -> receive(receives);
            case Step.IsRinging ringing ->
                    expect(step, () -> isRinging(step), "to be rung", "nobody rang");
            case Step.Answers answers -> instantly(step);
            case Step.Refuses refuses -> instantly(step);
            case Step.HangsUp hangsUp -> instantly(step);
            case Step.PointsTo pointsTo -> instantly(step);
            case Step.Holds holds -> instantly(step);
            case Step.Announces announces -> announce(announces);
            case Step.IsBridgedTo bridged ->
                    expect(
                            step,
                            () -> isBridged(bridged),
                            "to be connected to " + bridged.other(),
                            "was not");
            case Step.IsHungUp hungUp -> isHungUp(hungUp);
            case Step.AtOnce atOnce -> together(atOnce);
        }
    }

    private ScriptedPhone phone(Step step) {
        return world.phone(step.person());
    }

    private ScriptedLeg liveLeg(Step step) {
        return phone(step)
                .liveLeg()
                .orElseThrow(() -> new StepFailed(the(step) + " has no call to " + verb(step)));
    }

    private static String the(Step step) {
        return step.person().equals(Scenario.CALLER) ? "the caller" : step.person();
    }

    private static String verb(Step step) {
        return switch (step) {
            case Step.Answers answers -> "answer";
            case Step.Refuses refuses -> "refuse";
            case Step.HangsUp hangsUp -> "hang up";
            case Step.Presses presses -> "press keys on";
            case Step other -> "use";
        };
    }

    private void expect(Step step, BooleanSupplier what, String wish, String instead) {
        if (!baton.waitUntil(what, baton.now().plus(Step.PATIENCE))) {
            throw new StepFailed(the(step) + " expected " + wish + " but " + instead);
        }
    }

    /// Lets time pass; no time lets everything happen that follows at this instant.
    private void pass(Duration time) {
        baton.pause(baton.now().plus(time));
    }

    private boolean isRinging(Step step) {
        return phone(step).liveLeg().filter(leg -> !leg.card().isAnswered()).isPresent();
    }

    private boolean isBridged(Step.IsBridgedTo step) {
        String otherId = phone(step).liveLeg().map(leg -> leg.card().otherLegId()).orElse("");
        return !otherId.isEmpty()
                && world.phone(step.other())
                        .liveLeg()
                        .filter(leg -> leg.id().equals(otherId))
                        .isPresent();
    }

    private void instantly(Step step) {
        ScriptedLeg leg = liveLeg(step);
        world.after(Duration.ZERO, step.person(), () -> act(step, leg));
        pass(Duration.ZERO);
    }

    private void act(Step step, ScriptedLeg leg) {
        boolean answered = leg.card().isAnswered();
        switch (step) {
            case Step.Answers answers -> leg.up();
            case Step.Refuses refuses ->
                    leg.peerLeaves(HangupCause.ofSipStatus(refuses.status()), refuses.status());
            case Step.PointsTo pointsTo -> leg.pointsTo(pointsTo.uri());
            case Step.Holds holds -> leg.holds(holds.on());
            case Step.HangsUp hangsUp when answered ->
                    leg.peerLeaves(HangupCause.NORMAL_CLEARING, 0);
            case Step.HangsUp hangsUp -> leg.peerLeaves(HangupCause.ORIGINATOR_CANCEL, 487);
            case Step.Presses presses -> leg.pressed(presses.keys().charAt(0), KEY);
            case Step other ->
                    throw new StepFailed(other + " cannot be done at the same instant as others");
        }
    }

    private void together(Step.AtOnce atOnce) {
        for (Step step : atOnce.steps()) {
            if (step instanceof Step.Calls calls) {
                performance.calls(calls);
            } else {
                ScriptedLeg leg = liveLeg(step);
                world.after(Duration.ZERO, step.person(), () -> act(step, leg));
            }
        }
        pass(Duration.ZERO);
    }

    private void press(Step.Presses step) {
        BooleanSupplier listening =
                () ->
                        !world.isAsking()
                                && phone(step).liveLeg().filter(ScriptedLeg::hasAudio).isPresent();
        expect(step, listening, "to be able to press " + step.keys(), "is not in a call");
        boolean first = true;
        for (char key : step.keys().toUpperCase(Locale.ROOT).toCharArray()) {
            if (key == 'W') {
                pass(PAUSE);
                continue;
            }
            if (!first) {
                pass(BETWEEN_KEYS);
            }
            first = false;
            phone(step)
                    .liveLeg()
                    .ifPresent(
                            leg -> {
                                world.note(step.person() + " presses " + key);
                                leg.pressed(key, KEY);
                            });
        }
        pass(Duration.ZERO);
    }

    private void announce(Step.Announces step) {
        liveLeg(step).early();
        pass(Duration.ZERO);
        say(new Step.Says(step.person(), step.text()));
    }

    private void say(Step.Says step) {
        Sound words = new Sound.Speech(step.text(), "", "", "");
        Duration length = Heard.usualLength(words);
        Instant now = baton.now();
        world.note(step.person() + " says: " + step.text());
        liveLeg(step)
                .other()
                .ifPresent(other -> other.phone().hears(new Heard(now, words, length)));
        pass(length);
    }

    private void hear(Step.Hears step) {
        ScriptedPhone phone = phone(step);
        String wish = "to hear " + step.what();
        boolean sound =
                baton.waitUntil(
                        () -> !phone.unheard().isEmpty() || phone.liveLeg().isEmpty(),
                        baton.now().plus(Step.PATIENCE));
        if (!sound || phone.unheard().isEmpty()) {
            throw new StepFailed(the(step) + " expected " + wish + " but heard nothing");
        }
        Heard heard = phone.unheard().remove();
        if (!heard.is(step.what())) {
            throw new StepFailed(the(step) + " expected " + wish + " but heard " + heard.name());
        }
        if (step.toItsEnd() && phone.isHearing(heard)) {
            baton.waitUntil(() -> !phone.isHearing(heard), Instant.MAX);
        }
    }

    private void hearNothing(Step.HearsNothing step) {
        ScriptedPhone phone = phone(step);
        if (baton.waitUntil(() -> !phone.unheard().isEmpty(), baton.now().plus(step.time()))) {
            throw new StepFailed(
                    the(step)
                            + " expected to hear nothing but heard "
                            + phone.unheard().element().name());
        }
    }

    private void receive(Step.Receives step) {
        ScriptedPhone phone = phone(step);
        expect(
                step,
                () -> phone.unmatched().length() >= step.keys().length(),
                "to receive the keys " + step.keys(),
                "received '" + phone.unmatched() + "'");
        if (!phone.unmatched().startsWith(step.keys())) {
            throw new StepFailed(
                    the(step)
                            + " expected to receive the keys "
                            + step.keys()
                            + " but received "
                            + phone.unmatched());
        }
        phone.matched(step.keys());
    }

    private void isHungUp(Step.IsHungUp step) {
        ScriptedPhone phone = phone(step);
        expect(
                step,
                () -> phone.ending().isPresent() && phone.liveLeg().isEmpty(),
                "the call to be ended",
                "it goes on");
        int status = phone.ending().map(Ending::sipStatus).orElse(-1);
        if (step.status() >= 0 && step.status() != status) {
            throw new StepFailed(
                    the(step) + " expected status " + step.status() + " but it was " + status);
        }
    }
}
