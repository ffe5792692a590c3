package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Registrations: where the phones are (resources.md §19).
final class RegistrationsResource implements Resource {
    private static final Pattern CONTACT =
            Pattern.compile("(?i)<?(sips?):(?:[^@>;]*@)?(\\[[^]]+]|[^:;>?]+)(?::(\\d{1,5}))?.*");

    private final Registrations registrations;
    private final Documents documents;

    RegistrationsResource(Registrations registrations, Documents documents) {
        this.registrations = registrations;
        this.documents = documents;
    }

    @Override
    public String name() {
        return "registrations";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "count", "Counts the registrations.", (r, args) -> count(r)),
                Route.of("GET", "", "Lists the registrations.", (r, args) -> list(r)),
                Route.of(
                        "DELETE",
                        "",
                        "Forgets all registrations of the account.",
                        (r, args) -> flushAll(r)),
                Route.of(
                        "DELETE",
                        "{username}",
                        "Forgets the registrations of a device.",
                        (r, args) -> flush(r, args.getFirst())));
    }

    private ApiReply count(ApiRequest request) {
        int count =
                request.accountInPath()
                        .map(account -> registrations.of(account.id()).size())
                        .orElseGet(registrations::count);
        return ApiReply.of(Json.object().put("count", count));
    }

    private ApiReply list(ApiRequest request) {
        Document account = request.account();
        List<Listing.Entry> entries = new ArrayList<>();
        for (Registrations.Row registration : registrations.of(account.id())) {
            String key = Long.toString(Gregorian.seconds(registration.registered()));
            entries.add(
                    Listing.Entry.live(key, registration.contact(), row(account, registration)));
        }
        ApiReply page =
                Listing.of(request)
                        .filtered(Filters.byFields(request.incoming().query()))
                        .page(entries);
        return new ApiReply(page.data(), page.envelope(), ApiReply.Tag.NONE, "", Optional.empty());
    }

    private static ObjectNode row(Document account, Registrations.Row registration) {
        ObjectNode row = Json.object();
        row.put("account_name", account.text("name").orElse(""));
        row.put("account_realm", account.text("realm").orElse(""));
        row.put("authorizing_id", registration.deviceId());
        row.put("authorizing_type", "device");
        row.put("call_id", registration.callId());
        row.put("contact", registration.contact());
        putContact(row, registration.contact());
        row.put("event_timestamp", Gregorian.seconds(registration.registered()));
        row.put(
                "expires",
                Gregorian.seconds(registration.expires())
                        - Gregorian.seconds(registration.registered()));
        row.put("from_host", registration.realm());
        row.put("from_user", registration.username());
        row.put("network_ip", registration.address());
        row.put("network_port", registration.port());
        row.put("original_contact", registration.contact());
        if (!registration.ownerId().isEmpty()) {
            row.put("owner_id", registration.ownerId());
        }
        row.put("realm", registration.realm());
        row.put("suppress_unregister_notify", false);
        row.put("to_host", registration.realm());
        row.put("to_user", registration.username());
        row.put("user_agent", registration.userAgent());
        row.put("username", registration.username());
        return row;
    }

    /// The port is 5060 when the contact names none, 5061 for `sips` and TLS.
    private static void putContact(ObjectNode row, String contact) {
        Matcher matcher = CONTACT.matcher(contact);
        if (matcher.matches()) {
            boolean isSecure =
                    matcher.group(1).equalsIgnoreCase("sips")
                            || contact.toLowerCase(Locale.ROOT).contains("transport=tls");
            row.put("contact_ip", matcher.group(2));
            row.put(
                    "contact_port",
                    matcher.group(3) != null
                            ? Integer.parseInt(matcher.group(3))
                            : isSecure ? 5061 : 5060);
        }
    }

    private ApiReply flushAll(ApiRequest request) {
        String accountId = request.account().id();
        registrations.of(accountId).stream()
                .map(Registrations.Row::deviceId)
                .distinct()
                .forEach(device -> registrations.flush(accountId, device));
        return ApiReply.of(StringNode.valueOf("ok"));
    }

    private ApiReply flush(ApiRequest request, String username) {
        String accountId = request.account().id();
        Document device =
                documents.all(accountId, "device").stream()
                        .filter(
                                each ->
                                        each.text("sip", "username")
                                                .filter(username::equalsIgnoreCase)
                                                .isPresent())
                        .findFirst()
                        .orElseThrow(() -> Refusal.badIdentifier(username));
        registrations.flush(accountId, device.id());
        return ApiReply.of(StringNode.valueOf("ok"));
    }
}
