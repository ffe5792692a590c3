package fulcrum.pivot;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.call.Question;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// One question to a handler and its answer, told to whoever debugs it (pivot.md §12).
///
/// The debug documents, in the order written: the request and the response when the node asked for them; an error
/// record, always, when the answer was of no use. None of them holds credentials of the URL.
public final class PivotExchange {
    private static final Pattern KAZOO_HOST = Pattern.compile("[^:\\[]*:(?!\\d*$)[^:]*(:\\d*)?");

    private final Call call;
    private final PivotAsk ask;
    private final boolean debug;
    private final int iteration;

    /// @param debug keep the request and the response
    /// @param iteration counts the requests of one pivot action, from 1 (pivot.md §10)
    public PivotExchange(Call call, PivotAsk ask, boolean debug, int iteration) {
        this.call = call;
        this.ask = ask;
        this.debug = debug;
        this.iteration = iteration;
    }

    /// Asks and waits for the answer, on the call's thread; the caller leaving unwinds it.
    ///
    /// @param path where the pivot stands in its flow, for notices
    public Reading run(FlowReader reader, String path) {
        HttpAsk request = ask.request(call);
        HttpAsk shown = withoutCredentials(request);
        if (debug) {
            keep(requestDocument(shown));
        }
        Instant asked = call.now();
        HttpAnswer answer = fetch(request);
        Duration took = Duration.between(asked, call.now());
        Reading reading = read(reader, answer);
        tell(answer, reading);
        call.emit(
                new CallEvent.Exchanged(
                        call.id(),
                        call.facts().accountId(),
                        call.now(),
                        shown,
                        withoutCredentials(answer),
                        took,
                        problem(reading)));
        notices(reading).forEach(message -> call.notice(path, message));
        return reading;
    }

    private HttpAnswer fetch(HttpAsk request) {
        try {
            return call.ask(new Question.Fetch(request));
        } catch (WorldFailed silent) {
            return new HttpAnswer.Unanswered(HttpAnswer.Kind.TIMEOUT, words(silent));
        }
    }

    private Reading read(FlowReader reader, HttpAnswer answer) {
        try {
            return reader.read(call, answer);
        } catch (WorldFailed unjudged) {
            return new Reading.Unusable(
                    "the URLs in the answer could not be judged: " + words(unjudged),
                    Json.object());
        }
    }

    private static String words(WorldFailed failed) {
        return String.valueOf(failed.getMessage());
    }

    private static String problem(Reading reading) {
        return switch (reading) {
            case Reading.Unusable unusable -> unusable.problem();
            case Reading.HangUp silent -> "";
            case Reading.Go go ->
                    String.join("; ", go.warnings().stream().map(Warning::toString).toList());
        };
    }

    private static List<String> notices(Reading reading) {
        return switch (reading) {
            case Reading.Unusable unusable -> List.of(unusable.problem());
            case Reading.HangUp silent -> List.of("the handler answered with nothing: hang-up");
            case Reading.Go go -> go.warnings().stream().map(Warning::toString).toList();
        };
    }

    private void tell(HttpAnswer answer, Reading reading) {
        if (debug && answer instanceof HttpAnswer.Response response) {
            keep(responseDocument(response, reading));
        }
        if (reading instanceof Reading.Unusable unusable) {
            boolean told =
                    debug
                            && answer instanceof HttpAnswer.Response
                            && unusable.details().isEmpty(); // the response holds the reason
            if (!told) {
                keep(errorDocument(answer, unusable));
            }
        }
    }

    private void keep(ObjectNode document) {
        document.put("call_id", call.id()).put("iteration", iteration);
        call.emit(
                new CallEvent.PivotDebug(
                        call.id(), call.facts().accountId(), call.now(), document));
    }

    private static ObjectNode requestDocument(HttpAsk request) {
        ObjectNode document =
                Json.object()
                        .put("uri", request.url())
                        .put("method", request.method().toLowerCase(Locale.ROOT))
                        .put("req_body", request.body());
        document.set("req_headers", lowerCase(request.headers()));
        return document;
    }

    private static ObjectNode responseDocument(HttpAnswer.Response response, Reading reading) {
        ObjectNode document =
                Json.object()
                        .put("resp_status_code", String.valueOf(response.status()))
                        .put("resp_body", response.body());
        document.set("resp_headers", lowerCase(response.headers()));
        switch (reading) {
            case Reading.Unusable unusable -> document.put("reason", unusable.problem());
            case Reading.Go go when !go.warnings().isEmpty() -> {
                var warnings = document.putArray("warnings");
                go.warnings().forEach(warning -> warnings.add(warning.document()));
            }
            case Reading other -> {
                // nothing to remark
            }
        }
        return document;
    }

    private static ObjectNode errorDocument(HttpAnswer answer, Reading.Unusable unusable) {
        ObjectNode document = Json.object().put("reason", unusable.problem());
        document.setAll(unusable.details());
        switch (answer) {
            case HttpAnswer.Response response ->
                    document.put("resp_status_code", String.valueOf(response.status()))
                            .put("resp_body", response.body());
            case HttpAnswer.Unanswered none ->
                    document.put("failure", none.kind().name().toLowerCase(Locale.ROOT));
        }
        return document;
    }

    /// Kazoo keeps names and values in lower case.
    private static ObjectNode lowerCase(Map<String, String> headers) {
        ObjectNode lower = Json.object();
        headers.forEach(
                (name, value) ->
                        lower.put(name.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static HttpAnswer withoutCredentials(HttpAnswer answer) {
        return answer instanceof HttpAnswer.Response response
                ? new HttpAnswer.Response(
                        response.status(),
                        response.headers(),
                        response.body(),
                        withoutCredentials(response.url()))
                : answer;
    }

    private static HttpAsk withoutCredentials(HttpAsk request) {
        return new HttpAsk(
                request.method(),
                withoutCredentials(request.url()),
                request.headers(),
                request.body(),
                request.deadline(),
                request.maxBody());
    }

    /// Also without those in Kazoo's own spelling, `user@password:host` (pivot.md §3.4).
    static String withoutCredentials(String url) {
        if (!url.contains("://")) {
            return url;
        }
        int begin = url.indexOf("://") + 3;
        int end = begin;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(begin, end);
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            return url;
        }
        String host = authority.substring(at + 1);
        boolean kazoo = KAZOO_HOST.matcher(host).matches();
        String bare = kazoo ? host.substring(host.indexOf(':') + 1) : host;
        return url.substring(0, begin) + bare + url.substring(end);
    }
}
