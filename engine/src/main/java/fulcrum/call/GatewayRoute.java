package fulcrum.call;

import fulcrum.directory.ChosenGateway;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.NumberFormat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A gateway of a carrier for one number: whom to ring there, and how (actions/resources.md, "Carrier selection", 7).
///
/// @param gatewayId names the gateway for whoever watches it; see [#gatewayId(Document, JsonNode)]
/// @param uri the request URI
/// @param headers the gateway's own, of every INVITE to it
/// @param progressTimeout how long it may be silent before the next one is tried
/// @param callerIdType what it wants to be shown; empty: what the flow says
/// @param fromRealm the host of From; empty: what the flow says
/// @param usesAccountRealm the host of From is the calling account's realm
/// @param formatsFrom whether From is made of caller id and realm
/// @param isEmergency whether the call goes to emergency services
public record GatewayRoute(
        String resourceId,
        String resourceName,
        String gatewayId,
        String uri,
        Dial.Media media,
        Map<String, String> headers,
        Duration progressTimeout,
        String callerIdType,
        Dial.Credentials credentials,
        String fromRealm,
        boolean usesAccountRealm,
        boolean formatsFrom,
        boolean ignoresEarlyMedia,
        boolean isEmergency) {
    private static final long PROGRESS_SECONDS = 8;
    private static final int SIP_PORT = 5060;

    public GatewayRoute {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// The way to a gateway that was chosen.
    public static GatewayRoute of(ChosenGateway chosen) {
        Document resource = chosen.resource();
        ObjectNode gateway = chosen.gateway();
        long progress =
                Json.whole(gateway, "progress_timeout")
                        .orElse(
                                Json.whole(resource.body(), "media", "progress_timeout")
                                        .orElse(PROGRESS_SECONDS));
        return new GatewayRoute(
                resource.id(),
                resource.text("name").orElse(resource.id()),
                gatewayId(resource, gateway),
                uri(chosen),
                media(resource, gateway),
                headers(gateway),
                Duration.ofSeconds(Math.max(1, progress)),
                Json.text(gateway, "caller_id_type")
                        .or(() -> resource.text("caller_id_options", "type"))
                        .orElse(""),
                new Dial.Credentials(
                        Json.text(gateway, "username").orElse(""),
                        Json.text(gateway, "password").orElse("")),
                Json.text(gateway, "from_uri_realm")
                        .or(() -> resource.text("from_uri_realm"))
                        .orElse(""),
                resource.flag("from_account_realm"),
                Json.flag(gateway, "format_from_uri") || resource.flag("format_from_uri"),
                resource.flag("media", "ignore_early_media"),
                chosen.isEmergency());
    }

    /// Names a gateway by what it is: the same as long as its address and login are.
    public static String gatewayId(Document resource, JsonNode gateway) {
        return String.join(
                "|",
                resource.accountId(),
                resource.id(),
                Json.text(gateway, "username").orElse("")
                        + "@"
                        + Json.text(gateway, "server")
                                .or(() -> Json.text(gateway, "route"))
                                .orElse("")
                        + ":"
                        + Json.whole(gateway, "port").orElse(SIP_PORT));
    }

    /// Where the gateway is, as the part of a SIP URI behind the `@`. Without a port of its own it is looked up as
    /// RFC 3263 says; `server` may have URI parameters, such as `;transport=tcp`.
    public static String place(JsonNode gateway) {
        String server = Json.text(gateway, "server").orElse("");
        int end = server.indexOf(';') < 0 ? server.length() : server.indexOf(';');
        String host = server.substring(0, end);
        boolean isBareIpv6 = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        String written = isBareIpv6 ? "[" + host + "]" : host;
        boolean hasPort = !isBareIpv6 && host.lastIndexOf(':') > host.lastIndexOf(']');
        long port = Json.whole(gateway, "port").orElse(SIP_PORT);
        String behind = port == SIP_PORT || hasPort ? "" : ":" + port;
        return written + behind + server.substring(end);
    }

    private static String uri(ChosenGateway chosen) {
        ObjectNode gateway = chosen.gateway();
        Optional<String> route = Json.text(gateway, "route");
        if (route.isPresent()) {
            return route.get().matches("(?i)sips?:.*") ? route.get() : "sip:" + route.get();
        }
        String format = Json.text(gateway, "invite_format").orElse("route");
        String user =
                format.equals("username")
                        ? Json.text(gateway, "username").orElse(chosen.number())
                        : Json.text(gateway, "prefix").orElse("")
                                + NumberFormat.of(format, chosen.number())
                                + Json.text(gateway, "suffix").orElse("");
        StringBuilder uri = new StringBuilder("sip:");
        uri.append(escaped(user)).append('@').append(place(gateway));
        Json.texts(gateway, "invite_parameters", "static")
                .forEach(parameter -> uri.append(';').append(parameter));
        return uri.toString();
    }

    /// As the user part of a SIP URI (RFC 3261 §25.1): what may not stand there is escaped.
    private static String escaped(String user) {
        StringBuilder text = new StringBuilder();
        for (byte octet : user.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean isPlain =
                    c < 0x80
                            && (Character.isLetterOrDigit(c)
                                    || "-_.!~*'()&=+$,;?/".indexOf(c) >= 0);
            text.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return text.toString();
    }

    private static Dial.Media media(Document resource, JsonNode gateway) {
        List<String> own = Json.texts(gateway, "codecs");
        List<String> codecs =
                own.isEmpty() ? Json.texts(resource.body(), "media", "audio", "codecs") : own;
        return new Dial.Media(
                codecs.stream().map(name -> name.replaceFirst("^G722_.*", "G722")).toList(),
                encryption(resource));
    }

    private static Dial.Encryption encryption(Document resource) {
        if (resource.flag("media", "encryption", "enforce_security")) {
            return Dial.Encryption.REQUIRED;
        }
        return Json.texts(resource.body(), "media", "encryption", "methods").contains("srtp")
                ? Dial.Encryption.OPTIONAL
                : Dial.Encryption.NONE;
    }

    private static Map<String, String> headers(JsonNode gateway) {
        return outward(gateway.path("custom_sip_headers"));
    }

    /// The headers for calls to an endpoint: a map of them, or one under `out` (resources.md §0.7).
    public static Map<String, String> outward(JsonNode custom) {
        boolean isSplit = Stream.of("in", "out").anyMatch(way -> custom.path(way).isObject());
        Map<String, String> headers = new LinkedHashMap<>();
        (isSplit ? custom.path("out") : custom)
                .properties()
                .forEach(
                        header -> {
                            if (header.getValue().isValueNode() && !header.getValue().isNull()) {
                                headers.put(header.getKey(), header.getValue().asString());
                            }
                        });
        return headers;
    }
}
