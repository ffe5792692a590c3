package fulcrum.action.endpoint;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// SIP headers that documents and nodes ask for (resources.md §0.7).
///
/// Left out are names that are no header names, and those of headers that make the INVITE what it is: they are ours.
final class Headers {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{2,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Set<String> OURS =
            Set.of(
                    "via",
                    "from",
                    "to",
                    "call-id",
                    "cseq",
                    "contact",
                    "max-forwards",
                    "route",
                    "record-route",
                    "require",
                    "proxy-require",
                    "supported",
                    "authorization",
                    "proxy-authorization",
                    "content-type",
                    "content-length",
                    "content-encoding",
                    "session-expires",
                    "min-se",
                    "privacy",
                    "replaces");

    private Headers() {}

    /// Those of these that are not ours.
    static Map<String, String> of(Map<String, String> wished) {
        Map<String, String> headers = new LinkedHashMap<>();
        wished.forEach(
                (name, value) -> {
                    if (isFree(name) && !line(value).isEmpty()) {
                        headers.put(name, line(value));
                    }
                });
        return headers;
    }

    /// A flat object of names and values, in the order written.
    static Map<String, String> of(JsonNode object) {
        Map<String, String> headers = new LinkedHashMap<>();
        object.properties()
                .forEach(
                        entry -> {
                            String name = entry.getKey();
                            String value = value(entry.getValue());
                            if (isFree(name) && !value.isEmpty()) {
                                headers.put(name, value);
                            }
                        });
        return headers;
    }

    /// A device's `sip.custom_sip_headers`: those `out`, where the object tells directions apart.
    static Map<String, String> ofDevice(JsonNode device) {
        JsonNode own = device.path("sip").path("custom_sip_headers");
        boolean tellsApart = own.path("in").isObject() || own.path("out").isObject();
        return of(tellsApart ? own.path("out") : own);
    }

    /// A value that fits into a header line.
    static String value(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? line(value.asString("")) : "";
    }

    static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    private static boolean isFree(String name) {
        return NAME.matcher(name).matches() && !OURS.contains(name.toLowerCase(Locale.ROOT));
    }

    /// The ringtone for a caller's origin under `ringtones`; empty when there is none.
    static String ringtone(JsonNode holder, boolean isExternal) {
        return Json.text(holder, "ringtones", isExternal ? "external" : "internal")
                .map(Headers::line)
                .orElse("");
    }
}
