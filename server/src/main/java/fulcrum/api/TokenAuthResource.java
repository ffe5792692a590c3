package fulcrum.api;

import fulcrum.directory.Json;

import java.util.List;

/// The token of a request itself (REST conventions §8.4). Tokens are signed, not stored: one cannot be forgotten before
/// it ends, so DELETE only says good-bye.
record TokenAuthResource(Welcome welcome) implements Resource {
    @Override
    public String name() {
        return "token_auth";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "", "Tells who the sender is.", (r, args) -> welcome.whoAmI(r))
                        .anyToken(),
                Route.of("DELETE", "", "Logs out.", (r, args) -> ApiReply.of(Json.object()))
                        .anyToken());
    }
}
