package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Adds, changes and releases single numbers. `state` and `used_by` are in the document's body, but only this desk and
/// [NumberUse] write them; whatever a client sends under these names is dropped.
final class NumberDesk {
    private static final List<String> FEATURES =
            List.of(
                    "cnam",
                    "e911",
                    "failover",
                    "force_outbound",
                    "mms",
                    "prepend",
                    "ringback",
                    "sms");
    private static final List<String> ANSWERED_ONLY =
            List.of("state", "used_by", "assigned_to", "features", "id", "create_with_state");
    private static final int SHORTEST = 5;

    /// What can be done to a number.
    enum Deed {
        CREATE,
        REPLACE,
        MERGE,
        RELEASE,
        ACTIVATE,
        RESERVE
    }

    private final Shelf shelf;
    private final Documents documents;

    NumberDesk(Shelf shelf) {
        this.shelf = shelf;
        this.documents = shelf.documents();
    }

    Document done(Deed deed, ApiRequest request, String number, ObjectNode body) {
        return shelf.alone(
                "numbers",
                () ->
                        switch (deed) {
                            case CREATE -> created(request, number, body);
                            case REPLACE -> changed(request, own(request, number), body);
                            case MERGE -> {
                                Document before = own(request, number);
                                yield changed(request, before, Shelf.merged(before.body(), body));
                            }
                            case RELEASE -> released(request, own(request, number));
                            case ACTIVATE -> moved(request, number, body, "in_service");
                            case RESERVE -> moved(request, number, body, "reserved");
                        });
    }

    private Document own(ApiRequest request, String number) {
        Document document = documents.find(request.account().id(), "number", number);
        if (request.nouns().getLast().args().stream().noneMatch("collection"::equals)) {
            Documents.checkMatch(request, document);
        }
        return document;
    }

    private Document created(ApiRequest request, String number, ObjectNode body) {
        Optional<Document> there = documents.directory().number(number);
        if (there.isPresent() && there.get().accountId().equals(request.account().id())) {
            throw Refusal.of(409, "number_exists", "number " + number + " already exists");
        } else if (there.isPresent()) {
            throw Refusal.forbidden(number);
        }
        mustBePublic(number);
        String state = Json.text(body, "create_with_state").orElse("in_service");
        ObjectNode good = checked(body);
        good.put("state", state);
        use(request.account(), number).ifPresent(user -> good.put(NumberUse.USED_BY, user));
        Document fresh =
                Document.fresh(request.account().id(), "number", number, good, documents.now());
        return documents.save(fresh, request);
    }

    private static void mustBePublic(String number) {
        if (!number.matches("\\+?\\d+") || number.length() < SHORTEST) {
            ObjectNode reason = Json.object();
            reason.put("code", 400).put("error", "not_reconcilable");
            reason.put("message", "number " + number + " is not reconcilable");
            ObjectNode data = Json.object();
            data.set(number, reason);
            throw Refusal.plain(400, "client error", data);
        }
    }

    private ObjectNode checked(ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        Verdict verdict = shelf.check().check("phone_numbers", copy);
        if (!verdict.isGood()) {
            throw Refusal.invalid(verdict.violations());
        }
        ObjectNode good = verdict.document();
        good.remove(ANSWERED_ONLY);
        return good;
    }

    private Document changed(ApiRequest request, Document before, ObjectNode body) {
        ObjectNode good = checked(body);
        for (String kept : List.of("state", NumberUse.USED_BY)) {
            before.at(kept).ifPresent(value -> good.set(kept, value));
        }
        return documents.save(before.withBody(good), request);
    }

    /// `hard=true` of the top account leaves nothing behind.
    private Document released(ApiRequest request, Document number) {
        ObjectNode body = number.body().deepCopy();
        if (request.flag("hard") && request.identity().isTop()) {
            documents.remove(number);
            return number.withBody(body.put("state", "deleted")).asDeleted();
        }
        return documents.save(number.withBody(body.put("state", "released")).asDeleted(), request);
    }

    private Document moved(ApiRequest request, String number, ObjectNode body, String state) {
        Optional<Document> there = documents.directory().number(number);
        if (there.isEmpty()) {
            return created(request, number, body.put("create_with_state", state));
        }
        Document before = own(request, number);
        return documents.save(
                before.withBody(before.body().deepCopy().put("state", state)), request);
    }

