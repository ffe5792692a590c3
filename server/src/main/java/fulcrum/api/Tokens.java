package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Makes and reads login tokens: JSON Web Tokens signed with HMAC-SHA256 (RFC 7519, RFC 7515).
///
/// The key is the server's secret (in the master account) together with the secret of the user, or of the account:
/// giving a user a new secret ends all of that user's logins.
final class Tokens {
    static final String OWN_SECRET = "pvt_signature_secret";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private final Directory directory;
    private final Clock clock;
    private final Duration life;
    private volatile String masterId = "";

    Tokens(Directory directory, Clock clock, Duration life) {
        this.directory = directory;
        this.clock = clock;
        this.life = life;
    }

    /// A fresh token for an account, or for one of its users.
    String make(Document account, Optional<Document> user, String method) {
        ObjectNode claims = Json.object();
        claims.put("account_id", account.id());
        user.ifPresent(owner -> claims.put("owner_id", owner.id()));
        claims.put("method", method);
        claims.put("iss", "fulcrum");
        claims.put("identity_sig", Secrets.hex(8));
        claims.put("iat", Gregorian.seconds(clock.instant()));
        claims.put("exp", Gregorian.seconds(clock.instant().plus(life)));
        String signed = HEADER + "." + encoded(claims.toString());
        byte[] key = keyOf(account, user).orElseThrow(Refusal::invalidCredentials);
        return signed + "." + ENCODER.encodeToString(Secrets.sign(key, signed));
    }

    /// Who a token belongs to; empty when it is not ours, expired, or was taken back.
    Optional<Identity> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(HEADER)) {
            return Optional.empty();
        }
        Optional<ObjectNode> claims = claims(parts[1]);
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        String accountId = Json.text(claims.get(), "account_id").orElse("");
        Optional<String> ownerId = Json.text(claims.get(), "owner_id");
        Optional<Document> account = directory.find(accountId, accountId);
        Optional<Document> user = ownerId.flatMap(id -> directory.find(accountId, id));
        boolean gone =
                account.filter(AccountsResource::isEnabled).isEmpty()
                        || (ownerId.isPresent() && user.isEmpty());
        if (gone || isExpired(claims.get()) || !isSigned(parts, account.get(), user)) {
            return Optional.empty();
        }
        return Optional.of(
                identity(account.get(), user, Json.text(claims.get(), "method").orElse(""), token));
    }

    static Identity identity(
            Document account, Optional<Document> user, String method, String token) {
        return new Identity(
                account.id(),
                user.map(Document::id),
                method,
                token,
                MasterAccount.isTop(account),
                user.map(owner -> owner.text("priv_level").orElse("user")).orElse("admin"));
    }

    private boolean isExpired(ObjectNode claims) {
        return Json.whole(claims, "exp").orElse(0) <= Gregorian.seconds(clock.instant());
    }

    private boolean isSigned(String[] parts, Document account, Optional<Document> user) {
        return keyOf(account, user)
                .map(key -> ENCODER.encodeToString(Secrets.sign(key, parts[0] + "." + parts[1])))
                .filter(signature -> Secrets.same(signature, parts[2]))
                .isPresent();
    }

    private static Optional<ObjectNode> claims(String part) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            return Json.MAPPER.readTree(text) instanceof ObjectNode claims
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (IllegalArgumentException | JacksonException notOurs) {
            return Optional.empty(); // somebody else's token, or none at all
        }
    }

    private Optional<byte[]> keyOf(Document account, Optional<Document> user) {
        Document owner = user.orElse(account);
        String own = Json.text(owner.hidden(), OWN_SECRET).orElse("");
        return master(account)
                .flatMap(top -> Json.text(top.hidden(), MasterAccount.SECRET))
                .map(secret -> Secrets.sign(HexFormat.of().parseHex(secret), own));
    }

    /// The top account; which one it is never changes, so it is looked for only once.
    private Optional<Document> master(Document account) {
        if (MasterAccount.isTop(account)) {
            return Optional.of(account);
        }
        Optional<Document> known = directory.find(masterId, masterId);
        if (known.isPresent()) {
            return known;
        }
        Optional<Document> found = MasterAccount.in(directory);
        found.ifPresent(top -> masterId = top.id());
        return found;
    }

    private static String encoded(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
