package fulcrum.api;

import java.util.List;

/// A collection of the API: a name in the path, and what can be done there. One class per resource.
///
/// Handlers run on virtual threads and may wait for the store.
interface Resource {
    /// The segment of the path that opens it.
    String name();

    /// Everything it can do; the order matters only between a literal segment and `{id}`.
    List<Route> routes();

    /// Whether it stands behind an account in the path; the reference page shows it there.
    default boolean isOfAccounts() {
        return true;
    }

    /// Makes itself the context of the names behind it, as `users/{U}` does for `devices`.
    ///
    /// @throws Refusal when what the path names does not exist
    default void prepare(ApiRequest request, List<String> args) {}
}
