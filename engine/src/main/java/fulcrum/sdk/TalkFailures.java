package fulcrum.sdk;

import static fulcrum.sdk.TalkRows.PIVOT;
import static fulcrum.sdk.TalkRows.pivot;
import static fulcrum.sdk.TalkRows.play;
import static fulcrum.sdk.TalkRows.speak;
import static fulcrum.sdk.TalkRows.then;

import fulcrum.call.HttpAnswer;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a handler can do wrong (rows E1 to E9 of the acceptance table, those about JSON): the caller hears the pivot's
/// own child or the end of the call, and nothing odd.
final class TalkFailures {
    private static final String SORRY = "sorry";
    private static final String JSON = "application/json";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TalkFailures() {}

    static List<TalkRow> all() {
        List<TalkRow> rows = new ArrayList<>();
        for (int status : List.of(500, 404, 204)) {
            Scenario answered = withChild().webServerAnswersAt(PIVOT, status, "", "");
            rows.add(sorry("E1 " + status, answered));
        }
        rows.add(
                new TalkRow(
                                "E1 without a child",
                                Scenario.callTo(pivot(PIVOT).toString())
                                        .webServerAnswersAt(PIVOT, 500, "", "")
                                        .isHungUp())
                        .heard()
                        .isRefused(480));
        rows.addAll(silence());
        rows.addAll(bodies());
        rows.addAll(others());
        return rows;
    }

    private static Scenario withChild() {
        return withChild(pivot(PIVOT));
    }

    private static Scenario withChild(ObjectNode pivot) {
        return Scenario.callTo(then(pivot, play(SORRY)).toString())
                .document("media", SORRY, "{\"name\":\"sorry\"}");
    }

    /// A row in which the pivot's own child runs.
    private static TalkRow sorry(String name, Scenario answered) {
        return new TalkRow(name, answered.hearsAllOf(SORRY).isHungUp())
                .heard(SORRY)
                .isAnsweredAndEnds();
    }

    private static List<TalkRow> silence() {
        ObjectNode brief = pivot(PIVOT);
        ((ObjectNode) brief.path("data")).put("req_timeout_ms", 1000);
        return List.of(
                sorry(
                                "E2 too slow",
                                withChild(brief)
                                        .webServerAnswersAt(PIVOT, speak("Hello").toString())
                                        .handlerTakes(SECOND.multipliedBy(3)))
                        .lasted(SECOND, SECOND.multipliedBy(8)),
                sorry(
                        "E2 refused",
                        withChild()
                                .webServerAnswersAt(
                                        PIVOT,
                                        new HttpAnswer.Unanswered(
                                                HttpAnswer.Kind.REFUSED, "nobody answers"))),
                sorry(
                        "E2 no such host",
                        withChild()
                                .webServerAnswersAt(
                                        PIVOT,
                                        new HttpAnswer.Unanswered(
                                                HttpAnswer.Kind.UNKNOWN_HOST, "no such host"))));
    }

    private static List<TalkRow> bodies() {
        return List.of(
                new TalkRow("E3", withChild().webServerAnswersAt(PIVOT, 200, JSON, "").isHungUp())
                        .heard()
                        .isRefused(480),
                sorry(
                                "E4",
                                withChild()
                                        .webServerAnswersAt(
                                                PIVOT, 200, JSON, "{\n \"module\": \"tts\",\n }"))
                        .debugged("/json_errors/message", "invalid JSON")
                        .debugged("/json_errors/line", "3"),
                sorry("E5 a list", answering("[" + speak("Hello") + "]"))
                        .debugged(
                                "/schema_errors//type/message",
                                "Value did not match type(s): object"),
                sorry("E5 an unknown module", answering("{\"module\":\"nonsense\",\"data\":{}}"))
                        .debugged("/schema_errors/module/error/pointer", "/module")
                        .debugged("/schema_errors/module/error/line", "1"),
                sorry("E5 a wrong type", answering("{\"module\":\"tts\",\"data\":{\"text\":5}}"))
                        .debugged("/schema_errors/data.text/type/pointer", "/data/text")
                        .debugged("/schema_errors/data.text/type/column", "32"),
                new TalkRow(
                                "E6",
                                withChild()
                                        .webServerAnswersAt(
                                                PIVOT, 200, "", speak("Hello").toString())
                                        .hearsAllOf("Hello")
                                        .isHungUp())
                        .heard("Hello")
                        .isAnsweredAndEnds());
    }

    private static Scenario answering(String body) {
        return withChild().webServerAnswersAt(PIVOT, body);
    }

    private static List<TalkRow> others() {
        ObjectNode nested =
                TalkRows.node("pivot", TalkRows.with("voice_url", "http://localhost:1/inside"));
        return List.of(
                new TalkRow(
                                "E8",
                                withChild()
                                        .webServerAnswersAt(PIVOT, speak("Hello").toString())
                                        .handlerTakes(SECOND.multipliedBy(3))
                                        .waits(SECOND)
                                        .hangsUp())
                        .heard()
                        .lasted(Duration.ofMillis(500), SECOND.multipliedBy(3)),
                sorry(
                                "E9",
                                answering(then(speak("Hello"), nested).toString())
                                        .forbids("http://localhost"))
                        .asks("GET " + PIVOT)
                        .debugged(
                                "/schema_errors/children._.data.voice_url/error/message",
                                "invalid client URL"));
    }
}
