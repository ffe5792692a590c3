package fulcrum.sdk;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The rows of the talk in which phones ring and lamps are lit.
///
/// Bob has a desk phone, Carol a desk phone and a mobile, Dave is reached by a group. Whoever is called through a
/// carrier is named by the number.
final class TalkBridges {
    private static final String BOX = "b07".repeat(10) + "b0";
    private static final String OUTSIDE = "+14155550123";
    private static final String FIXED = "+14155550000";
    private static final String GREETING = "good morning to you";
    private static final String ANSWER = "hello, this is me";
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration RING_TIME = Duration.ofSeconds(20);

    private TalkBridges() {}

    static List<TalkRow> all() {
        List<TalkRow> rows = new ArrayList<>(users());
        rows.addAll(devices());
        rows.addAll(carriers());
        rows.addAll(lamps());
        return rows;
    }

    private static Scenario office(ObjectNode answer) {
        return office(Scenario.callTo(TalkRows.pivot(TalkRows.PIVOT).toString()), answer);
    }

    private static Scenario office(Scenario scenario, ObjectNode answer) {
        ObjectNode carols = TalkRows.with("owner_id", "carol");
        ObjectNode members = Json.object();
        members.putObject("endpoints").putObject("dave-desk").put("type", "device");
        return scenario.webServerAnswersAt(TalkRows.PIVOT, answer.toString())
                .document("user", "carol", "{}")
                .document("device", "bob-desk", "{}")
                .document("device", "carol-desk", carols.toString())
                .document("device", "carol-mobile", carols.toString())
                .document("device", "dave-desk", "{}")
                .document("group", "sales", members.toString())
                .registers("bob", "bob-desk")
                .registers("carol", "carol-desk")
                .registers("carols-mobile", "carol-mobile")
                .registers("dave", "dave-desk");
    }

    private static ObjectNode ring(String module, String id) {
        return TalkRows.node(module, TalkRows.with("id", id));
    }

    private static ObjectNode thenVoicemail(ObjectNode node) {
        return TalkRows.then(node, ring("voicemail", BOX));
    }

    /// Both speak and hear each other; the callee hangs up.
    private static Scenario talk(Scenario scenario, Person callee) {
        callee.isBridgedTo(scenario.caller());
        scenario.waits(MOMENT).says(GREETING);
        callee.hears(GREETING).says(ANSWER);
        scenario.hears(ANSWER).waits(MOMENT);
        callee.hangsUp();
        return scenario.isHungUp(0);
    }

    private static List<TalkRow> users() {
        Scenario picture =
                office(
                        Scenario.scenario()
                                .callflow("abcdef", TalkRows.pivot(TalkRows.PIVOT).toString()),
                        ring("user", "carol"));
        picture.caller().calls("abcdef");
        picture.person("carol").isRinging().answers();
        talk(picture, picture.person("carol"));
        Scenario two = office(ring("user", "carol"));
        two.person("carol").isRinging();
        two.person("carols-mobile").isRinging().answers();
        two.person("carol").isHungUp(487);
        talk(two, two.person("carols-mobile"));
        Scenario leaving = office(ring("user", "carol"));
        leaving.person("carol").isRinging().answers().isBridgedTo(leaving.caller());
        leaving.waits(MOMENT).hangsUp();
        leaving.person("carol").isHungUp(0);
        Scenario nobody = office(ring("user", "carol"));
        nobody.person("carol").isRinging();
        nobody.person("carols-mobile").isRinging().isHungUp(487);
        nobody.isHungUp();
        return List.of(
                new TalkRow("S5", picture)
                        .asks("GET " + TalkRows.PIVOT)
                        .told(0, "To", "abcdef")
                        .heard(ANSWER)
                        .isAnsweredAndEnds(),
                new TalkRow("T4", two).heard(ANSWER).isAnsweredAndEnds(),
                new TalkRow("T4 and the caller leaves", leaving).isLeft("carol"),
                new TalkRow("T4 and nobody answers", nobody)
                        .isRefused(480)
                        .lasted(RING_TIME, RING_TIME.plusSeconds(5)),
                sample());
    }

    private static TalkRow sample() {
        ObjectNode sample = ring("user", "carol");
        ((ObjectNode) sample.path("data")).put("timeout", 20).put("can_call_self", false);
        Scenario unanswered = office(thenVoicemail(sample));
        unanswered.person("carol").isRinging();
        unanswered.person("carols-mobile").isRinging().isHungUp(487);
        unanswered.isHungUp();
        return new TalkRow("J15", unanswered)
                .comesTo("/children/_", "voicemail")
                .lasted(RING_TIME, RING_TIME.plusSeconds(5));
    }

