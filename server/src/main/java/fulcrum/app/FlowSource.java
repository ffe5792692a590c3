package fulcrum.app;

import fulcrum.action.Actions;
import fulcrum.directory.Json;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.FlowCheck;
import fulcrum.flow.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The flow that `simulate` plays: a pivot to a URL, or what a file holds.
///
/// @param isFlow whether it can be played at all: a JSON object
/// @param problems what is wrong with it, a line each, with the file and the place; empty when it is valid
record FlowSource(String json, boolean isFlow, List<String> problems) {

    /// @throws BadSetting when it is neither a URL nor a file
    static FlowSource of(String what) {
        if (what.matches("(?i)https?://.*")) {
            ObjectNode pivot = Json.object();
            pivot.put("module", "pivot");
            pivot.putObject("data").put("voice_url", what).put("debug", true);
            return new FlowSource(pivot.toString(), true, List.of());
        }
        try {
            return read(what, Files.readString(Path.of(what)));
        } catch (IOException failed) {
            throw unreadable(what, Failures.reason(failed));
        } catch (InvalidPathException bad) {
            throw unreadable(what, String.valueOf(bad.getMessage()));
        }
    }

    private static BadSetting unreadable(String what, String reason) {
        return new BadSetting(
                "`%s` is neither an http URL nor a file that can be read: %s"
                        .formatted(what, reason));
    }

    private static FlowSource read(String file, String text) {
        JsonNode tree;
        try {
            tree = Json.MAPPER.readTree(text);
        } catch (JacksonException broken) {
            TokenStreamLocation where = broken.getLocation();
            return unplayable(
                    "%s, line %d, column %d: not JSON: %s"
                            .formatted(
                                    file,
                                    where == null ? 1 : Math.max(1, where.getLineNr()),
                                    where == null ? 1 : Math.max(1, where.getColumnNr()),
                                    firstLine(broken.getOriginalMessage())));
        }
        if (!tree.isObject()) {
            return unplayable(file + ": a flow is a JSON object with a `module`");
        }
        ActionCatalog catalog = Actions.catalog();
        List<String> problems = new ArrayList<>();
        for (Problem problem : new FlowCheck(catalog, url -> true).check(tree, "")) {
            if (!isForLater(problem, catalog)) {
                problems.add(file + " " + problem);
            }
        }
        return new FlowSource(text, true, List.copyOf(problems));
    }

    private static FlowSource unplayable(String problem) {
        return new FlowSource("", false, List.of(problem));
    }

    /// An action that Kazoo has and Fulcrum does not yet is told when the call comes to it.
    private static boolean isForLater(Problem problem, ActionCatalog catalog) {
        return problem.pointer().endsWith("/module")
                && catalog.isKnownToKazoo(problem.value().asString(""));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
