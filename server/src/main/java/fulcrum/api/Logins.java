package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import java.util.Locale;
import java.util.Optional;

/// Credentials of users: digests of `username:password`, kept in the hidden part of the document.
final class Logins {
    static final String MD5 = "pvt_md5_auth";
    static final String SHA1 = "pvt_sha1_auth";

    private Logins() {}

    /// The enabled user of an account with these credentials.
    ///
    /// @param method `md5`, or `sha` for SHA-1
    static Optional<Document> userWith(
            Directory directory, String accountId, String method, String credentials) {
        String key = method.equals("sha") ? SHA1 : MD5;
        String wanted = credentials.toLowerCase(Locale.ROOT);
        return directory.all(accountId, "user").stream()
                .filter(
                        user ->
                                Json.text(user.hidden(), key)
                                        .filter(has -> Secrets.same(has, wanted))
                                        .isPresent())
                .filter(user -> !user.text("enabled").orElse("true").equals("false"))
                .findFirst();
    }
}
