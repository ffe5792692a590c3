package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Login by user name and password (REST conventions §8.1). Everything that is wrong with a login is answered alike, so
/// that nobody learns which accounts and users there are.
final class UserAuthResource implements Resource {
    private final Shelf shelf;
    private final Welcome welcome;

    UserAuthResource(Shelf shelf, Welcome welcome) {
        this.shelf = shelf;
        this.welcome = welcome;
    }

    @Override
    public String name() {
        return "user_auth";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                                "PUT",
                                "",
                                "Logs a user in, or lets the top account's admin act as one.",
                                (r, args) -> put(r))
                        .open(),
                Route.of(
                                "GET",
                                "{token}",
                                "Tells whose the sender's token is.",
                                (r, args) -> own(r, args.getFirst()))
                        .anyToken());
    }

    private ApiReply put(ApiRequest request) {
        Optional<Document> user = request.within("user");
        return user.isPresent() ? actedAs(request, user.get()) : loggedIn(request);
    }

    private ApiReply own(ApiRequest request, String token) {
        if (!Secrets.same(token, request.identity().token())) {
            throw Refusal.invalidCredentials();
        }
        return welcome.whoAmI(request);
    }

    private ApiReply loggedIn(ApiRequest request) {
        ObjectNode data = request.document();
        if (data.has("realm") && !data.has("account_realm")) {
            data.set("account_realm", data.get("realm"));
        }
        Verdict verdict = shelf.check().check("user_auth", data);
        if (!verdict.isGood()) {
            throw Refusal.invalid(verdict.violations());
        }
        String method = Json.text(verdict.document(), "method").orElse("md5");
        String credentials = Json.text(verdict.document(), "credentials").orElse("");
        for (Document account : accounts(verdict.document())) {
            Optional<Document> user =
                    Logins.userWith(
                            shelf.documents().directory(), account.id(), method, credentials);
            if (user.isPresent()) {
                mustBeEnabled(account);
                return welcome.login(request, account, user, "cb_user_auth");
            }
        }
        throw Refusal.invalidCredentials();
    }

    static void mustBeEnabled(Document account) {
        if (!AccountsResource.isEnabled(account)) {
            throw Refusal.invalid(
                    Violation.of("account", "disabled", "The account is disabled")
                            .with("cause", account.id()));
        }
    }

    /// By phone number, then realm, then name; the first of these that leads to an account counts. A name may lead to
    /// several.
    private List<Document> accounts(ObjectNode login) {
        Directory directory = shelf.documents().directory();
        Optional<Document> byNumber =
                Json.text(login, "phone_number")
                        .flatMap(number -> directory.number(Numbers.normalise(number)))
                        .flatMap(number -> directory.find(number.accountId(), number.accountId()));
        Optional<Document> one =
                byNumber.or(
                        () -> Json.text(login, "account_realm").flatMap(directory::accountByRealm));
        if (one.isPresent()) {
            return List.of(one.get());
        }
        List<Document> named = new ArrayList<>();
        String name = Documents.alphanumeric(Json.text(login, "account_name").orElse(""));
        for (Document account : directory.accounts()) {
            if (!name.isEmpty()
                    && name.equals(Documents.alphanumeric(account.text("name").orElse("")))) {
                named.add(account);
            }
        }
        return named;
    }

    private ApiReply actedAs(ApiRequest request, Document user) {
        Identity who = request.identity();
        if (!request.text("action").orElse("").equals("impersonate_user")) {
            throw Refusal.invalid(Violation.of("action", "invalid", "invalid action"));
        } else if (!who.isTop() || !who.privLevel().equals("admin")) {
            throw Refusal.forbidden();
        }
        return welcome.login(request, request.account(), Optional.of(user), "cb_user_auth");
    }
}
