package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.Optional;

/// User name and password of a user that is being saved (resources.md §2, "Credentials").
///
/// The password leaves the body here; what stays are the digests, in the hidden part. New digests come with a new
/// secret, which ends the user's logins everywhere.
final class Login {
    private final Draft draft;
    private final ObjectNode hidden;

    Login(Draft draft) {
        this.draft = draft;
        this.hidden = draft.hidden();
    }

    void settle() {
        Optional<String> username = draft.text("username");
        Optional<String> password = draft.text("password");
        Optional<String> credentials = draft.text("credentials");
        draft.body().remove("password");
        draft.body().remove("credentials");
        if (username.isEmpty()) {
            forget(password.isPresent());
        } else if (password.isPresent()) {
            String pair = username.get() + ":" + password.get();
            put(Secrets.digest("MD5", pair), Optional.of(Secrets.digest("SHA-1", pair)));
        } else if (credentials.isPresent()) {
            put(credentials.get().toLowerCase(Locale.ROOT), Optional.empty());
        } else if (!isKept(username.get())) {
            draft.refuse(
                    Violation.of(
                                    "password",
                                    "required",
                                    "The password must be provided when changing the username")
                            .with("value", "password"));
        }
    }

    private boolean isKept(String username) {
        return username.equalsIgnoreCase(draft.textBefore("username").orElse(""))
                && hidden.has(Logins.MD5);
    }

    private void forget(boolean hasPassword) {
        if (hasPassword) {
            draft.refuse(
                    Violation.of(
                                    "username",
                                    "required",
                                    "The username must be provided when setting a password")
                            .with("value", "username"));
        }
        if (hidden.has(Logins.MD5)) {
            hidden.remove(Logins.MD5);
            hidden.remove(Logins.SHA1);
            hidden.put(Tokens.OWN_SECRET, Secrets.hex(32));
        }
    }

    private void put(String md5, Optional<String> sha1) {
        boolean isSame = Json.text(hidden, Logins.MD5).filter(md5::equals).isPresent();
        hidden.put(Logins.MD5, md5);
        sha1.ifPresentOrElse(
                digest -> hidden.put(Logins.SHA1, digest), () -> hidden.remove(Logins.SHA1));
        if (!isSame) {
            hidden.put(Tokens.OWN_SECRET, Secrets.hex(32));
        }
    }
}
