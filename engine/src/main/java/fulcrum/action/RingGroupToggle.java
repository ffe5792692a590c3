package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Order;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Feature code: the caller's user logs in or out of every ring group of a callflow.
///
/// A member that is logged out stays in the group with `disable_until` far away; 0 is logged in. Each ring group is
/// told of, one after the other; nobody waits for that.
@Named("ring_group_toggle")
@Doc(
        "Logs the caller's user in or out of every ring group in a callflow; a member that is logged out is not rung.")
@Example(
        """
        { "module": "ring_group_toggle", "data": { "action": "logout",
          "callflow_id": "0123456789abcdef0123456789abcdef" } }""")
public record RingGroupToggle(
        @Doc("login or logout.") @Required @Choices({"login", "logout"}) String action,
        @Doc("The callflow document with the ring groups.") @Required String callflowId)
        implements Action {
    /// The field of a ring group's member: until when it is not rung, in Gregorian seconds.
    static final String DISABLE_UNTIL = "disable_until";

    private static final long IN = 0;
    private static final long OUT = 66_269_664_000L; // the year 2100

    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        long until =
                switch (action) {
                    case "login" -> IN;
                    case "logout" -> OUT;
                    default ->
                            throw new BadFlow(
                                    branches.pointer() + "/data/action",
                                    "neither login nor logout: '" + action + "'");
                };
        Optional<Document> callflow =
                CallingEndpoint.find(call, callflowId)
                        .filter(found -> found.type().equals("callflow"));
        if (callflow.isEmpty()) {
            call.notice(
                    branches.pointer() + "/data/callflow_id",
                    "there is no callflow '" + callflowId + "'");
            return Next.DEFAULT;
        }
        String owner = call.variables().owner().orElse("");
        List<Boolean> groups = new ArrayList<>();
        DocumentEdit.of(
                call,
                callflowId,
                body -> {
                    groups.clear();
                    ringGroups(body).forEach(group -> groups.add(isToggled(group, owner, until)));
                });
        String done = until == IN ? "agent-logged_in" : "agent-logged_out";
        groups.forEach(isMember -> announce(call, isMember ? done : "agent-invalid_choice"));
        return Next.DEFAULT;
    }

    /// The data of every ring group in a callflow, in the order they stand there.
    private static List<JsonNode> ringGroups(ObjectNode callflow) {
        List<JsonNode> groups = new ArrayList<>();
        Deque<JsonNode> nodes = new ArrayDeque<>();
        nodes.push(callflow.path("flow"));
        while (!nodes.isEmpty()) {
            JsonNode node = nodes.pop();
            if (Json.text(node, "module").filter("ring_group"::equals).isPresent()) {
                groups.add(node.path("data"));
            }
            List<JsonNode> children = new ArrayList<>();
            node.path("children").forEach(children::add);
            children.reversed().forEach(nodes::push);
        }
        return groups;
    }

    private static boolean isToggled(JsonNode group, String owner, long until) {
        boolean isMember = false;
        for (JsonNode member : group.path("endpoints")) {
            if (member instanceof ObjectNode own
                    && Json.text(own, "endpoint_type").filter("user"::equals).isPresent()
                    && Json.text(own, "id").filter(owner::equals).isPresent()) {
                own.put(DISABLE_UNTIL, until);
                isMember = true;
            }
        }
        return isMember;
    }

    private static void announce(Call call, String promptId) {
        call.tell(new Order.Play(call.nextNumber(), Prompts.prompt(call, promptId), 1));
    }
}
