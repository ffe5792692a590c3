package fulcrum.action.carrier;

import fulcrum.action.CallingEndpoint;
import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The flags that a resource must have for this call: those of the calling device, its user and the account
/// (`outbound_flags`: a list, or `static` and `dynamic` ones), and the node's. There are no zones, so the flag `zone`
/// is none.
final class OutgoingFlags {
    private static final String VARIABLE = "custom_channel_vars.";

    private final Call call;
    private final Set<String> flags = new LinkedHashSet<>();
    private final List<String> unknown = new ArrayList<>();

    private OutgoingFlags(Call call) {
        this.call = call;
    }

    static List<String> of(CarrierNode node, Call call, CallingEndpoint endpoint, String pointer) {
        OutgoingFlags flags = new OutgoingFlags(call);
        Stream.of(
                        endpoint.device().map(Document::body),
                        endpoint.user().map(Document::body),
                        Optional.of(endpoint.account()))
                .flatMap(Optional::stream)
                .flatMap(body -> Json.at(body, "outbound_flags").stream())
                .forEach(flags::add);
        node.outboundFlags().forEach(flags.flags::add);
        node.dynamicFlags().forEach(flags::work);
        if (!flags.unknown.isEmpty()) {
            call.notice(
                    pointer + "/data/dynamic_flags",
                    flags.unknown + " stand for nothing on this call: they are no flags");
        }
        return List.copyOf(flags.flags);
    }

    private void add(JsonNode own) {
        if (own.isArray()) {
            own.forEach(flag -> flags.add(flag.asString()));
        } else {
            flags.addAll(Json.texts(own, "static"));
            Json.texts(own, "dynamic").forEach(this::work);
        }
    }

    private void work(String name) {
        Optional<String> value =
                name.startsWith(VARIABLE)
                        ? call.variables().channel(name.substring(VARIABLE.length()))
                        : property(name);
        value.filter(flag -> !flag.isEmpty()).ifPresentOrElse(flags::add, () -> unknown.add(name));
    }

    private Optional<String> property(String name) {
        CallFacts facts = call.facts();
        return Optional.ofNullable(
                switch (name) {
                    case "account_id" -> facts.accountId();
                    case "account_realm" -> facts.realm();
                    case "authorizing_id" -> facts.authorizingId();
                    case "authorizing_type" -> facts.authorizingType();
                    case "owner_id" -> call.variables().owner().orElse("");
                    case "caller_id_name" -> call.variables().caller().name();
                    case "caller_id_number" -> call.variables().caller().number();
                    case "request_user" -> call.variables().request().user();
                    case "request_realm" -> call.variables().request().host();
                    case "to_user" -> call.variables().to().user();
                    case "to_realm" -> call.variables().to().host();
                    case "from_user" -> facts.from().user();
                    case "from_realm" -> facts.from().host();
                    case "language" -> call.variables().language();
                    default -> null;
                });
    }
}
