package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The device that calls, its user and the account, as they are now.
///
/// A caller from outside has neither device nor user. Asks the world whenever it is made: for the call's thread.
///
/// @param device the calling device; absent for callers whom none vouches for
/// @param user the one user whose device it is; absent when it has none, or several are hot-desked there
public record CallingEndpoint(
        Optional<Document> device, Optional<Document> user, ObjectNode account) {
    private static final Set<String> DEVICES = Set.of("device", "mobile");

    public static CallingEndpoint of(Call call) {
        CallFacts facts = call.facts();
        Optional<Document> device =
                DEVICES.contains(facts.authorizingType())
                        ? find(call, facts.authorizingId())
                        : Optional.empty();
        List<String> owners = owners(facts, device);
        Optional<Document> user =
                owners.size() == 1 ? find(call, owners.getFirst()) : Optional.empty();
        ObjectNode account =
                find(call, facts.accountId()).map(Document::body).orElseGet(Json::object);
        return new CallingEndpoint(device, user, account);
    }

    /// Whoever is hot-desked at the device, else its owner.
    private static List<String> owners(CallFacts facts, Optional<Document> device) {
        List<String> guests =
                device.flatMap(own -> own.at("hotdesk", "users"))
                        .map(users -> users.propertyNames().stream().toList())
                        .orElse(List.of());
        if (!guests.isEmpty()) {
            return guests;
        }
        return device.flatMap(own -> own.text("owner_id")).map(List::of).orElseGet(facts::ownerIds);
    }

    /// A document of the call's account; an empty id finds nothing.
    public static Optional<Document> find(Call call, String id) {
        return id.isEmpty()
                ? Optional.empty()
                : call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
    }

    /// The device as user and account complete it; empty without a device.
    public ObjectNode merged() {
        return device.map(own -> MergedEndpoint.of(own.body(), userBody(), account))
                .orElseGet(Json::object);
    }

    /// A user who has no internal caller id name has his own.
    private ObjectNode userBody() {
        if (user.isEmpty()) {
            return Json.object();
        }
        ObjectNode body = user.get().body();
        String own =
                (user.get().text("first_name").orElse("")
                                + " "
                                + user.get().text("last_name").orElse(""))
                        .strip();
        if (own.isEmpty() || Json.text(body, "caller_id", "internal", "name").isPresent()) {
            return body;
        }
        ObjectNode named = body.deepCopy();
        named.withObject("caller_id").withObject("internal").put("name", own);
        return named;
    }
}
