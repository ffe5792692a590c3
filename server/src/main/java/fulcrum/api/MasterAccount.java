package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Saving;

import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.util.Optional;

/// The account at the top of the tree. It may act on all others and keeps the server's signing secret.
public final class MasterAccount {
    static final String FLAG = "pvt_superduper_admin";
    static final String SECRET = "pvt_signing_secret";
    static final String API_KEY = "pvt_api_key";
    static final String TREE = "pvt_tree";

    private MasterAccount() {}

    /// The master account, if there is one yet.
    public static Optional<Document> in(Directory directory) {
        return directory.accounts().stream().filter(MasterAccount::isTop).findFirst();
    }

    static boolean isTop(Document account) {
        return Json.flag(account.hidden(), FLAG);
    }

    /// Finds the master account or makes it.
    ///
    /// @param apiKey 64 lower-case hexadecimal digits; becomes the account's key when it is not yet (also of an
    ///     account that was there); empty: keep what is there, or make one up
    /// @return the account as stored; its key is [#apiKeyOf]
    public static Document ensure(
            Directory directory, String name, String realm, String apiKey, Clock clock) {
        Optional<Document> there = in(directory);
        if (there.isPresent() && (apiKey.isEmpty() || apiKey.equals(apiKeyOf(there.get())))) {
            return there.get();
        }
        Document account = there.orElseGet(() -> fresh(name, realm, clock));
        ObjectNode hidden = account.hidden().deepCopy();
        hidden.put(API_KEY, apiKey.isEmpty() ? Secrets.hex(32) : apiKey);
        return switch (directory.save(account.withHidden(hidden))) {
            case Saving.Saved(Document saved) -> saved;
            case Saving.Conflict conflict -> ensure(directory, name, realm, apiKey, clock);
        };
    }

    /// The API key of an account; empty when it has none.
    public static String apiKeyOf(Document account) {
        return Json.text(account.hidden(), API_KEY).orElse("");
    }

    private static Document fresh(String name, String realm, Clock clock) {
        String id = Secrets.id();
        ObjectNode body = Json.object();
        body.put("name", name);
        body.put("realm", realm);
        body.put("timezone", "America/Los_Angeles");
        body.put("enabled", true);
        ObjectNode hidden = Json.object();
        hidden.put(FLAG, true);
        hidden.put(SECRET, Secrets.hex(32));
        hidden.putArray(TREE);
        hidden.put("pvt_enabled", true);
        return Document.fresh(id, "account", id, body, clock.instant()).withHidden(hidden);
    }
}
