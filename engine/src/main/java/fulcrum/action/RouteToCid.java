package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Flow;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rings whoever has the number that is called as caller id: the node becomes a `ring_group` of them, with the same
/// children.
@Named("route_to_cid")
@Doc(
        "Rings, as a ring group, the devices and users that have the number that is called as their caller id. With"
                + " none of them the flow goes on at `_`.")
@Example(
        """
        { "module": "route_to_cid", "data": { "cid_types": ["internal"], "timeout": 30 }, "children": {
          "_": { "module": "hangup", "data": {} } } }""")
public record RouteToCid(
        @Doc("Read by nobody: ring groups decide this.") Optional<Boolean> canCallSelf,
        @Doc("Read by nobody: messages are not sent.") Optional<Boolean> canTextSelf,
        @Doc("Which caller ids count: internal, external or an own type.")
                @SchemaDefault("[\"internal\"]")
                @Fragment("{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1}")
                @Lenient
                List<String> cidTypes,
        @Doc("Read by nobody: all ring at once.") @SchemaDefault("0") @Lenient int delay,
        @Doc("Only devices or only users; both when empty.") @SchemaDefault("[]") @Lenient
                List<String> endpointTypes,
        @Doc("Read by nobody.") String staticInvite,
        @Doc("Read by nobody: ring groups decide this.") Optional<Boolean> suppressClid,
        @Doc("How long they ring, seconds; 20 when less than 1.") @SchemaDefault("0") @Lenient
                int timeout)
        implements Action {
    private static final int USUAL_SECONDS = 20;

    @Override
    public Next run(Call call, Branches branches) {
        String number = call.variables().request().user();
        List<Document> found = new ArrayList<>();
        for (String type : List.of("device", "user")) {
            if (endpointTypes.isEmpty() || endpointTypes.contains(type)) {
                cidTypes.forEach(cidType -> addAll(found, call, type, cidType, number, branches));
            }
        }
        if (found.isEmpty()) {
            call.notice(branches.pointer(), "nobody has the number " + number + " as caller id");
            return Next.DEFAULT;
        }
        return new Next.Go(new Flow(ringGroup(found, branches), branches.pointer()));
    }

    /// A look-up that fails finds nobody.
    private static void addAll(
            List<Document> found,
            Call call,
            String type,
            String cidType,
            String number,
            Branches branches) {
        Question.FindDocuments having =
                new Question.FindDocuments(
                        call.facts().accountId(),
                        type,
                        List.of("caller_id", cidType, "number"),
                        number);
        try {
            for (Document one : call.ask(having).documents()) {
                if (found.stream().noneMatch(known -> known.id().equals(one.id()))) {
                    found.add(one);
                }
            }
        } catch (WorldFailed unreadable) {
            call.notice(branches.pointer(), unreadable.toString());
        }
    }

    private ObjectNode ringGroup(List<Document> members, Branches branches) {
        int seconds = timeout < 1 ? USUAL_SECONDS : timeout;
        ObjectNode group = Json.object().put("module", "ring_group");
        ObjectNode data = group.putObject("data");
        data.put("strategy", "simultaneous").put("timeout", seconds);
        ArrayNode endpoints = data.putArray("endpoints");
        for (Document member : members) {
            endpoints
                    .addObject()
                    .put("endpoint_type", member.type())
                    .put("id", member.id())
                    .put("delay", 0)
                    .put("timeout", seconds);
        }
        group.set("children", branches.children());
        return group;
    }
}
