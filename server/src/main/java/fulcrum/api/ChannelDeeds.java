package fulcrum.api;

import fulcrum.call.LegCard;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What can be done to a live leg over REST (resources.md §20). Everything is sent to the call that owns the leg and
/// not waited for. Actions that calls cannot carry out yet are answered 501.
final class ChannelDeeds {
    private final LiveLegs legs;
    private final Directory directory;

    ChannelDeeds(LiveLegs legs, Directory directory) {
        this.legs = legs;
        this.directory = directory;
    }

    ApiReply posted(ApiRequest request, LegCard card) {
        return switch (request.text("action").orElse("")) {
            case "hangup" -> sent(legs.hangUp(card.legId()), card, "hangup initiated");
            case "transfer" -> transfer(request, card);
            case "callflow" -> callflow(request, card);
            case "intercept" -> intercept(request);
            case "break" -> throw Refusal.fault(501, "not_implemented");
            default -> throw Refusal.plain(400, "invalid data", Json.object());
        };
    }

    ApiReply put(ApiRequest request, LegCard card) {
        if (!request.text("action").orElse("").equals("metaflow")) {
            throw Refusal.plain(400, "invalid data", Json.object());
        }
        ObjectNode node = request.document();
        String module = Json.text(node, "module").orElseThrow(() -> missing("module"));
        return switch (module) {
            case "hangup" -> sent(legs.hangUp(card.legId()), card, "metaflow sent");
            case "callflow" -> {
                String id = Json.text(node, "data", "id").orElseThrow(() -> missing("data.id"));
                yield sent(legs.follow(card.legId(), flowOf(card, id)), card, "metaflow sent");
            }
            case "pivot" -> sent(legs.follow(card.legId(), node.toString()), card, "metaflow sent");
            default -> throw Refusal.fault(501, "not_implemented");
        };
    }

    private static ApiReply sent(boolean isThere, LegCard card, String said) {
        if (!isThere) {
            throw Refusal.badIdentifier(card.legId());
        }
        return ApiReply.of(StringNode.valueOf(said));
    }

    private static Refusal missing(String field) {
        return Refusal.invalid(
                Violation.of(field, "required", "Field is required but missing")
                        .with("value", field));
    }

    /// A blind transfer: the leg goes on with the callflow of the number.
    private ApiReply transfer(ApiRequest request, LegCard card) {
        if (card.otherLegId().isEmpty()) {
            throw missing("other_leg_call_id");
        }
        String target = request.text("target").orElseThrow(() -> missing("target"));
        if (request.text("transfer-type").orElse("blind").equals("attended")) {
            throw Refusal.fault(501, "not_implemented");
        }
        Document account =
                directory
                        .find(card.accountId(), card.accountId())
                        .orElseThrow(() -> Refusal.badIdentifier(target));
        JsonNode flow =
                directory
                        .callflowFor(account.id(), Numbers.normalise(target, account))
                        .map(CallflowMatch::callflow)
                        .flatMap(callflow -> callflow.at("flow"))
                        .orElseThrow(() -> Refusal.badIdentifier(target));
        return sent(legs.follow(card.legId(), flow.toString()), card, "transfer initiated");
    }

    private ApiReply callflow(ApiRequest request, LegCard card) {
        String id = request.text("id").orElseThrow(() -> missing("id"));
        return sent(legs.follow(card.legId(), flowOf(card, id)), card, "callflow initiated");
    }

    private String flowOf(LegCard card, String id) {
        return directory
                .find(card.accountId(), id)
                .filter(document -> document.type().equals("callflow"))
                .flatMap(callflow -> callflow.at("flow"))
                .map(JsonNode::toString)
                .orElseThrow(() -> Refusal.badIdentifier(id));
    }

    private static ApiReply intercept(ApiRequest request) {
        if (request.text("target_type").isEmpty()) {
            throw missing("target_type");
        } else if (request.text("target_id").isEmpty()) {
            throw missing("target_id");
        }
        throw Refusal.fault(501, "not_implemented");
    }
}
