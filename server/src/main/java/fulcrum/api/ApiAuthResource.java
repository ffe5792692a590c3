package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Login by an account's API key (REST conventions §8.2).
final class ApiAuthResource implements Resource {
    private static final int REMEMBERED = 10_000;

    private final Shelf shelf;
    private final Welcome welcome;

    /// Which account a key led to last, so that not every login has to look at all accounts.
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    ApiAuthResource(Shelf shelf, Welcome welcome) {
        this.shelf = shelf;
        this.welcome = welcome;
    }

    @Override
    public String name() {
        return "api_auth";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("PUT", "", "Logs in with an API key.", (r, args) -> put(r)).open());
    }

    private ApiReply put(ApiRequest request) {
        Verdict verdict = shelf.check().check("api_auth", request.document());
        if (!verdict.isGood()) {
            throw Refusal.invalid(verdict.violations());
        }
        String key = Json.text(verdict.document(), "api_key").orElse("").toLowerCase(Locale.ROOT);
        Document account =
                withKey(key).orElseThrow(() -> Refusal.plain(404, "bad identifier", Json.object()));
        UserAuthResource.mustBeEnabled(account);
        return welcome.login(request, account, Optional.empty(), "cb_api_auth");
    }

    private Optional<Document> withKey(String key) {
        Directory directory = shelf.documents().directory();
        String id = seen.getOrDefault(key, "");
        Optional<Document> known = directory.find(id, id).filter(account -> hasKey(account, key));
        if (known.isPresent()) {
            return known;
        }
        Optional<Document> found =
                directory.accounts().stream().filter(account -> hasKey(account, key)).findFirst();
        if (seen.size() >= REMEMBERED) {
            seen.clear();
        }
        found.ifPresent(account -> seen.put(key, account.id()));
        return found;
    }

    private static boolean hasKey(Document account, String key) {
        return Secrets.same(MasterAccount.apiKeyOf(account), key);
    }
}
