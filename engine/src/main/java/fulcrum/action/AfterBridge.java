package fulcrum.action;

import fulcrum.action.endpoint.RingWishes;
import fulcrum.call.Call;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// Marks the call with what becomes of the caller when a later conversation is over; whoever bridges reads the channel
/// variable then.
@Named("after_bridge")
@Doc(
        "Says what becomes of the caller when a later conversation is over: he is parked, hung up on, or sent to an"
                + " extension.")
@Example(
        """
        { "module": "after_bridge", "data": { "action": "transfer", "data": "2100" }, "children": {
          "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record AfterBridge(
        @Doc("What happens then.") @Choices({"park", "transfer", "hangup"}) Optional<String> action,
        @Doc("park and hangup: whether; transfer: the extension.")
                @Fragment("{\"oneOf\":[{\"type\":\"boolean\"},{\"type\":\"string\"}]}")
                Optional<JsonNode> data)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        switch (action.orElse("")) {
            case "park" -> call.variables().putChannel(RingWishes.PARK, flag(), false);
            case "hangup" -> call.variables().putChannel(RingWishes.HANG_UP, flag(), false);
            case "transfer" -> transfer(call, branches);
            case String other ->
                    call.notice(
                            branches.pointer() + "/data/action",
                            "none of park, transfer, hangup: '" + other + "'; nothing is set");
        }
        return Next.DEFAULT;
    }

    private String flag() {
        return String.valueOf(data.filter(AfterBridge::isTrue).isPresent());
    }

    private static boolean isTrue(JsonNode value) {
        return Json.flag(Json.object().set("value", value), "value");
    }

    private void transfer(Call call, Branches branches) {
        Optional<String> extension =
                data.filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(text -> !text.isEmpty());
        extension.ifPresentOrElse(
                number -> call.variables().putChannel(RingWishes.TRANSFER, number, false),
                () ->
                        call.notice(
                                branches.pointer() + "/data/data",
                                "no extension to transfer to: nothing is set"));
    }
}
