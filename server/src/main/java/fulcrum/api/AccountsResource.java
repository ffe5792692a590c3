package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Accounts: a tree of realms (resources.md §1). Who stands where in it is shown by [AccountTree].
final class AccountsResource implements StoredKind {
    private static final List<String> ANSWERED_ONLY =
            List.of(
                    "superduper_admin",
                    "wnm_allow_additions",
                    "created",
                    "reseller_id",
                    "is_reseller",
                    "billing_mode",
                    "notification_preference",
                    "trial_time_left",
                    "api_key");
    private static final List<String> KEPT_IN_IT =
            List.of("user", "device", "callflow", "menu", "media", "number", "resource");

    private final Shelf shelf;
    private final Documents documents;
    private final ApiSettings settings;
    private final AccountTree tree;

    AccountsResource(Shelf shelf, ApiSettings settings) {
        this.shelf = shelf;
        this.documents = shelf.documents();
        this.settings = settings;
        this.tree = new AccountTree(shelf);
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public String type() {
        return "account";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.of(
                                "PUT",
                                "",
                                "Creates an account under the token's own.",
                                (r, args) -> created(r, shelf.home(r)))
                        .anyToken());
        routes.add(
                Route.of(
                        "GET",
                        "{id}",
                        "Reads an account.",
                        (r, args) -> shelf.answer(this, r, r.account())));
        routes.add(
                Route.of(
                        "PUT",
                        "{id}",
                        "Creates an account under this one.",
                        (r, args) -> created(r, r.account())));
        routes.add(
                Route.of(
                        "POST",
                        "{id}",
                        "Changes an account; keys left out stay.",
                        (r, args) -> written(r)));
        routes.add(Route.of("PATCH", "{id}", "Merges into an account.", (r, args) -> patched(r)));
        routes.add(
                Route.of(
                        "DELETE",
                        "{id}",
                        "Deletes an account and all that is in it.",
                        (r, args) -> deleted(r)));
        addKeys(routes);
        routes.addAll(tree.routes(this));
        return routes;
    }

    private void addKeys(List<Route> routes) {
        routes.add(
                Route.of(
                        "GET",
                        "{id}/api_key",
                        "Shows the API key.",
                        (r, args) -> key(r.account())));
        routes.add(
                Route.of("PUT", "{id}/api_key", "Makes a new API key.", (r, args) -> freshKey(r)));
    }

    @Override
    public ObjectNode row(Document document) {
        return Rows.of(document, "name", "realm", "flags");
    }

    private ApiReply created(ApiRequest request, Document parent) {
        ObjectNode body = request.document();
        return AccountTree.alone(
                shelf,
                () -> {
                    Document saved =
                            shelf.store(this, new Draft(request, parent, Optional.empty(), body));
                    return shelf.answer(this, request, saved).created(saved.id());
                });
    }

    /// Unlike elsewhere, what is left out of the body stays (resources.md §1, "POST on an existing account").
    private ApiReply written(ApiRequest request) {
        ObjectNode change = request.document();
        return AccountTree.alone(
                shelf,
                () -> {
                    Document before = again(request);
                    ObjectNode body = before.body().deepCopy();
                    body.setAll(change);
                    return shelf.changed(this, request, before, body);
                });
    }

    private ApiReply patched(ApiRequest request) {
        ObjectNode change = request.document();
        return AccountTree.alone(
                shelf,
                () -> {
                    Document before = again(request);
                    return shelf.changed(
                            this, request, before, Shelf.merged(before.body(), change));
                });
    }

    /// The account in the path as it is now, inside the lock.
    private Document again(ApiRequest request) {
        String id = request.account().id();
        return documents.find(id, "account", id);
    }

