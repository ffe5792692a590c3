package fulcrum.pivot;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Json;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.Flow;
import fulcrum.flow.FlowCheck;
import fulcrum.flow.Problem;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One answer that is to be a flow in JSON: parsed, repaired where that is allowed, checked as a whole.
final class JsonAnswer {
    private final Call call;
    private final ActionCatalog catalog;
    private final FlowCheck check;
    private final JsonText text;
    private final List<Warning> warnings = new ArrayList<>();
    private Optional<Map<String, Position>> positions = Optional.empty();

    JsonAnswer(Call call, ActionCatalog catalog, FlowCheck check, String body) {
        this.call = call;
        this.catalog = catalog;
        this.check = check;
        this.text = new JsonText(body);
    }

    Reading read() {
        JsonText.Parsed parsed = text.parse();
        if (parsed.broken().isPresent()) {
            return broken(parsed.broken().get());
        }
        JsonNode tree = parsed.tree().orElseThrow();
        Repairs repairs = new Repairs(this::warn);
        repairs.spellings(tree, "");
        Set<String> urls = new LinkedHashSet<>();
        FlowCheck collecting =
                check.judging(
                        url -> {
                            urls.add(url);
                            return true;
                        });
        List<Problem> problems = collecting.check(tree, "");
        if (repairs.types(tree, problems)) {
            problems = collecting.check(tree, "");
        }
        Set<String> refused = refused(urls);
        if (!refused.isEmpty()) {
            problems = check.judging(url -> !refused.contains(url)).check(tree, "");
        }
        List<Problem> serious = problems.stream().filter(problem -> !isForLater(problem)).toList();
        return serious.isEmpty()
                ? new Reading.Go(Flow.of((ObjectNode) tree), List.copyOf(warnings))
                : invalid(serious);
    }

    private Set<String> refused(Set<String> urls) {
        return urls.isEmpty()
                ? Set.of()
                : call.ask(new Question.JudgeUrls(List.copyOf(urls))).reasons().keySet();
    }

    /// An action that Kazoo has and Fulcrum does not yet is no reason to refuse a flow: it is skipped when entered.
    private boolean isForLater(Problem problem) {
        boolean unknownModule =
                problem.rule().equals("error") && problem.pointer().endsWith("/module");
        String module = problem.value().asString("");
        if (!unknownModule || !catalog.isKnownToKazoo(module) || catalog.find(module).isPresent()) {
            return false;
        }
        warn(problem.pointer(), catalog.whyMissing(module) + "; the node is skipped");
        return true;
    }

    private void warn(String pointer, String message) {
        warnings.add(new Warning(pointer, position(pointer), message));
    }

    /// Where a value stands, or where what should hold it does.
    private Position position(String pointer) {
        Map<String, Position> known = positions.orElseGet(text::positions);
        positions = Optional.of(known);
        String place = pointer;
        while (!known.containsKey(place) && place.contains("/")) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return known.getOrDefault(place, Position.BEGINNING);
    }

    private Reading.Unusable broken(JsonText.Broken broken) {
        ObjectNode details = Json.object();
        details.putObject("json_errors")
                .put("message", broken.message())
                .put("before", broken.before())
                .put("after", broken.after())
                .put("line", broken.position().line())
                .put("column", broken.position().column())
                .put("pointer", broken.pointer())
                .put("detail", broken.detail());
        String problem =
                "%s at %s: %s".formatted(broken.message(), broken.position(), broken.detail());
        return new Reading.Unusable(problem, details);
    }

    /// The errors by field path and rule, as the API reports them (REST conventions §7.1), each with its place.
    private Reading.Unusable invalid(List<Problem> problems) {
        ObjectNode details = Json.object();
        ObjectNode errors = details.putObject("schema_errors");
        for (Problem problem : problems) {
            Position where = position(problem.pointer());
            ObjectNode detail =
                    problem.detail()
                            .put("pointer", problem.pointer())
                            .put("line", where.line())
                            .put("column", where.column());
            errors.withObjectProperty(problem.fieldPath()).set(problem.rule(), detail);
        }
        Problem first = problems.getFirst();
        String more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
        String problem =
                "the answer is not a usable flow: %s at %s%s"
                        .formatted(first, position(first.pointer()), more);
        return new Reading.Unusable(problem, details);
    }
}
