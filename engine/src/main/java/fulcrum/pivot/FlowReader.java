package fulcrum.pivot;

import fulcrum.call.Call;
import fulcrum.call.HttpAnswer;
import fulcrum.directory.Json;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.FlowCheck;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a handler's answer (pivot.md §7 to §9, with the rules marked Target).
///
/// An answer is a flow or it is not: the whole of it is checked strictly before any of it runs. Immutable; one serves
/// all calls.
public final class FlowReader {
    private static final Set<String> XML = Set.of("text/xml", "application/xml");
    private static final Pattern PARAMETERS = Pattern.compile(";.*$");

    private final ActionCatalog catalog;
    private final FlowCheck check;

    public FlowReader(ActionCatalog catalog) {
        this.catalog = catalog;
        this.check = new FlowCheck(catalog, url -> true);
    }

    /// Reads an answer on the call's thread; URLs in it are judged by the world.
    ///
    /// @throws fulcrum.call.WorldFailed when they could not be
    public Reading read(Call call, HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Unanswered none -> unusable("no usable answer: " + none.reason());
            case HttpAnswer.Response response -> read(call, response);
        };
    }

    private Reading read(Call call, HttpAnswer.Response response) {
        int status = response.status();
        if (status < 200 || status > 299) {
            return unusable("answered with status " + status + ", which is not 2xx");
        }
        String body =
                response.body().startsWith("\uFEFF")
                        ? response.body().substring(1)
                        : response.body();
        if (body.isBlank()) {
            return status == 200
                    ? new Reading.HangUp()
                    : unusable("answered with status " + status + " and no body");
        }
        String type =
                PARAMETERS
                        .matcher(response.header("content-type"))
                        .replaceFirst("")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        boolean looksXml = body.stripLeading().startsWith("<");
        if (XML.contains(type) && !looksXml) {
            return unusable(
                    "the content type "
                            + type
                            + " says XML and the body is none; a flow goes out as application/json");
        }
        if (looksXml && !type.equals("application/json")) {
            return unusable(
                    "the answer is TwiML, which cannot be carried out yet: answer with JSON");
        }
        return new JsonAnswer(call, catalog, check, body).read();
    }

    private static Reading.Unusable unusable(String problem) {
        return new Reading.Unusable(problem, Json.object());
    }
}