    private static List<TalkRow> devices() {
        Scenario desk = office(ring("device", "bob-desk"));
        desk.person("bob").isRinging().answers();
        talk(desk, desk.person("bob"));
        ObjectNode members = Json.object();
        ArrayNode endpoints = members.putArray("endpoints");
        endpoints.addObject().put("endpoint_type", "device").put("id", "bob-desk");
        endpoints.addObject().put("endpoint_type", "user").put("id", "carol");
        endpoints.addObject().put("endpoint_type", "group").put("id", "sales");
        Scenario group = office(TalkRows.node("ring_group", members));
        for (String name : List.of("bob", "carol", "carols-mobile")) {
            group.person(name).isRinging();
        }
        group.person("dave").isRinging().answers();
        for (String name : List.of("bob", "carol", "carols-mobile")) {
            group.person(name).isHungUp(487);
        }
        talk(group, group.person("dave"));
        Scenario inHours = office(thenVoicemail(ring("device", "bob-desk")));
        inHours.person("bob").isRinging().refuses(486);
        inHours.isHungUp();
        Scenario answered = office(thenVoicemail(ring("device", "bob-desk")));
        answered.person("bob").isRinging().answers();
        talk(answered, answered.person("bob"));
        return List.of(
                new TalkRow("J3", inHours).comesTo("/children/_", "voicemail"),
                new TalkRow("J3 and the desk answers", answered).heard(ANSWER).isAnsweredAndEnds(),
                new TalkRow("J3 out of hours", office(ring("voicemail", BOX)).isHungUp())
                        .comesTo("", "voicemail"),
                new TalkRow("J7", desk).heard(ANSWER).isAnsweredAndEnds(),
                new TalkRow("J8", group).heard(ANSWER).isAnsweredAndEnds());
    }

    private static ObjectNode resources(boolean isLocal, String number) {
        ObjectNode data = Json.object().put("use_local_resources", isLocal);
        return TalkRows.node("resources", number.isEmpty() ? data : data.put("to_did", number));
    }

    /// A phone of the account dials a number outside, whose callflow asks the handler.
    private static Scenario outward(ObjectNode answer, boolean isLocal, String reached) {
        Scenario scenario =
                office(
                        Scenario.scenario()
                                .callflow(OUTSIDE, TalkRows.pivot(TalkRows.PIVOT).toString()),
                        answer);
        scenario.carrier("carrier", !isLocal).comesFrom(Origin.device("ann-desk"));
        scenario.document("device", "ann-desk", "{}");
        ObjectNode account = TalkRows.with("name", "scenario").put("realm", "scenario.example");
        scenario.document("account", Scenario.ACCOUNT, account.toString());
        scenario.caller().calls(OUTSIDE);
        scenario.person(reached).isRinging();
        return scenario;
    }

    private static Scenario talkOutside(ObjectNode answer, boolean isLocal, String reached) {
        Scenario scenario = outward(answer, isLocal, reached);
        scenario.person(reached).answers();
        return talk(scenario, scenario.person(reached));
    }

    private static List<TalkRow> carriers() {
        ObjectNode busy = resources(false, "");
        busy.putObject("children").set("USER_BUSY", TalkRows.speak("All lines are busy"));
        Scenario child = outward(busy, false, OUTSIDE);
        child.person(OUTSIDE).refuses(486);
        child.hearsAllOf("All lines are busy").isHungUp();
        Scenario none = outward(resources(true, ""), true, OUTSIDE);
        none.person(OUTSIDE).refuses(404);
        none.isHungUp(404);
        return List.of(
                new TalkRow("T5", talkOutside(resources(false, ""), false, OUTSIDE))
                        .heard(ANSWER)
                        .isAnsweredAndEnds(),
                new TalkRow("T5 with own carriers", talkOutside(resources(true, ""), true, OUTSIDE))
                        .heard(ANSWER)
                        .isAnsweredAndEnds(),
                new TalkRow(
                                "T5 with a fixed number",
                                talkOutside(resources(true, FIXED), true, FIXED))
                        .heard(ANSWER)
                        .isAnsweredAndEnds(),
                new TalkRow("T5 and a child for the failure", child)
                        .heard("All lines are busy")
                        .isAnsweredAndEnds(),
                new TalkRow("T5 and no child for the failure", none).isRefused(404),
                new TalkRow("J11", talkOutside(resources(false, FIXED), false, FIXED))
                        .heard(ANSWER)
                        .isAnsweredAndEnds());
    }

    private static List<TalkRow> lamps() {
        return List.of(
                lamp("T9", "ringing", "early"),
                lamp("T9 and idle", "idle", "terminated"),
                lamp("T9 and busy", "busy", "confirmed"));
    }

    private static TalkRow lamp(String name, String status, String state) {
        ObjectNode data = TalkRows.with("presence_id", "foobar").put("status", status);
        return new TalkRow(name, office(TalkRows.node("manual_presence", data)).isHungUp())
                .lights("foobar@scenario.example", state)
                .isAnsweredAndEnds();
    }
}
