package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Devices: phones and whatever else registers or is rung (resources.md §3).
final class DevicesResource implements StoredKind {
    private final Shelf shelf;
    private final Registrations registrations;

    DevicesResource(Shelf shelf, Registrations registrations) {
        this.shelf = shelf;
        this.registrations = registrations;
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String type() {
        return "device";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.of("GET", "status", "Lists the registered devices.", (r, args) -> status(r)));
        shelf.routes(this).stream().filter(route -> !isList(route)).forEach(routes::add);
        routes.add(Route.of("GET", "", "Lists every device.", (r, args) -> list(r)));
        routes.add(
                Route.of(
                        "PUT",
                        "{id}",
                        "Action `notify`: sends a SIP NOTIFY to the device.",
                        (r, args) -> notified(r, shelf.find(this, r, args.getFirst()))));
        routes.add(
                Route.of(
                        "POST",
                        "{id}/sync",
                        "Asks the phone to read its settings again.",
                        (r, args) -> synced(shelf.find(this, r, args.getFirst()))));
        return routes;
    }

    private static boolean isList(Route route) {
        return route.method().equals("GET") && route.pattern().isEmpty();
    }

    @Override
    public void prepare(ApiRequest request, List<String> args) {
        shelf.prepare(this, request, args);
    }

    @Override
    public ObjectNode row(Document device) {
        ObjectNode row = Rows.of(device, "name");
        row.put("username", device.text("sip", "username").orElse(""));
        row.put("mac_address", device.text("mac_address").orElse(""));
        device.text("owner_id").ifPresent(owner -> row.put("owner_id", owner));
        row.put("enabled", !device.text("enabled").orElse("true").equals("false"));
        row.put("device_type", typeOf(device));
        for (String field : List.of("mobile", "call_recording", "flags")) {
            device.at(field).ifPresent(value -> row.set(field, value));
        }
        return row;
    }

    private static String typeOf(Document device) {
        return device.text("device_type").orElse("sip_device");
    }

    /// Behind a user also the devices that the user sits at (hot desk).
    private ApiReply list(ApiRequest request) {
        List<Document> all = shelf.documents().all(shelf.home(request).id(), "device");
        Optional<Document> user = request.within("user");
        if (user.isEmpty()) {
            return shelf.list(this, request, all);
        }
        String owner = user.get().id();
        return shelf.list(
                this,
                request,
                all.stream()
                        .filter(
                                device ->
                                        device.text("owner_id").filter(owner::equals).isPresent()
                                                || device.at("hotdesk", "users", owner).isPresent())
                        .toList());
    }

    private ApiReply status(ApiRequest request) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        registrations.of(shelf.home(request).id()).stream()
                .map(Registrations.Row::deviceId)
                .distinct()
                .forEach(id -> rows.addObject().put("device_id", id).put("registered", true));
        return ApiReply.list(rows, Json.object().put("page_size", rows.size()));
    }

    @Override
    public void shape(Draft draft) {
        ObjectNode body = draft.body();
        draft.rewrite(
                mac -> mac.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", ""), "mac_address");
        draft.rewrite(
                number -> Numbers.normalise(number, draft.account()),
                "caller_id",
                "emergency",
                "number");
        String own = draft.account().text("realm").orElse("");
        if (draft.text("sip", "realm").filter(own::equalsIgnoreCase).isPresent()
                && body.path("sip") instanceof ObjectNode sip) {
            sip.remove("realm");
        }
        JsonNode flags = body.path("outbound_flags");
        if (flags instanceof ArrayNode list) {
            trim(list);
        } else if (!flags.isMissingNode() && !flags.isObject()) {
            body.putArray("outbound_flags");
        }
        if (!body.has("device_type")) {
            draft.textBefore("device_type").ifPresent(type -> body.put("device_type", type));
        }
    }

    private static void trim(ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isString()) {
                list.set(i, StringNode.valueOf(list.get(i).stringValue().strip()));
            }
        }
    }

    @Override
    public void check(Draft draft) {
        new DeviceRules(shelf.documents(), draft).check();
    }

    @Override
    public void saved(Draft former, Document saved) {
        Document before = former.before().orElse(saved);
        boolean isAnother =
                saved.deleted()
                        || differs(before, saved, "sip", "username")
                        || differs(before, saved, "sip", "password")
                        || differs(before, saved, "owner_id")
                        || differs(before, saved, "enabled");
        if (isAnother) {
            registrations.flush(saved.accountId(), saved.id());
        }
    }

    private static boolean differs(Document one, Document other, String... path) {
        return !one.text(path).equals(other.text(path));
    }

    private ApiReply notified(ApiRequest request, Document device) {
        String action =
                request.text("action")
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                Violation.of(
                                                        "action", "required", "action required")));
        if (!action.equals("notify")) {
            throw Refusal.invalid(
                    Violation.of("action", "invalid", "invalid action").with("cause", action));
        }
        Verdict verdict =
                shelf.check()
                        .check("devices_notify", Json.object().set("data", request.document()));
        if (!verdict.isGood()) {
            throw Refusal.invalid(verdict.violations());
        }
        JsonNode notice = verdict.document().path("data");
        registrations.notify(
                device.accountId(),
                device.id(),
                Json.text(notice, "event").orElse(""),
                Json.text(notice, "body", "content_type").orElse(""),
                Json.text(notice, "body", "data").orElse(""));
        return ApiReply.of(StringNode.valueOf("notify request sent"));
    }

    private ApiReply synced(Document device) {
        registrations.notify(device.accountId(), device.id(), "check-sync", "", "");
        return ApiReply.of(StringNode.valueOf("sync request sent"));
    }
}
