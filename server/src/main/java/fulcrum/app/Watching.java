package fulcrum.app;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;
import fulcrum.call.HttpAnswer;
import fulcrum.call.Sound;
import fulcrum.exchange.Sounds;

import java.util.function.UnaryOperator;

/// Tells a timeline what calls do: each exchange with a handler as it happens, what is played, what was not right.
final class Watching implements EventSink {
    private static final int LONGEST = 600;

    private final Timeline timeline;

    Watching(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void emit(CallEvent event) {
        switch (event) {
            case CallEvent.Started started ->
                    timeline.tell(
                            "call     %s calls %s (%s)"
                                    .formatted(
                                            started.facts().caller().number(),
                                            started.facts().request().user(),
                                            started.callId()));
            case CallEvent.Answered answered -> timeline.tell("call     answered");
            case CallEvent.NodeEntered node ->
                    timeline.tell("flow     " + node.module() + " at " + place(node.path()));
            case CallEvent.Noticed noticed ->
                    timeline.tell(
                            "notice   %s: %s".formatted(place(noticed.path()), noticed.message()));
            case CallEvent.PivotDebug debug -> {
                // the exchange has been told already
            }
            case CallEvent.Exchanged exchanged -> exchanged(exchanged);
            case CallEvent.PresenceSet set ->
                    timeline.tell("lamp     %s: %s".formatted(set.presenceId(), set.state()));
            case CallEvent.Alarmed alarm ->
                    timeline.tell("ALARM    %s: %s".formatted(alarm.kind(), alarm.message()));
            case CallEvent.MailWritten written ->
                    timeline.tell("mail     %s".formatted(written.mail().subject()));
            case CallEvent.Ended ended -> timeline.tell("call     over: " + ended.cause());
        }
    }

    private static String place(String path) {
        return path.isEmpty() ? "the first node" : path;
    }

    private void exchanged(CallEvent.Exchanged exchanged) {
        timeline.tell(
                "request  %s %s"
                        .formatted(exchanged.request().method(), exchanged.request().url()));
        if (!exchanged.request().body().isEmpty()) {
            timeline.tell("         " + cut(exchanged.request().body()));
        }
        long millis = exchanged.took().toMillis();
        switch (exchanged.answer()) {
            case HttpAnswer.Response response ->
                    timeline.tell(
                            "answer   %d %s in %d ms: %s"
                                    .formatted(
                                            response.status(),
                                            response.header("content-type"),
                                            millis,
                                            cut(response.body())));
            case HttpAnswer.Unanswered none ->
                    timeline.tell("answer   none after %d ms: %s".formatted(millis, none.reason()));
        }
        if (!exchanged.problem().isEmpty()) {
            timeline.tell("problem  " + exchanged.problem());
        }
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line;
    }

    /// Tells what legs play, too.
    UnaryOperator<Sounds> sounds() {
        return sounds ->
                (wish, ready) -> {
                    timeline.tell("plays    " + name(wish.sound()));
                    sounds.prepare(
                            wish,
                            outcome -> {
                                if (outcome instanceof Sounds.Outcome.Failed failed) {
                                    timeline.tell("problem  not played: " + failed.reason());
                                }
                                ready.accept(outcome);
                            });
                };
    }

    private static String name(Sound sound) {
        return switch (sound) {
            case Sound.Speech speech -> "\"" + speech.text() + "\"";
            case Sound.Media media -> media.reference();
            case Sound.Prompt prompt -> "prompt " + prompt.id();
            case Sound.Recorded recorded -> "the recording " + recorded.recordingId();
            case Sound.Tone tone -> "tone " + tone.script();
            case Sound.Silence silence -> silence.length().toMillis() + " ms of silence";
        };
    }
}
