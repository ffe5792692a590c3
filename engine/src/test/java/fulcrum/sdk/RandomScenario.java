package fulcrum.sdk;

import fulcrum.call.HangupCause;
import fulcrum.call.HttpAnswer;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/// A scenario rolled from a seed: a flow of the actions there are, a handler that answers this and that, and a caller
/// who presses keys and leaves when he likes.
final class RandomScenario {
    private static final String KEYS = "0123456789*#";
    private static final int DEEPEST = 6;

    private final Random chance;
    private final long seed;
    private final String flow;

    RandomScenario(long seed) {
        this.seed = seed;
        this.chance = new Random(seed);
        this.flow = node(0).toString();
    }

    String flow() {
        return flow;
    }

    Scenario scenario() {
        Scenario scenario =
                Scenario.callTo(flow)
                        .seed(seed)
                        .document("menu", "menu1", menu().toString())
                        .document("callflow", "flow1", callflow().toString())
                        .cannotPlay("lost");
        for (int i = 0; i < 4; i++) {
            answer(scenario, "/h" + i);
        }
        return scenario.handlerTakes(Duration.ofMillis(chance.nextInt(7000)));
    }

    /// What the caller does, whatever he hears; he leaves after ten minutes at the latest.
    void happenings(ScriptedWorld world) {
        int keys = chance.nextInt(12);
        for (int i = 0; i < keys; i++) {
            char key = KEYS.charAt(chance.nextInt(KEYS.length()));
            after(world, chance.nextInt(40_000), leg -> leg.pressed(key, Duration.ofMillis(100)));
        }
        int end = chance.nextInt(3) == 0 ? chance.nextInt(20_000) : 600_000;
        after(world, end, leg -> leg.peerLeaves(HangupCause.NORMAL_CLEARING, 0));
    }

    private static void after(
            ScriptedWorld world, int millis, java.util.function.Consumer<ScriptedLeg> what) {
        world.after(
                Duration.ofMillis(millis),
                Scenario.CALLER,
                () -> world.phone(Scenario.CALLER).liveLeg().ifPresent(what));
    }

    private ObjectNode node(int depth) {
        ObjectNode node = Json.object();
        ObjectNode data = node.putObject("data");
        node.put("module", fill(data));
        if (depth < DEEPEST) {
            ObjectNode children = node.putObject("children");
            for (String key : keysOf(node.path("module").asString())) {
                children.set(key, node(depth + 1));
            }
        }
        return node;
    }

    private List<String> keysOf(String module) {
        if (chance.nextInt(12) == 0) {
            return List.of();
        }
        return switch (module) {
            case "menu" -> List.of("1", "2", "_");
            case "branch_variable" -> List.of("gold", "_");
            default -> List.of("_");
        };
    }

    private String fill(ObjectNode data) {
        return switch (chance.nextInt(18)) {
            case 0, 1 -> speak(data);
            case 2, 3 -> play(data);
            case 4, 5, 6 -> collect(data);
            case 7, 8, 9, 10 -> pivot(data);
            case 11 -> with(data, "sleep", "duration", 1 + chance.nextInt(4));
            case 12 -> {
                data.putObject("custom_application_vars").put("tier", pick("gold", "lead"));
                yield "set_variables";
            }
            case 13 -> {
                data.put("variable", "tier").put("scope", "custom_application_vars");
                yield "branch_variable";
            }
            case 14 -> with(data, "menu", "id", "menu1");
            case 15 -> with(data, "callflow", "id", "flow1");
            case 16 -> with(data, "send_dtmf", "digits", "12#");
            default -> rare(data);
        };
    }

    private String rare(ObjectNode data) {
        return switch (chance.nextInt(9)) {
            case 0 -> "answer";
            case 1 -> with(data, "flush_dtmf", "collection_name", pick("default", "pin"));
            case 2 -> with(data, "language", "language", "fr-fr");
            case 3 -> with(data, "response", "code", 486);
            case 4 -> "hangup";
            case 5 -> "wait_for_hangup";
            case 6 -> "dead_air";
            case 7 -> "nonsense";
            default -> "noop";
        };
    }

    private String pick(String... words) {
        return words[chance.nextInt(words.length)];
    }

    private static String with(ObjectNode data, String module, String name, String value) {
        data.put(name, value);
        return module;
    }

    private static String with(ObjectNode data, String module, String name, int value) {
        data.put(name, value);
        return module;
    }

    private String speak(ObjectNode data) {
        data.put("text", "x".repeat(1 + chance.nextInt(80)));
        return "tts";
    }

    private String play(ObjectNode data) {
        data.put("id", pick("welcome", "lost", "http://media.example/a.mp3"));
        if (chance.nextBoolean()) {
            data.put("answer", false);
        }
        if (chance.nextInt(3) == 0) {
            data.put("loop_count", 1 + chance.nextInt(3));
        }
        return "play";
    }

    private String collect(ObjectNode data) {
        data.put("max_digits", 1 + chance.nextInt(5)).put("collection_name", pick("pin", "other"));
        if (chance.nextBoolean()) {
            data.put("timeout", 500 + chance.nextInt(5000));
        }
        return "collect_dtmf";
    }

    private String pivot(ObjectNode data) {
        data.put("voice_url", Scenario.WEB + "/h" + chance.nextInt(4));
        data.put("method", pick("get", "post")).put("req_body_format", pick("form", "json"));
        data.put("debug", chance.nextBoolean());
        return "pivot";
    }

    private ObjectNode menu() {
        ObjectNode menu = Json.object().put("name", "menu").put("timeout", 3000).put("retries", 2);
        menu.put("max_extension_length", 1);
        return menu;
    }

    private ObjectNode callflow() {
        ObjectNode callflow = Json.object();
        ArrayNode numbers = callflow.putArray("numbers");
        numbers.add("777");
        callflow.set("flow", node(DEEPEST - 2));
        return callflow;
    }

    /// Two answers for a path, so that asking again brings something else.
    private void answer(Scenario scenario, String path) {
        for (int i = 0; i < 2; i++) {
            switch (chance.nextInt(10)) {
                case 0 -> scenario.webServerAnswersAt(path, 500, "text/html", "oops");
                case 1 -> scenario.webServerAnswersAt(path, 200, "application/json", "{broken");
                case 2 -> scenario.webServerAnswersAt(path, 200, "", "");
                case 3 -> scenario.webServerAnswersAt(path, 200, "text/xml", "<Response/>");
                case 4 ->
                        scenario.webServerAnswersAt(
                                path, new HttpAnswer.Unanswered(HttpAnswer.Kind.REFUSED, "closed"));
                default -> scenario.webServerAnswersAt(path, node(DEEPEST - 3).toString());
            }
        }
    }
}
