package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Order;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// Queues keys to be sent to the caller and goes on at once.
@Named("send_dtmf")
@Doc(
        "Sends keys to the caller, one after the other, behind what is queued. The flow goes on at once.")
@Example(
        """
        { "module": "send_dtmf", "data": { "digits": "1234", "duration_ms": 250 }, "children": {
          "_": { "module": "sleep", "data": { "duration": 2 } } } }""")
public record SendDtmf(
        @Doc("The keys: 0-9 * # A-D.") @Required String digits,
        @Doc("Length of each key, milliseconds; a number or its digits.")
                @SchemaDefault("2000")
                @Fragment("{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}]}")
                JsonNode durationMs)
        implements Action {
    private static final long USUAL_MILLIS = 2000;

    @Override
    public Next run(Call call, Branches branches) {
        String keys = digits.toUpperCase(Locale.ROOT).replaceAll("[^0-9*#A-D]", "");
        if (keys.length() < digits.length() || digits.isEmpty()) {
            call.notice(
                    branches.pointer() + "/data/digits",
                    "only 0-9 * # A-D can be sent: sending '" + keys + "'");
        }
        if (!keys.isEmpty()) {
            call.tell(new Order.SendDigits(keys, length(call, branches)));
        }
        return Next.DEFAULT;
    }

    private Duration length(Call call, Branches branches) {
        OptionalLong millis = Json.whole(Json.object().set("ms", durationMs), "ms");
        if (millis.isEmpty() || millis.getAsLong() < 1) {
            call.notice(
                    branches.pointer() + "/data/duration_ms",
                    "must be a number of at least 1: taking " + USUAL_MILLIS);
            return Duration.ofMillis(USUAL_MILLIS);
        }
        return Duration.ofMillis(millis.getAsLong());
    }
}
