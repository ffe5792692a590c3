package fulcrum.action;

import fulcrum.action.endpoint.Attempt;
import fulcrum.action.endpoint.Endpoints;
import fulcrum.action.endpoint.Rounds;
import fulcrum.action.endpoint.Source;
import fulcrum.call.Call;
import fulcrum.call.MediaReference;
import fulcrum.call.RingPlan;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// Rings the members of a group document. With members in its own data it is a `ring_group` of them.
///
/// A group document is answered before anybody rings, as in Kazoo; its own `timeout`, `strategy`, `ignore_forward` and
/// `ringback` win over the node's.
@Named("group")
@Doc(
        "Answers and rings the devices and users of a group document; its own timeout, strategy, ignore_forward and"
                + " ringback win over these. With endpoints here it is a ring_group of them, and does not answer first."
                + " A failure goes on at the child named by its cause (USER_BUSY), else by its status (sip:486), else"
                + " at `_`.")
@Example(
        """
        { "module": "group", "data": { "id": "0123456789abcdef0123456789abcdef", "timeout": 25 }, "children": {
          "_": { "module": "hangup", "data": {} } } }""")
public record Group(
        @Doc("Whom to ring instead of a group document: ids of devices, users and groups.")
                @Fragment("{\"type\":\"array\",\"default\":[],\"items\":{\"type\":\"string\"}}")
                JsonNode endpoints,
        @Doc("One member's refusal ends the round; only with endpoints.")
                Optional<Boolean> failOnSingleReject,
        @Doc("The group document.") @Lenient String id,
        @Doc("Do not follow a phone that points to another number.") @SchemaDefault("true")
                boolean ignoreForward,
        @Doc("How often they are rung; only with endpoints.") @SchemaDefault("1") @Lenient
                int repeats,
        @Doc("What the caller hears meanwhile: a media id or a URL.") @Lenient String ringback,
        @Doc("The Alert-Info of calls from inside and from outside; only with endpoints.")
                @Fragment(Group.RINGTONES)
                @Lenient
                ObjectNode ringtones,
        @Doc("Whether the members ring at once or one after the other.")
                @SchemaDefault("simultaneous")
                @Choices({"simultaneous", "single"})
                @Lenient
                String strategy,
        @Doc("How long they ring, seconds; 20 when less than 1.") @SchemaDefault("20") @Lenient
                int timeout)
        implements Action {
    static final String RINGTONES =
            """
            {"type":"object","properties":{
             "internal":{"type":"string","description":"Of calls from inside."},
             "external":{"type":"string","description":"Of calls from outside."}}}""";

    @Override
    public Next run(Call call, Branches branches) {
        if (endpoints.isArray() && !endpoints.isEmpty()) {
            return new Rounds(
                            endpoints,
                            strategy,
                            timeout,
                            repeats,
                            ringback,
                            ignoreForward,
                            failOnSingleReject.orElse(false),
                            ringtones)
                    .next(call, branches);
        }
        Optional<Document> group =
                CallingEndpoint.find(call, id).filter(one -> one.type().equals("group"));
        if (group.isEmpty()) {
            call.notice(branches.pointer() + "/data/id", "there is no group '" + id + "'");
            return Next.DEFAULT;
        }
        Endpoints members = new Endpoints(call, Source.GROUP, "");
        members.addGroup(group.get());
        call.answer();
        return new Attempt(call, branches, members).next(manner(call, group.get()));
    }

    private Attempt.Manner manner(Call call, Document group) {
        String media = group.text("ringback").orElse(ringback);
        boolean ignores =
                group.text("ignore_forward")
                        .map(text -> !text.equals("false"))
                        .orElse(ignoreForward);
        return new Attempt.Manner(
                group.text("strategy").orElse(strategy).equals("single"),
                time(group),
                MediaReference.sound(call.facts().accountId(), media),
                true,
                false,
                !ignores);
    }

    private Duration time(Document group) {
        long seconds = fulcrum.directory.Json.whole(group.body(), "timeout").orElse(timeout);
        return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, 86_400)) : RingPlan.USUAL;
    }
}
