package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Finds out who sends a request (REST conventions §8). The first place that holds a token counts: header
/// `X-Auth-Token`, parameter `auth_token`, header `Authorization` (`Bearer` or `Basic`).
final class Authentication {
    private final Directory directory;
    private final Tokens tokens;

    Authentication(Directory directory, Tokens tokens) {
        this.directory = directory;
        this.tokens = tokens;
    }

    /// Identifies the sender of a request; leaves it unknown when it carries no token.
    ///
    /// @throws Refusal when it carries a token that is not good, unless the route is open
    void identify(ApiRequest request, boolean isOpen) {
        Optional<String> token = tokenOf(request);
        if (token.isEmpty()) {
            return;
        }
        Optional<Identity> who =
                token.get().startsWith("Basic ")
                        ? basic(token.get().substring("Basic ".length()).strip())
                        : tokens.read(token.get());
        who.ifPresent(request::identifiedAs);
        if (who.isEmpty() && !isOpen) {
            throw Refusal.plain(401, "invalid credentials", Json.object());
        }
    }

    private static Optional<String> tokenOf(ApiRequest request) {
        return request.incoming()
                .header("X-Auth-Token")
                .or(() -> request.text("auth_token"))
                .or(() -> request.incoming().header("Authorization"))
                .or(() -> request.text("authorization"))
                .map(text -> text.startsWith("Bearer ") ? text.substring("Bearer ".length()) : text)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /// `<account id>:<md5 of username:password>`.
    private Optional<Identity> basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        Optional<Document> account =
                directory.find(pair.substring(0, colon), pair.substring(0, colon));
        return account.filter(there -> there.type().equals("account"))
                .flatMap(
                        there ->
                                Logins.userWith(
                                                directory,
                                                there.id(),
                                                "md5",
                                                pair.substring(colon + 1))
                                        .map(
                                                user ->
                                                        Tokens.identity(
                                                                there,
                                                                Optional.of(user),
                                                                "basic",
                                                                "Basic " + encoded)));
    }
}