    /// The callflow that has the number, as `used_by` tells it.
    private Optional<String> use(Document account, String number) {
        boolean isUsed =
                documents.all(account.id(), "callflow").stream()
                        .anyMatch(
                                callflow ->
                                        Json.texts(callflow.body(), "numbers").contains(number));
        return isUsed ? Optional.of("callflow") : Optional.empty();
    }

    Document fixed(ApiRequest request, String number) {
        return shelf.alone(
                "numbers",
                () -> {
                    Document before = own(request, number);
                    ObjectNode body = before.body().deepCopy();
                    body.remove(NumberUse.USED_BY);
                    use(request.account(), number)
                            .ifPresent(user -> body.put(NumberUse.USED_BY, user));
                    return body.equals(before.body())
                            ? before
                            : documents.save(before.withBody(body), request);
                });
    }

    static List<String> features(Document number) {
        return FEATURES.stream()
                .filter(
                        name ->
                                number.at(name)
                                        .filter(value -> !value.isEmpty() || value.isValueNode())
                                        .isPresent())
                .toList();
    }

    /// What filters see.
    static ObjectNode whole(Document number) {
        ObjectNode whole = Documents.whole(number);
        whole.put("assigned_to", number.accountId());
        return whole;
    }

    static ObjectNode row(Document number) {
        ObjectNode row = Json.object();
        row.put("state", number.text("state").orElse("in_service"));
        array(row, "features", features(number));
        array(row, "features_available", FEATURES);
        array(row, "features_allowed", List.of());
        array(row, "features_denied", List.of());
        row.put("assigned_to", number.accountId());
        row.put(NumberUse.USED_BY, number.text(NumberUse.USED_BY).orElse(""));
        row.put("created", Gregorian.seconds(number.created()));
        row.put("updated", Gregorian.seconds(number.modified()));
        number.at("locality").ifPresent(locality -> row.set("locality", locality));
        return row;
    }

    private static void array(ObjectNode row, String name, List<String> texts) {
        ArrayNode array = row.putArray(name);
        texts.forEach(array::add);
    }

    ObjectNode shown(Document number) {
        ObjectNode shown = Documents.shown(number);
        shown.put("state", number.text("state").orElse("in_service"));
        shown.put(NumberUse.USED_BY, number.text(NumberUse.USED_BY).orElse(""));
        array(shown, "features", features(number));
        ObjectNode facts = shown.putObject("_read_only");
        facts.put("created", Gregorian.seconds(number.created()));
        facts.put("modified", Gregorian.seconds(number.modified()));
        ObjectNode features = facts.putObject("features");
        array(features, "available", FEATURES);
        ObjectNode settings = features.putObject("settings");
        features(number)
                .forEach(name -> number.at(name).ifPresent(value -> settings.set(name, value)));
        facts.put("carrier_module", "knm_local");
        if (number.deleted()) {
            facts.put("deleted", true);
            facts.put("is_deleted", true);
        }
        return shown;
    }

    /// The numbers of a collection, normalised.
    ///
    /// @throws Refusal 400 `numbers` when there are none, one is twice, or it is not a list
    static List<String> wanted(ObjectNode body, UnaryOperator<String> normalised) {
        JsonNode list = body.path("numbers");
        if (list.isMissingNode()) {
            throw Refusal.invalid(
                    Violation.of("numbers", "required", "Field is required but missing")
                            .with("value", "numbers"));
        } else if (!list.isArray()) {
            throw Refusal.invalid(
                    Violation.of("numbers", "type", "Value did not match type(s): array")
                            .with("target", "array")
                            .with("value", list));
        } else if (list.isEmpty()) {
            throw Refusal.invalid(
                    Violation.of("numbers", "minimum", "Value must be at least 1")
                            .with("target", 1));
        }
        List<String> numbers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode member : list) {
            String number = normalised.apply(member.asString(""));
            numbers.add(number);
            if (!seen.add(number)) {
                throw Refusal.invalid(
                        Violation.of("numbers", "uniqueItems", "List of items is not unique")
                                .with("value", list));
            }
        }
        return numbers;
    }
}
