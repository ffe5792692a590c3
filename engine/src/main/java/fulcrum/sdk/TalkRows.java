package fulcrum.sdk;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The examples of the Pivot talk (KazooCon 2016), as scenarios that every driver must pass: set-up, examples on the
/// slides and companion listings. Phones that ring are in [TalkBridges], what a handler does wrong in [TalkFailures].
///
/// The handlers' answers are our own. Row S1's saving over REST belongs to the tests of the API; here its callflow
/// stands on the number already.
public final class TalkRows {
    static final String PIVOT = "/pivot.php";
    private static final String COLLECTED = "/collected.php";
    private static final String PROMPT = "Up to four digits, please";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TalkRows() {}

    /// All rows, those of [TalkBridges] and [TalkFailures] included.
    public static List<TalkRow> all() {
        List<TalkRow> rows = new ArrayList<>(setUp());
        rows.addAll(speech());
        rows.addAll(files());
        rows.addAll(digits());
        rows.addAll(processing());
        rows.addAll(moreFiles());
        rows.addAll(companions());
        rows.addAll(TalkBridges.all());
        rows.addAll(TalkFailures.all());
        return rows;
    }

    static ObjectNode node(String module, ObjectNode data) {
        ObjectNode node = Json.object().put("module", module);
        node.set("data", data);
        return node;
    }

    static ObjectNode with(String name, String value) {
        return Json.object().put(name, value);
    }

    static ObjectNode then(ObjectNode node, ObjectNode next) {
        node.putObject("children").set("_", next);
        return node;
    }

    static ObjectNode speak(String text) {
        return node("tts", with("text", text));
    }

    static ObjectNode play(String id) {
        return node("play", with("id", id));
    }

    static ObjectNode pivot(String path) {
        return node("pivot", with("voice_url", Scenario.WEB + path));
    }

    /// A caller of S1, whose handler gives one answer.
    private static Scenario answered(JsonNode answer) {
        return Scenario.callTo(pivot(PIVOT).toString())
                .webServerAnswersAt(PIVOT, answer.toString());
    }

    private static List<TalkRow> setUp() {
        ObjectNode post = pivot(PIVOT);
        ((ObjectNode) post.path("data")).put("method", "post");
        return List.of(
                new TalkRow("S1", answered(speak("Hello")).hears("Hello").isHungUp())
                        .asks("GET " + PIVOT),
                new TalkRow("S2", answered(speak("Hello")).hears("Hello").isHungUp())
                        .asks("GET " + PIVOT)
                        .hasNoBody(0),
                new TalkRow("S3", answered(speak("Hello")).hears("Hello").isHungUp())
                        .toldSomething(0, "Call-ID", "From", "Account-ID", "Language")
                        .told(0, "Request", Scenario.NUMBER)
                        .told(0, "To", Scenario.NUMBER)
                        .told(0, "Caller-ID-Name", "Ann Lee")
                        .told(0, "Caller-ID-Number", "+14155550100")
                        .toldNothingOf(0, "Digits")
                        .toldNothingOf(0, "User-ID"),
                new TalkRow(
                                "S3 with an owner",
                                answered(speak("Hello"))
                                        .comesFrom(Origin.device("d1", "u1"))
                                        .hears("Hello")
                                        .isHungUp())
                        .told(0, "User-ID", "u1"),
                new TalkRow(
                                "S4",
                                Scenario.callTo(post.toString())
                                        .webServerAnswersAt(PIVOT, speak("Hello").toString())
                                        .hears("Hello")
                                        .isHungUp())
                        .asks("POST " + PIVOT)
                        .isForm(0)
                        .toldSomething(0, "Call-ID", "From", "Account-ID", "Language")
                        .told(0, "Request", Scenario.NUMBER)
                        .told(0, "Caller-ID-Name", "Ann Lee"),
                new TalkRow("S6", answered(speak("Hello")).hears("Hello").isHungUp())
                        .heard("Hello")
                        .isAnsweredAndEnds());
    }