    private ApiReply deleted(ApiRequest request) {
        return AccountTree.alone(
                shelf,
                () -> {
                    Document account = again(request);
                    if (MasterAccount.isTop(account)) {
                        throw Refusal.invalidMethod();
                    } else if (!tree.below(account).isEmpty()) {
                        throw Refusal.fault(500, "account_has_descendants");
                    }
                    Documents.checkMatch(request, account);
                    for (String type : KEPT_IN_IT) {
                        documents
                                .all(account.id(), type)
                                .forEach(each -> documents.save(each.asDeleted(), request));
                    }
                    return Documents.deleted(documents.save(account.asDeleted(), request));
                });
    }

    private static ApiReply key(Document account) {
        return ApiReply.of(Json.object().put("api_key", MasterAccount.apiKeyOf(account)));
    }

    private ApiReply freshKey(ApiRequest request) {
        if (!request.identity().privLevel().equals("admin")) {
            throw Refusal.forbidden();
        }
        return AccountTree.alone(
                shelf,
                () -> {
                    Document account = again(request);
                    ObjectNode hidden = account.hidden().deepCopy();
                    hidden.put(MasterAccount.API_KEY, Secrets.hex(32));
                    return key(documents.save(account.withHidden(hidden), request));
                });
    }

    @Override
    public String home(Draft draft, String id) {
        return id;
    }

    @Override
    public void shape(Draft draft) {
        ObjectNode body = draft.body();
        body.remove(ANSWERED_ONLY);
        draft.rewrite(realm -> realm.replace(" ", ""), "realm");
        if (draft.before().isEmpty()) {
            Document parent = draft.account();
            if (draft.text("realm").isEmpty()) {
                body.put("realm", Secrets.hex(3) + "." + settings.realmSuffix());
            }
            if (draft.text("timezone").isEmpty()) {
                body.put("timezone", parent.text("timezone").orElse("America/Los_Angeles"));
            }
            if (!body.has("enabled")) {
                body.put("enabled", isEnabled(parent));
            }
            putPlace(draft.hidden(), parent);
        } else if (draft.before().get().id().equals(draft.request().identity().accountId())) {
            body.put("enabled", isEnabled(draft.before().get()));
        }
    }

    private static void putPlace(ObjectNode hidden, Document parent) {
        ArrayNode ancestors = hidden.putArray(MasterAccount.TREE);
        Json.texts(parent.hidden(), MasterAccount.TREE).forEach(ancestors::add);
        ancestors.add(parent.id());
        hidden.put(MasterAccount.API_KEY, Secrets.hex(32));
        hidden.put(Tokens.OWN_SECRET, Secrets.hex(32));
    }

    static boolean isEnabled(Document account) {
        return !account.text("enabled").orElse("true").equals("false");
    }

    @Override
    public void check(Draft draft) {
        draft.hidden().put("pvt_enabled", Json.flag(draft.body(), "enabled"));
        String realm = draft.text("realm").orElse("").toLowerCase(Locale.ROOT);
        String name = Documents.alphanumeric(draft.text("name").orElse(""));
        draft.hidden().put("pvt_realm", realm);
        for (Document other : documents.directory().accounts()) {
            if (draft.isOther(other) && realm.equalsIgnoreCase(other.text("realm").orElse(""))) {
                draft.refuseUnique("realm", "Account realm already in use", realm);
            }
            if (draft.isOther(other)
                    && name.equals(Documents.alphanumeric(other.text("name").orElse("")))) {
                draft.refuseUnique(
                        "name", "Account name already in use", draft.text("name").orElse(""));
            }
        }
    }

    @Override
    public ObjectNode shown(ApiRequest request, Document account) {
        ObjectNode shown = Documents.shown(account);
        shown.put("superduper_admin", MasterAccount.isTop(account));
        shown.put("wnm_allow_additions", false);
        shown.put("created", Gregorian.seconds(account.created()));
        shown.put("enabled", isEnabled(account));
        shown.put("is_reseller", AccountTree.isReseller(account));
        shown.put("reseller_id", tree.resellerOf(account));
        shown.put("billing_mode", MasterAccount.isTop(account) ? "limits_only" : "normal");
        if (request.flag("include_api_key")) {
            shown.put("api_key", MasterAccount.apiKeyOf(account));
        }
        return shown;
    }
}
