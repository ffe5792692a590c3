package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Phone numbers of accounts, by their E.164 form (resources.md §6). What happens to one is in [NumberDesk].
final class PhoneNumbersResource implements Resource {
    private final Shelf shelf;
    private final Documents documents;
    private final NumberDesk desk;

    PhoneNumbersResource(Shelf shelf) {
        this.shelf = shelf;
        this.documents = shelf.documents();
        this.desk = new NumberDesk(shelf);
    }

    @Override
    public String name() {
        return "phone_numbers";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(classes());
        addSeveral(routes);
        addSingle(routes);
        return routes;
    }

    private void addSeveral(List<Route> routes) {
        routes.add(several("PUT", "collection", "Adds several numbers.", NumberDesk.Deed.CREATE));
        routes.add(
                several(
                        "POST",
                        "collection",
                        "Replaces several numbers.",
                        NumberDesk.Deed.REPLACE));
        routes.add(
                several(
                        "PATCH",
                        "collection",
                        "Merges into several numbers.",
                        NumberDesk.Deed.MERGE));
        routes.add(
                several(
                        "DELETE",
                        "collection",
                        "Releases several numbers.",
                        NumberDesk.Deed.RELEASE));
        routes.add(
                several(
                        "PUT",
                        "collection/activate",
                        "Takes several into service.",
                        NumberDesk.Deed.ACTIVATE));
        routes.add(
                Route.of(
                        "POST",
                        "fix",
                        "Finds out anew what uses each number.",
                        (r, args) -> fixed(r, args)));
        routes.add(
                Route.of(
                        "POST",
                        "fix/{number}",
                        "Finds out anew what uses a number.",
                        (r, args) -> fixed(r, args)));
    }

    private void addSingle(List<Route> routes) {
        routes.add(Route.of("GET", "", "Lists the numbers.", (r, args) -> list(r)));
        routes.add(
                Route.of(
                        "GET",
                        "{number}",
                        "Reads a number.",
                        (r, args) -> read(r, args.getFirst())));
        routes.add(one("PUT", "{number}", "Adds a number.", NumberDesk.Deed.CREATE));
        routes.add(
                one(
                        "POST",
                        "{number}",
                        "Replaces the public part of a number.",
                        NumberDesk.Deed.REPLACE));
        routes.add(one("PATCH", "{number}", "Merges into a number.", NumberDesk.Deed.MERGE));
        routes.add(one("DELETE", "{number}", "Releases a number.", NumberDesk.Deed.RELEASE));
        routes.add(
                one(
                        "PUT",
                        "{number}/activate",
                        "Takes a number into service.",
                        NumberDesk.Deed.ACTIVATE));
        routes.add(one("PUT", "{number}/reserve", "Reserves a number.", NumberDesk.Deed.RESERVE));
        routes.add(
                Route.of(
                        "GET",
                        "{number}/identify",
                        "Tells whose a number is.",
                        (r, args) -> owner(r, args.getFirst())));
    }

    private static List<Route> classes() {
        return List.of(
                Route.of(
                        "GET",
                        "classifiers",
                        "Lists the classes of numbers.",
                        (r, args) -> ApiReply.of(Classifiers.all())),
                Route.of(
                        "GET",
                        "classifiers/{number}",
                        "Tells the class of a number.",
                        (r, args) ->
                                ApiReply.of(
                                        Classifiers.of(args.get(1), normalised(r, args.get(1))))));
    }

    private Route one(String method, String pattern, String says, NumberDesk.Deed deed) {
        return Route.of(
                method,
                pattern,
                says,
                (request, args) -> {
                    Document saved =
                            desk.done(
                                    deed,
                                    request,
                                    normalised(request, args.getFirst()),
                                    request.document());
                    ApiReply reply = ApiReply.document(desk.shown(saved), saved.revision());
                    return deed == NumberDesk.Deed.CREATE ? reply.created("") : reply;
                });
    }

