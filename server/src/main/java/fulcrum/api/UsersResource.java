package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Users: persons with a login and phones (resources.md §2). Their passwords are never stored, only digests of
/// `username:password`.
final class UsersResource implements StoredKind {
    private static final Map<String, String[]> FEATURES =
            Map.of(
                    "call_forward", new String[] {"call_forward", "enabled"},
                    "call_forward_failover", new String[] {"call_forward", "failover"},
                    "do_not_disturb", new String[] {"do_not_disturb", "enabled"},
                    "hotdesk", new String[] {"hotdesk", "enabled"},
                    "vm_to_email", new String[] {"vm_to_email_enabled"});

    private final Shelf shelf;
    private final Uploads files;

    UsersResource(Shelf shelf, Uploads files) {
        this.shelf = shelf;
        this.files = files;
    }

    @Override
    public String name() {
        return "users";
    }

    @Override
    public String type() {
        return "user";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(shelf.routes(this));
        routes.add(
                Route.of(
                                "GET",
                                "{id}/photo",
                                "Downloads the photo.",
                                (r, args) -> photo(r, args.getFirst()))
                        .withFiles());
        routes.add(
                Route.of(
                                "POST",
                                "{id}/photo",
                                "Uploads a photo.",
                                (r, args) -> keepPhoto(r, args.getFirst()))
                        .withFiles());
        routes.add(
                Route.of(
                        "DELETE",
                        "{id}/photo",
                        "Removes the photo.",
                        (r, args) -> dropPhoto(r, args.getFirst())));
        routes.add(
                Route.of(
                                "GET",
                                "{id}/vcard",
                                "Shows a vCard.",
                                (r, args) -> vcard(r, args.getFirst()))
                        .withFiles());
        return routes;
    }

    @Override
    public void prepare(ApiRequest request, List<String> args) {
        shelf.prepare(this, request, args);
    }

    @Override
    public String sortKey(Document user) {
        return (user.text("last_name").orElse("") + " " + user.text("first_name").orElse(""))
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public ObjectNode row(Document user) {
        ObjectNode row = Json.object();
        row.put("id", user.id());
        row.set("features", features(user));
        row.setAll(
                Rows.of(
                        user,
                        "username",
                        "email",
                        "first_name",
                        "last_name",
                        "priv_level",
                        "feature_level",
                        "presence_id",
                        "timezone",
                        "call_recording",
                        "service",
                        "flags"));
        return row;
    }

    private static ArrayNode features(Document user) {
        ArrayNode features = Json.MAPPER.createArrayNode();
        FEATURES.entrySet().stream()
                .filter(feature -> user.flag(feature.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(features::add);
        if (user.at("caller_id").filter(callerId -> !callerId.isEmpty()).isPresent()) {
            features.add("caller_id");
        }
        if (user.text("music_on_hold", "media_id").isPresent()) {
            features.add("music_on_hold");
        }
        return features;
    }

    @Override
    public void shape(Draft draft) {
        draft.rewrite(name -> name.strip().toLowerCase(Locale.ROOT), "username");
        draft.rewrite(
                number -> Numbers.normalise(number, draft.account()),
                "caller_id",
                "emergency",
                "number");
        draft.body().remove("sync");
        new Login(draft).settle();
    }

    @Override
    public void check(Draft draft) {
        String username = draft.text("username").orElse("");
        String hotdesk = draft.text("hotdesk", "id").orElse("");
        for (Document other : shelf.documents().all(draft.account().id(), "user")) {
            if (!draft.isOther(other)) {
                continue;
            }
            if (!username.isEmpty() && username.equals(other.text("username").orElse(""))) {
                draft.refuseUnique("username", "Username already in use", username);
            }
            if (!hotdesk.isEmpty() && hotdesk.equals(other.text("hotdesk", "id").orElse(""))) {
                draft.refuseUnique("hotdesk.id", "Hotdesk ID already in use", hotdesk);
            }
        }
    }

    @Override
    public void saved(Draft before, Document saved) {
        if (saved.deleted()) {
            files.remove(saved);
        }
    }

    private ApiReply photo(ApiRequest request, String id) {
        Document user = shelf.find(this, request, id);
        return ApiReply.content(
                files.content(user).orElseThrow(() -> Refusal.badIdentifier("photo")));
    }

    private ApiReply keepPhoto(ApiRequest request, String id) {
        Document user = shelf.find(this, request, id);
        files.keep(user, Uploads.one(request));
        return shelf.answer(this, request, user);
    }

    private ApiReply dropPhoto(ApiRequest request, String id) {
        Document user = shelf.find(this, request, id);
        files.remove(user);
        return shelf.answer(this, request, user);
    }

    /// RFC 6350, the few properties that a user has.
    private ApiReply vcard(ApiRequest request, String id) {
        Document user = shelf.find(this, request, id);
        String first = plain(user.text("first_name").orElse(""));
        String last = plain(user.text("last_name").orElse(""));
        StringBuilder card = new StringBuilder("BEGIN:VCARD\r\nVERSION:4.0\r\n");
        card.append("FN:").append(first).append(' ').append(last).append("\r\n");
        card.append("N:").append(last).append(';').append(first).append(";;;\r\n");
        user.text("email")
                .ifPresent(mail -> card.append("EMAIL:").append(plain(mail)).append("\r\n"));
        user.text("caller_id", "external", "number")
                .ifPresent(number -> card.append("TEL:").append(plain(number)).append("\r\n"));
        card.append("END:VCARD\r\n");
        byte[] bytes = card.toString().getBytes(StandardCharsets.UTF_8);
        return ApiReply.content(new Content("text/x-vcard", user.id() + ".vcf", bytes));
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\,;])", "\\\\$1");
    }
}