    private static List<TalkRow> speech() {
        String hello = "Hello, caller";
        String endless = hello + ", and a very good day to you and to all of yours. ".repeat(5);
        String bob = "+14155550100";
        return List.of(
                new TalkRow("T1", answered(speak(hello)).hearsAllOf(hello).isHungUp())
                        .heard(hello)
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "T1 with a key",
                                answered(speak(endless)).hears(endless).presses("5").isHungUp())
                        .heard(endless)
                        .isAnsweredAndEnds()
                        .lasted(Duration.ZERO, SECOND.multipliedBy(6)),
                new TalkRow("T2a", answered(speak("Hi Ann")).hearsAllOf("Hi Ann").isHungUp())
                        .told(0, "Caller-ID-Name", "Ann Lee")
                        .heard("Hi Ann")
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "T2b",
                                Scenario.callFrom("", bob, pivot(PIVOT).toString())
                                        .webServerAnswersAt(PIVOT, speak("Hi Bob").toString())
                                        .hearsAllOf("Hi Bob")
                                        .isHungUp())
                        .told(0, "Caller-ID-Number", bob)
                        .heard("Hi Bob")
                        .isAnsweredAndEnds());
    }

    private static List<TalkRow> files() {
        return List.of(
                new TalkRow(
                                "T3",
                                answered(play(Scenario.WEB + "/file.mp3"))
                                        .hearsAllOf(Scenario.WEB + "/file.mp3")
                                        .isHungUp())
                        .heard(Scenario.WEB + "/file.mp3")
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "T3 with a media document",
                                answered(play("file"))
                                        .document("media", "file", "{\"name\":\"file\"}")
                                        .hearsAllOf("file")
                                        .isHungUp())
                        .heard("file")
                        .isAnsweredAndEnds());
    }

    /// A caller of T6: a prompt, up to four digits, a second question to the handler and what that says.
    private static Scenario collecting(String answer) {
        ObjectNode collect = with("collection_name", "custom_name").put("max_digits", 4);
        ObjectNode first =
                then(speak(PROMPT), then(node("collect_dtmf", collect), pivot(COLLECTED)));
        return answered(first).webServerAnswersAt(COLLECTED, speak(answer).toString());
    }

    private static TalkRow collected(String name, Scenario scenario, String digits) {
        return new TalkRow(name, scenario)
                .asks("GET " + PIVOT, "GET " + COLLECTED)
                .toldNothingOf(0, "Digits")
                .told(1, "Digits[custom_name]", digits)
                .sameCallThroughout()
                .isAnsweredAndEnds();
    }

    private static Scenario typed(String keys, String answer) {
        return collecting(answer).hearsAllOf(PROMPT).presses(keys).hears(answer).isHungUp();
    }

    private static List<TalkRow> digits() {
        String all = "You typed 1 2 3 4";
        String none = "Nothing received";
        String two = "You typed 1 2";
        return List.of(
                collected("T6", typed("1234", all), "1234").heard(PROMPT, all),
                collected("T7", typed("1234", all), "1234")
                        .secondRequestAfter(Duration.ZERO, SECOND.multipliedBy(7)),
                collected("T7b", typed("12#", two), "12"),
                collected("T7c", collecting(none).hearsAllOf(PROMPT).hears(none).isHungUp(), "")
                        .secondRequestAfter(SECOND.multipliedBy(5), SECOND.multipliedBy(11)),
                collected("T7d", typed("1", "You typed 1"), "1")
                        .secondRequestAfter(SECOND.multipliedBy(2), SECOND.multipliedBy(8)),
                collected(
                                "T7e",
                                collecting(all)
                                        .lasts(PROMPT, SECOND.multipliedBy(4))
                                        .hears(PROMPT)
                                        .presses("1234")
                                        .hears(all)
                                        .isHungUp(),
                                "1234")
                        .heard(PROMPT, all));
    }

    private static List<TalkRow> processing() {
        String all = "You typed 1 2 3 4";
        String none = "Nothing received";
        String two = "You typed 1 2";
        ObjectNode unnamed = Json.object().put("max_digits", 4);
        ObjectNode plain = then(node("collect_dtmf", unnamed), pivot(COLLECTED));
        return List.of(
                new TalkRow("T8a", asked(COLLECTED, none).hearsAllOf(none).isHungUp())
                        .toldNothingOf(0, "Digits")
                        .isAnsweredAndEnds(),
                new TalkRow("T8b", asked(COLLECTED + "?Digits=12", two).hearsAllOf(two).isHungUp())
                        .told(0, "Digits", "12")
                        .toldSomething(0, "Call-ID")
                        .isAnsweredAndEnds(),
                collected("T8c", typed("1234", all), "1234").heard(PROMPT, all),
                new TalkRow(
                                "T8c without a name",
                                answered(plain)
                                        .webServerAnswersAt(COLLECTED, speak(all).toString())
                                        .presses("1234")
                                        .hearsAllOf(all)
                                        .isHungUp())
                        .told(1, "Digits[default]", "1234")
                        .isAnsweredAndEnds());
    }

    /// A caller whose flow asks at a path; the handler speaks.
    private static Scenario asked(String path, String answer) {
        return Scenario.callTo(pivot(path).toString())
                .webServerAnswersAt(path.replaceAll("\\?.*$", ""), speak(answer).toString());
    }

    private static Scenario withMedia(Scenario scenario, String id) {
        return scenario.document("media", id, Json.object().put("name", id).toString());
    }

    private static List<TalkRow> moreFiles() {
        String second = Scenario.WEB + "/b.mp3";
        ObjectNode busy = Json.object().put("code", 486);
        ObjectNode reject = busy.deepCopy().put("message", "User Busy").put("media", "busy");
        return List.of(
                new TalkRow(
                                "J4",
                                withMedia(answered(then(play("first"), play(second))), "first")
                                        .hearsAllOf("first")
                                        .hearsAllOf(second)
                                        .isHungUp())
                        .heard("first", second)
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "J5",
                                answered(then(speak("Bye"), node("response", busy)))
                                        .hearsAllOf("Bye")
                                        .isHungUp())
                        .heard("Bye")
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "J6",
                                withMedia(answered(node("response", reject)), "busy")
                                        .hearsAllOf("busy")
                                        .isHungUp(486))
                        .heard("busy")
                        .isRefused(486));
    }

    private static List<TalkRow> companions() {
        ObjectNode keys = with("digits", "123ABC#").put("duration_ms", 2000);
        ObjectNode debugging = pivot(PIVOT);
        ((ObjectNode) debugging.path("data")).put("debug", true);
        String sorry = then(pivot(PIVOT), play("sorry")).toString();
        return List.of(
                new TalkRow("J12", answered(node("send_dtmf", keys)).receives("123ABC#").isHungUp())
                        .receivedKeys("123ABC#")
                        .lasted(SECOND.multipliedBy(12), SECOND.multipliedBy(20)),
                new TalkRow(
                                "J16",
                                withMedia(Scenario.callTo(sorry), "sorry")
                                        .webServerAnswersAt(PIVOT, 500, "text/html", "oops")
                                        .hearsAllOf("sorry")
                                        .isHungUp())
                        .asks("GET " + PIVOT)
                        .heard("sorry")
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "J17",
                                Scenario.callTo(debugging.toString())
                                        .webServerAnswersAt(PIVOT, 404, "text/html", "gone")
                                        .isHungUp())
                        .asks("GET " + PIVOT)
                        .debugDocuments(2)
                        .debugged("/resp_status_code", "404")
                        .debugged("/iteration", "1")
                        .debugged("/method", "get"));
    }
}