    private static String normalised(ApiRequest request, String number) {
        return request.accountInPath()
                .map(account -> Numbers.normalise(number, account))
                .orElseGet(() -> Numbers.normalise(number));
    }

    private ApiReply read(ApiRequest request, String number) {
        Document document =
                documents.find(request.account().id(), "number", normalised(request, number));
        return ApiReply.document(desk.shown(document), document.revision());
    }

    private ApiReply list(ApiRequest request) {
        List<Listing.Entry> entries = new ArrayList<>();
        for (Document number : documents.all(request.account().id(), "number")) {
            entries.add(
                    new Listing.Entry(
                            number.id(),
                            number.id(),
                            () -> NumberDesk.whole(number),
                            () -> listed(number)));
        }
        ApiReply page = Listing.of(request).filtered(Filters.of(request.incoming())).page(entries);
        ObjectNode data = Json.object();
        ObjectNode numbers = data.putObject("numbers");
        for (JsonNode row : page.data()) {
            ((ObjectNode) row)
                    .properties()
                    .forEach(field -> numbers.set(field.getKey(), field.getValue()));
        }
        data.put("cascade_quantity", below(request.account()));
        return new ApiReply(data, page.envelope(), ApiReply.Tag.BODY, "", Optional.empty());
    }

    private static ObjectNode listed(Document number) {
        ObjectNode named = Json.object();
        named.set(number.id(), NumberDesk.row(number));
        return named;
    }

    /// How many numbers the accounts below have.
    private long below(Document account) {
        return new AccountTree(shelf)
                .below(account).stream()
                        .mapToLong(each -> documents.all(each.id(), "number").size())
                        .sum();
    }

    private ApiReply owner(ApiRequest request, String number) {
        String e164 = normalised(request, number);
        Document document =
                documents.directory().number(e164).orElseThrow(() -> Refusal.badIdentifier(e164));
        Identity who = request.identity();
        Optional<Document> account =
                documents.directory().find(document.accountId(), document.accountId());
        if (account.filter(there -> who.isTop() || Desk.isWithin(there, who.accountId()))
                .isEmpty()) {
            throw Refusal.badIdentifier(e164);
        }
        return ApiReply.of(
                Json.object().put("account_id", document.accountId()).put("number", e164));
    }

    private Route several(String method, String pattern, String says, NumberDesk.Deed deed) {
        return Route.of(method, pattern, says, (request, args) -> each(request, deed));
    }

    private ApiReply each(ApiRequest request, NumberDesk.Deed deed) {
        ObjectNode body = request.document();
        List<String> numbers = NumberDesk.wanted(body, number -> normalised(request, number));
        body.remove("numbers");
        return outcome(numbers, number -> desk.done(deed, request, number, body.deepCopy()));
    }

    private ApiReply outcome(List<String> numbers, Function<String, Document> deed) {
        ObjectNode success = Json.object();
        ObjectNode error = Json.object();
        for (String number : numbers) {
            try {
                success.set(number, desk.shown(deed.apply(number)));
            } catch (Refusal refused) {
                ObjectNode reason = Json.object();
                reason.put("code", refused.status());
                reason.put("error", refused.word());
                reason.set("message", refused.data());
                error.set(number, reason);
            }
        }
        ObjectNode data = Json.object();
        data.set("success", success);
        if (!error.isEmpty()) {
            data.set("error", error);
        }
        return ApiReply.of(data);
    }

    private ApiReply fixed(ApiRequest request, List<String> args) {
        Document account = request.account();
        List<String> numbers =
                args.size() > 1
                        ? List.of(
                                documents
                                        .find(
                                                account.id(),
                                                "number",
                                                normalised(request, args.get(1)))
                                        .id())
                        : documents.all(account.id(), "number").stream().map(Document::id).toList();
        return outcome(numbers, number -> desk.fixed(request, number));
    }
}
