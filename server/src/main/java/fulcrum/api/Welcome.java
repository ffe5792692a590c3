package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// What a login is answered with (REST conventions §8.1).
final class Welcome {
    private final Shelf shelf;
    private final Tokens tokens;
    private final ApiSettings settings;

    Welcome(Shelf shelf, Tokens tokens, ApiSettings settings) {
        this.shelf = shelf;
        this.tokens = tokens;
        this.settings = settings;
    }

    /// Lets somebody in: the answer carries a fresh token.
    ApiReply login(ApiRequest request, Document account, Optional<Document> user, String method) {
        String token = tokens.make(account, user, method);
        request.identifiedAs(Tokens.identity(account, user, method, token));
        return ApiReply.of(facts(account, user)).with("auth_token", token);
    }

    /// Who the sender of a request is.
    ApiReply whoAmI(ApiRequest request) {
        Identity who = request.identity();
        Documents documents = shelf.documents();
        Document account = documents.find(who.accountId(), "account", who.accountId());
        Optional<Document> user = who.ownerId().map(id -> documents.find(account.id(), "user", id));
        return ApiReply.of(facts(account, user).put("method", who.method()));
    }

    private ObjectNode facts(Document account, Optional<Document> user) {
        ObjectNode facts = Json.object();
        facts.put("account_id", account.id());
        user.ifPresent(owner -> facts.put("owner_id", owner.id()));
        facts.put("account_name", account.text("name").orElse(""));
        facts.put(
                "language",
                user.flatMap(owner -> owner.text("language"))
                        .or(() -> account.text("language"))
                        .orElse("en-us"));
        facts.put("is_reseller", AccountTree.isReseller(account));
        facts.put("reseller_id", new AccountTree(shelf).resellerOf(account));
        facts.put("is_master_account", MasterAccount.isTop(account));
        facts.put("cluster_id", settings.node());
        facts.putArray("apps");
        facts.putObject("capabilities");
        facts.putObject("ui_config");
        return facts;
    }
}
