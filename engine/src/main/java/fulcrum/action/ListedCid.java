package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.HangupCause;
import fulcrum.call.Question;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.ListEntries;
import fulcrum.flow.Branches;
import fulcrum.flow.CallRestriction;
import fulcrum.flow.Next;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys behind a feature code pick the caller id from a list; the digits behind them are the number that is called.
final class ListedCid {
    private static final int USUAL_KEY_LENGTH = 2;

    private final DynamicCid node;
    private final Call call;
    private final Branches branches;

    /// An entry that was picked, and the number that is left to be called.
    private record Picked(ObjectNode entry, String destination) {}

    ListedCid(DynamicCid node, Call call, Branches branches) {
        this.node = node;
        this.call = call;
        this.branches = branches;
    }

    Next next(String captured) {
        Optional<Picked> picked = picked(captured);
        if (picked.isEmpty()) {
            Prompts.say(call, "fault-can_not_be_completed_as_dialed");
            return Next.STOP;
        }
        ObjectNode entry = picked.get().entry;
        DynamicCid.show(
                call, Json.text(entry, "name").orElse(""), Json.text(entry, "number").orElse(""));
        return picked.get().destination.isEmpty()
                ? Next.DEFAULT
                : called(DynamicCid.dial(call, picked.get().destination));
    }

    private Optional<Picked> picked(String captured) {
        Optional<Document> list = CallingEndpoint.find(call, node.id());
        if (list.isEmpty()) {
            call.notice(branches.pointer() + "/data/id", "there is no list '" + node.id() + "'");
            return Optional.empty();
        }
        Optional<Picked> fitting =
                node.action().filter("list"::equals).isPresent() && node.idxName().isPresent()
                        ? byName(list.get(), node.idxName().get(), captured)
                        : byBeginning(list.get(), captured);
        if (fitting.isEmpty()) {
            call.notice(branches.pointer() + "/data/id", "no entry of the list fits " + captured);
        }
        return fitting;
    }

    private Optional<Picked> byName(Document list, String group, String captured) {
        Optional<String> key = Optional.ofNullable(call.variables().captureGroups().get(group));
        return entries(list).stream()
                .filter(entry -> key.isPresent() && hasKey(entry, key.get()))
                .findFirst()
                .map(entry -> new Picked(entry, captured));
    }

    private Optional<Picked> byBeginning(Document list, String captured) {
        for (ObjectNode entry : entries(list)) {
            int length =
                    Math.clamp(
                            Json.whole(entry, "capture_group_length").orElse(USUAL_KEY_LENGTH),
                            0,
                            Integer.MAX_VALUE);
            if (captured.length() >= length && hasKey(entry, captured.substring(0, length))) {
                return Optional.of(new Picked(entry, captured.substring(length)));
            }
        }
        return Optional.empty();
    }

    private static boolean hasKey(ObjectNode entry, String key) {
        return Json.text(entry, "capture_group_key").filter(key::equals).isPresent();
    }

    /// The list's own documents, and the entries that older lists have within them.
    private List<ObjectNode> entries(Document list) {
        List<ObjectNode> entries = new ArrayList<>();
        Question.FindDocuments own =
                new Question.FindDocuments(
                        call.facts().accountId(), ListEntries.TYPE, List.of("list_id"), node.id());
        call.ask(own).documents().forEach(entry -> entries.add(entry.body()));
        Optional<JsonNode> length = list.at("length");
        for (JsonNode inner : list.at("entries").orElse(Json.object())) {
            if (inner instanceof ObjectNode entry) {
                ObjectNode whole = entry.deepCopy();
                length.ifPresent(value -> whole.set("capture_group_length", value));
                entries.add(whole);
            }
        }
        return entries;
    }

    private Next called(String number) {
        Optional<CallflowMatch> match =
                Onward.callflow(call, number)
                        .filter(found -> found.noMatch() || node.permitCustomCallflow());
        if (match.isEmpty()) {
            call.notice(branches.pointer(), number + " is not called: no callflow is fit for it");
            Prompts.say(call, "disa-invalid_extension");
            return Next.STOP;
        }
        Optional<String> forbidden =
                node.enforceCallRestriction()
                        ? CallRestriction.forbids(call, number)
                        : Optional.empty();
        if (forbidden.isPresent()) {
            call.notice(branches.pointer(), forbidden.get());
            call.answer();
            Prompts.say(call, "cf-unauthorized_call");
            call.hangUp(HangupCause.NORMAL_CLEARING, true);
            return Next.HARD_STOP;
        }
        return Onward.branch(call, match.get());
    }
}
