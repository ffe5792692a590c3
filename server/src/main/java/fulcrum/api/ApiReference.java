package fulcrum.api;

import fulcrum.directory.MemoryDirectory;
import fulcrum.flow.ActionCatalog;
import fulcrum.storage.Attachments;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.MonthlyStore;

import java.time.Clock;
import java.util.List;

/// Prints the reference page of the API from the same list of routes that requests are routed by.
public final class ApiReference {
    private static final String HEAD =
            """
            # REST API

            <!-- Written by ./fulcrum generate; edit the routes in fulcrum.api instead. -->

            Requests and answers are JSON, `{"data": …}`; a token comes from `PUT /v2/api_auth` or `PUT /v2/user_auth`
            and goes into the header `X-Auth-Token`. `{A}` is an account's id; *account* means a token of that account
            or of one above it, without an account in the path one of the top account.

            Every successful PUT is answered 201, a document that is not as its schema says 400 with the fields in
            `data`. A body of more than 8 000 000 bytes is answered 400 (`file`, `maxSize`), one that is declared more
            than four times as long 413 without being read. Actions on live calls that are not carried out yet are
            answered 501.
            """;

    private ApiReference() {}

    /// The page, as Markdown. Opens a store in a throw-away folder meanwhile.
    public static String page() {
        try (DataFolder folder = DataFolder.throwAway();
                Database database = Database.in(folder)) {
            return page(Desks.resources(parts(folder, database)));
        }
    }

    private static ApiParts parts(DataFolder folder, Database database) {
        return new ApiParts(
                new MemoryDirectory(),
                new MonthlyStore(database),
                new Attachments(folder, database),
                ActionCatalog.of(List.of()),
                new Nobody(),
                new Nobody(),
                url -> false,
                (text, voice, language) -> new byte[0],
                SavedDocuments.none(),
                new Nobody(),
                Clock.systemUTC(),
                ApiSettings.standard("", "", 0));
    }

    private static String page(List<Resource> resources) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Resource resource : resources) {
            page.append("\n## ").append(resource.name()).append("\n\n");
            page.append("| method | path | who | what |\n|---|---|---|---|\n");
            for (Route route : resource.routes()) {
                String behind = route.pattern().isEmpty() ? "" : "/" + route.pattern();
                String path =
                        "/v2/"
                                + (resource.isOfAccounts() ? "accounts/{A}/" : "")
                                + resource.name()
                                + behind;
                page.append(
                        "| %s | `%s` | %s | %s |\n"
                                .formatted(route.method(), path, who(route), route.says()));
            }
        }
        return page.toString();
    }

    private static String who(Route route) {
        return switch (route.access()) {
            case ACCOUNT -> "account";
            case ANY_TOKEN -> "any token";
            case OPEN -> "anybody";
        };
    }

    /// No legs, no phones, no meters: nothing is asked of them while routes are listed.
    private static final class Nobody implements LiveLegs, Registrations, Health {
        @Override
        public List<fulcrum.call.LegCard> cards() {
            return List.of();
        }

        @Override
        public boolean hangUp(String legId) {
            return false;
        }

        @Override
        public boolean follow(String legId, String flowJson) {
            return false;
        }

        @Override
        public List<Row> of(String accountId) {
            return List.of();
        }

        @Override
        public int count() {
            return 0;
        }

        @Override
        public void flush(String accountId, String deviceId) {
            // there is nobody to forget
        }

        @Override
        public boolean isUp() {
            return false;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public String metrics() {
            return "";
        }
    }
}
