package fulcrum.action.endpoint;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The account's documents as they are during one attempt, each asked for once.
final class Papers {
    private final Call call;
    private final Map<String, Optional<Document>> known = new LinkedHashMap<>();

    Papers(Call call) {
        this.call = call;
    }

    /// A document of a type; an empty type: of any.
    Optional<Document> find(String id, String type) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Document> found = known.get(id);
        if (found == null) {
            found = call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
            known.put(id, found);
        }
        return found.filter(one -> type.isEmpty() || one.type().equals(type));
    }

    ObjectNode account() {
        return find(call.facts().accountId(), "account")
                .map(Document::body)
                .orElseGet(Json::object);
    }

    /// Whose device it is: whoever is hot-desked there, else its owner.
    static List<String> owners(Document device) {
        List<String> guests =
                device.at("hotdesk", "users")
                        .map(users -> List.copyOf(users.propertyNames()))
                        .orElse(List.of());
        return guests.isEmpty() ? device.text("owner_id").map(List::of).orElse(List.of()) : guests;
    }

    /// A user's devices, those where he is hot-desked included, and without those where only others are.
    List<Document> devicesOf(String userId) {
        Set<Document> devices = new LinkedHashSet<>(ask(List.of("owner_id"), userId));
        devices.addAll(ask(List.of("hotdesk", "users", userId), ""));
        devices.forEach(device -> known.put(device.id(), Optional.of(device)));
        return devices.stream().filter(device -> owners(device).contains(userId)).toList();
    }

    private List<Document> ask(List<String> path, String value) {
        return call.ask(new Question.FindDocuments(call.facts().accountId(), "device", path, value))
                .documents();
    }
}
