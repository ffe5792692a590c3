package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Max;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Pattern;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.Setting;
import fulcrum.flow.Url;
import fulcrum.pivot.FlowReader;
import fulcrum.pivot.PivotAsk;
import fulcrum.pivot.PivotExchange;
import fulcrum.pivot.Reading;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Asks a web server what to do with the call and goes on in the flow that it returns (pivot.md).
///
/// The node's own `_` child is its failure branch: it runs when there are no usable instructions, for whatever reason,
/// and never after a success. Without it the call ends. The caller hears nothing of either.
@Named("pivot")
@Doc(
        "Asks a web server what to do with the call and goes on in the flow that it returns. The child _ runs only when"
                + " there are no usable instructions.")
@Example(
        """
        { "module": "pivot", "data": { "voice_url": "https://app.example/answer", "method": "post" }, "children": {
          "_": { "module": "play", "data": { "id": "sorry" } } } }""")
public record Pivot(
        @Doc("Where to ask.") @Required @Pattern("^https?://") @Url String voiceUrl,
        @Doc("Ask with GET and a query, or with POST and a body.")
                @Choices({"get", "post", "GET", "POST"})
                @SchemaDefault("get")
                @Lenient
                String method,
        @Doc("The names of the request's parameters.")
                @Choices({"kazoo", "twiml"})
                @SchemaDefault("kazoo")
                @Lenient
                String reqFormat,
        @Doc("The format of a POST's body.")
                @Choices({"form", "json"})
                @SchemaDefault("form")
                @Lenient
                String reqBodyFormat,
        @Doc("Time for the whole answer, redirects included, milliseconds.") @Max(5000) @Lenient
                Optional<Duration> reqTimeoutMs,
        @Doc("Where to report the end of the call to; only while a TwiML answer is carried out.")
                @Pattern("^https?://")
                @Lenient
                Optional<String> cdrUrl,
        @Doc("Keep the request and the response for the debug API.") @SchemaDefault("false")
                boolean debug,
        @Doc("Headers to send along; their names begin with X-.") @Fragment("{}") @Lenient
                ObjectNode customRequestHeaders,
        @Setting("pivot.request_timeout_ms") Duration usualTimeout)
        implements Action {
    /// Chained pivots of one call, to stop handlers that ask for each other for ever (pivot.md §9.3, Target).
    static final int MOST = 100;

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// Made when the first pivot runs, from the catalog that the server has read by then.
    private static final class Answers {
        static final FlowReader READER = new FlowReader(Actions.catalog());
    }

    @Override
    public Next run(Call call, Branches branches) {
        if (!voiceUrl.startsWith("http://") && !voiceUrl.startsWith("https://")) {
            throw new BadFlow(branches.pointer() + "/data/voice_url", "not an http or https URL");
        }
        if (call.variables().nextPivot() > MOST) {
            call.notice(
                    branches.pointer(),
                    "more than " + MOST + " pivots in one call: the web server is not asked");
            return Next.DEFAULT;
        }
        PivotExchange exchange = new PivotExchange(call, ask(call, branches), debug, 1);
        return switch (exchange.run(Answers.READER, branches.pointer())) {
            case Reading.Go go -> new Next.Go(go.flow());
            case Reading.HangUp silent -> Next.HARD_STOP;
            case Reading.Unusable unusable -> Next.DEFAULT;
        };
    }

    private PivotAsk ask(Call call, Branches branches) {
        return new PivotAsk(
                voiceUrl,
                method.equalsIgnoreCase("post"),
                reqFormat.equals("twiml") ? PivotAsk.Dialect.TWIML : PivotAsk.Dialect.KAZOO,
                reqBodyFormat.equals("json"),
                timeout(),
                headers(call, branches));
    }

    /// A time-out that is no time counts as absent; the schema's maximum holds at run time, too.
    private Duration timeout() {
        Duration wanted = reqTimeoutMs.filter(Duration::isPositive).orElse(usualTimeout);
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    private Map<String, String> headers(Call call, Branches branches) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : customRequestHeaders.propertyNames()) {
            Optional<String> value = Json.text(customRequestHeaders, name);
            boolean sendable =
                    name.matches("[xX]-[A-Za-z0-9!#$%&'*+.^_`|~-]*")
                            && value.filter(text -> text.matches("[^\\p{Cntrl}]*")).isPresent();
            if (sendable) {
                headers.put(name, value.get());
            } else {
                call.notice(
                        branches.pointer() + "/data/custom_request_headers",
                        "not sent, because it is no text or its name does not begin with X-: "
                                + name);
            }
        }
        return headers;
    }
}
