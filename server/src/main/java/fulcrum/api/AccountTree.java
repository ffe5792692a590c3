package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Who is above and below whom: `pvt_tree` of an account lists its ancestors, the top one first, itself not included
/// (REST conventions §10).
final class AccountTree {
    static final String RESELLER = "pvt_reseller";

    private final Shelf shelf;
    private final Documents documents;

    AccountTree(Shelf shelf) {
        this.shelf = shelf;
        this.documents = shelf.documents();
    }

    /// Changes of accounts run one after the other on the whole server: names, realms and places are compared with all.
    static <T> T alone(Shelf shelf, Supplier<T> work) {
        return shelf.alone("accounts", work);
    }

    List<Route> routes(AccountsResource accounts) {
        return List.of(
                Route.of(
                        "GET",
                        "{id}/children",
                        "Lists the accounts directly below.",
                        (r, args) -> children(r)),
                Route.of(
                        "GET",
                        "{id}/descendants",
                        "Lists all accounts below.",
                        (r, args) -> descendants(r)),
                Route.of(
                        "GET",
                        "{id}/siblings",
                        "Lists the children of the parent.",
                        (r, args) -> siblings(r)),
                Route.of(
                        "GET",
                        "{id}/parents",
                        "Lists the accounts above.",
                        (r, args) -> parents(r)),
                Route.of("GET", "{id}/tree", "Lists the accounts above.", (r, args) -> parents(r)),
                Route.of(
                        "POST",
                        "{id}/move",
                        "Puts an account under another; for the top account only.",
                        (r, args) -> shelf.answer(accounts, r, moved(r))),
                Route.of(
                        "PUT",
                        "{id}/reseller",
                        "Makes an account a reseller; for the top account only.",
                        (r, args) -> shelf.answer(accounts, r, marked(r, true))),
                Route.of(
                        "DELETE",
                        "{id}/reseller",
                        "Makes a reseller an ordinary account; for the top account only.",
                        (r, args) -> shelf.answer(accounts, r, marked(r, false))));
    }

    static List<String> ancestors(Document account) {
        return Json.texts(account.hidden(), MasterAccount.TREE);
    }

    static Optional<String> parent(Document account) {
        List<String> above = ancestors(account);
        return above.isEmpty() ? Optional.empty() : Optional.of(above.getLast());
    }

    /// All accounts below one.
    List<Document> below(Document account) {
        return documents.directory().accounts().stream()
                .filter(other -> ancestors(other).contains(account.id()))
                .toList();
    }

    static boolean isReseller(Document account) {
        return Json.flag(account.hidden(), RESELLER) || MasterAccount.isTop(account);
    }

    /// The nearest reseller above; the top account is its own.
    String resellerOf(Document account) {
        for (String id : ancestors(account).reversed()) {
            Optional<Document> above = documents.directory().find(id, id);
            if (above.filter(AccountTree::isReseller).isPresent()) {
                return id;
            }
        }
        return account.id();
    }

    private ApiReply children(ApiRequest request) {
        List<Document> below = below(request.account());
        return listed(
                request,
                childrenOf(Optional.of(request.account().id()), below),
                child -> {
                    ObjectNode row = Rows.of(child, "name", "realm", "flags");
                    row.put(
                            "descendants_count",
                            below.stream()
                                    .filter(other -> ancestors(other).contains(child.id()))
                                    .count());
                    return row;
                });
    }

    private static List<Document> childrenOf(Optional<String> parentId, List<Document> some) {
        return some.stream().filter(each -> parent(each).equals(parentId)).toList();
    }

    private ApiReply descendants(ApiRequest request) {
        return listed(
                request,
                below(request.account()),
                account -> {
                    ObjectNode row = Rows.of(account, "name", "realm", "flags");
                    ArrayNode tree = row.putArray("tree");
                    ancestors(account).forEach(tree::add);
                    return row;
                });
    }

    private ApiReply siblings(ApiRequest request) {
        Identity who = request.identity();
        if (who.accountId().equals(request.account().id()) && !who.isTop()) {
            throw Refusal.forbidden();
        }
        List<Document> siblings =
                childrenOf(parent(request.account()), documents.directory().accounts());
        return listed(request, siblings, each -> Rows.of(each, "name", "realm", "flags"));
    }

    private static ApiReply listed(
            ApiRequest request, List<Document> some, Function<Document, ObjectNode> row) {
        List<Listing.Entry> entries = new ArrayList<>();
        for (Document each : some) {
            String name = each.text("name").orElse("");
            entries.add(
                    new Listing.Entry(
                            name, each.id(), () -> Documents.whole(each), () -> row.apply(each)));
        }
        return Listing.of(request).filtered(Filters.of(request.incoming())).page(entries);
    }

    /// Cut at the sender's own account: who is above it is none of its business.
    private ApiReply parents(ApiRequest request) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        List<String> above = ancestors(request.account());
        int own = above.indexOf(request.identity().accountId());
        boolean isTop = request.identity().isTop();
        List<String> visible =
                own >= 0 ? above.subList(own, above.size()) : isTop ? above : List.of();
        for (String id : visible) {
            documents
                    .directory()
                    .find(id, id)
                    .ifPresent(account -> rows.add(Rows.of(account, "name")));
        }
        return ApiReply.list(rows, Json.object().put("page_size", rows.size()));
    }

    private Document moved(ApiRequest request) {
        mustBeTop(request);
        return alone(
                shelf,
                () -> {
                    String id = request.account().id();
                    Document account = documents.find(id, "account", id);
                    Document target = target(request, account);
                    List<String> place = new ArrayList<>(ancestors(target));
                    place.add(target.id());
                    for (Document each : below(account)) {
                        List<String> old = ancestors(each);
                        List<String> longer = new ArrayList<>(place);
                        longer.addAll(old.subList(old.indexOf(account.id()), old.size()));
                        documents.save(placed(each, longer), request);
                    }
                    return documents.save(placed(account, place), request);
                });
    }

    private Document target(ApiRequest request, Document account) {
        String to =
                request.text("to")
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                Violation.of(
                                                                "to",
                                                                "required",
                                                                "Field is required but missing")
                                                        .with("value", "to")));
        Document target =
                documents
                        .directory()
                        .find(to, to)
                        .filter(there -> there.type().equals("account"))
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                Violation.of(
                                                                "to",
                                                                "not_found",
                                                                "there is no such account")
                                                        .with("cause", to)));
        if (Desk.isWithin(target, account.id())) {
            throw Refusal.invalid(
                    Violation.of("to", "invalid", "an account cannot be moved below itself")
                            .with("cause", to));
        }
        return target;
    }

    private static Document placed(Document account, List<String> tree) {
        ObjectNode hidden = account.hidden().deepCopy();
        ArrayNode ids = hidden.putArray(MasterAccount.TREE);
        tree.forEach(ids::add);
        return account.withHidden(hidden);
    }

    private Document marked(ApiRequest request, boolean isReseller) {
        mustBeTop(request);
        return alone(
                shelf,
                () -> {
                    String id = request.account().id();
                    Document account = documents.find(id, "account", id);
                    ObjectNode hidden = account.hidden().deepCopy();
                    hidden.put(RESELLER, isReseller);
                    return documents.save(account.withHidden(hidden), request);
                });
    }

    private static void mustBeTop(ApiRequest request) {
        if (!request.identity().isTop()) {
            throw Refusal.forbidden();
        }
    }
}
