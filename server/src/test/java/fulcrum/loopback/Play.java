package fulcrum.loopback;

import fulcrum.call.Calls;
import fulcrum.call.LegCard;
import fulcrum.call.Sound;
import fulcrum.exchange.Exchange;
import fulcrum.media.Clip;
import fulcrum.phone.PhoneCall;
import fulcrum.sdk.Heard;
import fulcrum.sdk.Step;
import fulcrum.sdk.StepFailed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Carries out the steps of a scenario with real phones, one after the other.
final class Play {
    private static final Duration PATIENCE = Step.PATIENCE;
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Map<String, Actor> actors;
    private final LoopbackWeb web;
    private final TonePairs tones;
    private final Exchange exchange;
    private final long begun = System.nanoTime();

    Play(Map<String, Actor> actors, LoopbackWeb web, TonePairs tones, Exchange exchange) {
        this.actors = actors;
        this.web = web;
        this.tones = tones;
        this.exchange = exchange;
    }

    void carryOut(List<Step> steps) {
        steps.forEach(this::carryOut);
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Calls calls -> {
                Actor actor = actor(step);
                actor.has(
                        actor.phone()
                                .call(
                                        calls.number(),
                                        calls.name(),
                                        calls.callerNumber(),
                                        calls.headers()),
                        tones);
            }
            case Step.Presses presses -> press(presses);
            case Step.Says says -> say(says);
            case Step.Waits waits -> pause(waits.time());
            case Step.Hears hears -> hear(hears);
            case Step.HearsNothing nothing -> hearNothing(nothing);
            case Step.Receives receives -> receive(receives);
            case Step.IsRinging ringing -> isRinging(ringing);
            case Step.Answers answers -> call(step).answer();
            case Step.Refuses refuses -> call(step).refuse(refuses.status());
            case Step.HangsUp hangsUp -> call(step).hangUp();
            case Step.PointsTo points -> call(step).pointTo(points.uri());
            case Step.Holds holds -> call(step).hold(holds.on());
            case Step.Announces announces -> {
                call(step).speakEarly();
                say(new Step.Says(step.person(), announces.text()));
            }
            case Step.IsBridgedTo bridged -> isBridged(bridged);
            case Step.IsHungUp hungUp -> isHungUp(hungUp);
            case Step.AtOnce atOnce -> atOnce.steps().forEach(this::carryOut);
        }
    }

    private Actor actor(Step step) {
        return Optional.ofNullable(actors.get(step.person())).orElseThrow();
    }

    private PhoneCall call(Step step) {
        return actor(step)
                .call()
                .orElseThrow(() -> failed(step, "to have a call", "there is none"));
    }

    private StepFailed failed(Step step, String wish, String instead) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new StepFailed(
                "at %.1f s %s expected %s but %s".formatted(seconds, step.person(), wish, instead));
    }

    private static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void expect(Step step, BooleanSupplier what, String wish, String instead) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw failed(step, wish, instead);
            }
            pause(Duration.ofMillis(2));
        }
    }

    private void press(Step.Presses step) {
        PhoneCall call = call(step);
        expect(
                step,
                () -> call.isSounding() && !web.isThinking(),
                "to be able to press " + step.keys(),
                "is not in a call");
        boolean first = true;
        for (char key : step.keys().toUpperCase(Locale.ROOT).toCharArray()) {
            if (key == 'W') {
                pause(PAUSE);
                continue;
            }
            if (!first) {
                pause(BETWEEN_KEYS);
            }
            first = false;
            call.press(key);
        }
    }

    private void say(Step.Says step) {
        Clip words = tones.words(step.text());
        call(step).say(words.source(1));
        pause(words.duration());
    }

    private void hear(Step.Hears step) {
        Actor actor = actor(step);
        Ear ear = actor.ear().orElseThrow(() -> failed(step, "to have a call", "there is none"));
        Optional<Sound> next = ear.next(PATIENCE);
        String wish = "to hear " + step.what();
        if (next.isEmpty()) {
            throw failed(step, wish, "heard nothing");
        }
        Heard heard = heard(next.get());
        actor.heard(heard);
        if (!heard.is(step.what())) {
            throw failed(step, wish, "heard " + heard.name());
        }
        if (step.toItsEnd()) {
            ear.awaitEnd(PATIENCE);
        }
    }

    private Heard heard(Sound sound) {
        Sound known =
                sound instanceof Sound.Media media
                        ? new Sound.Media(web.inward(media.reference()))
                        : sound;
        return new Heard(Instant.now(), known, Duration.ZERO);
    }

    private void hearNothing(Step.HearsNothing step) {
        Ear ear = actor(step).ear().orElseThrow();
        Optional<Sound> next = ear.next(step.time());
        if (next.isPresent()) {
            throw failed(step, "to hear nothing", "heard " + heard(next.get()).name());
        }
    }

    private void receive(Step.Receives step) {
        Actor actor = actor(step);
        expect(
                step,
                () -> actor.unmatched().length() >= step.keys().length(),
                "to receive the keys " + step.keys(),
                "received '" + actor.unmatched() + "'");
        if (!actor.unmatched().startsWith(step.keys())) {
            throw failed(step, "to receive " + step.keys(), "received " + actor.unmatched());
        }
        actor.matched(step.keys());
    }

    private void isRinging(Step.IsRinging step) {
        Actor actor = actor(step);
        PhoneCall ringing =
                actor.phone()
                        .awaitCall(PATIENCE)
                        .orElseThrow(() -> failed(step, "to be rung", "nobody rang"));
        actor.has(ringing, tones);
    }

    private void isBridged(Step.IsBridgedTo step) {
        String mine = call(step).id();
        String others =
                Optional.ofNullable(actors.get(step.other()))
                        .flatMap(Actor::call)
                        .map(PhoneCall::id)
                        .orElse("");
        Calls calls = exchange.calls();
        expect(
                step,
                () -> calls.card(mine).map(LegCard::otherLegId).filter(others::equals).isPresent(),
                "to be connected to " + step.other(),
                "was not");
    }

    private void isHungUp(Step.IsHungUp step) {
        PhoneCall.Ending ending =
                call(step)
                        .awaitEnd(PATIENCE)
                        .orElseThrow(() -> failed(step, "the call to be ended", "it goes on"));
        if (step.status() >= 0 && step.status() != ending.status()) {
            throw failed(step, "status " + step.status(), "it was " + ending.status());
        }
    }
}
