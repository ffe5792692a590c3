package fulcrum.action.carrier;

import fulcrum.action.CallingEndpoint;
import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;

/// Which number the carrier is asked for (actions/resources.md, "Behaviour", 1).
final class Destination {
    private final CarrierNode node;
    private final Call call;
    private final CallingEndpoint endpoint;

    Destination(CarrierNode node, Call call, CallingEndpoint endpoint) {
        this.node = node;
        this.call = call;
        this.endpoint = endpoint;
    }

    /// The number; in E.164 unless the node says that it is not to be.
    String number() {
        String wanted = wanted();
        return node.doNotNormalize() || node.bypassE164() ? wanted : normalised(wanted);
    }

    private String wanted() {
        if (!node.toDid().isEmpty()) {
            return node.toDid();
        }
        String request = call.variables().request().user();
        if (node.doNotNormalize()) {
            return original(request);
        }
        ObjectNode plan = plan();
        if (!plan.isEmpty()) {
            return call.ask(new Question.ApplyDialPlan(plan, original(request))).number();
        }
        return node.bypassE164() ? original(request) : request;
    }

    /// As the caller dialled it: To still has it, unless the flow or a proxy has gone on to another number.
    private String original(String request) {
        String dialled = call.facts().to().user();
        boolean isSame =
                request.equals(call.facts().request().user())
                        && accountNormalised(dialled).equals(request);
        return isSame ? dialled : request;
    }

    private String accountNormalised(String number) {
        String accountId = call.facts().accountId();
        return call.ask(new Question.Normalise(accountId, accountId, number)).number();
    }

    /// As the system's converters have it.
    private String normalised(String number) {
        return call.ask(new Question.Normalise(call.facts().accountId(), "", number)).number();
    }

    /// The rules of the calling device, then its user's, then the account's; of one name the first counts.
    private ObjectNode plan() {
        ObjectNode plan = Json.object();
        add(plan, endpoint.device().map(Document::body));
        add(plan, endpoint.user().map(Document::body));
        add(plan, Optional.of(endpoint.account()));
        return plan;
    }

    private static void add(ObjectNode plan, Optional<ObjectNode> holder) {
        Optional<JsonNode> own = holder.flatMap(body -> Json.at(body, "dial_plan"));
        if (own.isPresent()) {
            for (Map.Entry<String, JsonNode> rule : own.get().properties()) {
                if (!plan.has(rule.getKey())) {
                    plan.set(rule.getKey(), rule.getValue().deepCopy());
                }
            }
        }
    }
}
