package fulcrum.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing a resource can do: a method on a path behind the resource's name. The same list routes requests and is
/// printed as the reference page.
///
/// @param pattern segments behind the name; `{…}` stands for any one segment, empty for the name alone
/// @param takesFiles whether bodies and answers of other types than JSON are at home here
/// @param says one sentence for the reference page
record Route(
        String method,
        String pattern,
        Access access,
        boolean takesFiles,
        String says,
        Answer answer) {

    /// Carries out a request; `args` are the segments behind the resource's name.
    @FunctionalInterface
    interface Answer {
        ApiReply to(ApiRequest request, List<String> args);
    }

    /// Who may use a route.
    enum Access {
        /// A token of the account in the path or of one above it; without an account in the path, of the top account.
        ACCOUNT,
        /// Any valid token, also without an account in the path.
        ANY_TOKEN,
        /// Anybody.
        OPEN
    }

    static Route of(String method, String pattern, String says, Answer answer) {
        return new Route(method, pattern, Access.ACCOUNT, false, says, answer);
    }

    Route open() {
        return new Route(method, pattern, Access.OPEN, takesFiles, says, answer);
    }

    Route anyToken() {
        return new Route(method, pattern, Access.ANY_TOKEN, takesFiles, says, answer);
    }

    Route withFiles() {
        return new Route(method, pattern, access, true, says, answer);
    }

    boolean matches(List<String> args) {
        List<String> wanted = pattern.isEmpty() ? List.of() : List.of(pattern.split("/"));
        if (wanted.size() != args.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).startsWith("{") && !wanted.get(i).equals(args.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The routes of the first pattern that fits: a literal listed before `{id}` hides it.
    static List<Route> fitting(List<Route> routes, List<String> args) {
        Optional<Route> first = routes.stream().filter(route -> route.matches(args)).findFirst();
        List<Route> fitting = new ArrayList<>();
        first.ifPresent(
                hit ->
                        routes.stream()
                                .filter(r -> r.pattern.equals(hit.pattern))
                                .forEach(fitting::add));
        return fitting;
    }
}
