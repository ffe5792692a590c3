package fulcrum.action;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// A device as its user and account complete it (callflow common facts, "Attribute merge"): everything from the device,
/// but caller id and its options, call waiting, do not disturb, language and presence id merged.
public final class MergedEndpoint {
    private MergedEndpoint() {}

    /// @param user empty when it has none, or several are hot-desked there
    public static ObjectNode of(ObjectNode device, ObjectNode user, ObjectNode account) {
        ObjectNode merged = device.deepCopy();
        boolean deviceWins = Json.flag(account, "prefer_device_caller_id");
        List<ObjectNode> rising =
                deviceWins ? List.of(account, user, device) : List.of(account, device, user);
        merge(merged, "caller_id", rising);
        merge(merged, "caller_id_options", rising);
        merge(merged, "call_waiting", List.of(account, user, device));
        Json.at(device, "caller_id", "emergency")
                .ifPresent(
                        own ->
                                overlay(
                                        merged.withObject("caller_id").withObject("emergency"),
                                        own));
        for (String name : List.of("language", "presence_id")) {
            for (ObjectNode holder : List.of(account, device, user)) {
                Json.text(holder, name).ifPresent(value -> merged.put(name, value));
            }
        }
        boolean silent =
                List.of(account, user, device).stream()
                        .anyMatch(holder -> Json.flag(holder, "do_not_disturb", "enabled"));
        merged.withObject("do_not_disturb").put("enabled", silent);
        return merged;
    }

    /// Lays the objects of this name over each other, the last one uppermost.
    private static void merge(ObjectNode merged, String name, List<ObjectNode> rising) {
        ObjectNode laid = Json.object();
        rising.forEach(holder -> Json.at(holder, name).ifPresent(own -> overlay(laid, own)));
        if (!laid.isEmpty()) {
            merged.set(name, laid);
        }
    }

    private static void overlay(ObjectNode below, JsonNode above) {
        for (Map.Entry<String, JsonNode> entry : above.properties()) {
            if (entry.getValue().isObject()
                    && below.get(entry.getKey()) instanceof ObjectNode inner) {
                overlay(inner, entry.getValue());
            } else {
                below.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }
}
