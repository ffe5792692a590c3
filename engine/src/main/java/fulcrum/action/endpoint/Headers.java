package fulcrum.action.endpoint;

import fulcrum.action.CustomHeaders;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;

/// SIP headers that documents and nodes ask for (resources.md §0.7).
/// Those that may not be set ([CustomHeaders]) are left out.
final class Headers {
    private Headers() {}

    /// Those of these that are not ours.
    static Map<String, String> of(Map<String, String> wished) {
        Map<String, String> headers = new LinkedHashMap<>();
        wished.forEach(
                (name, value) -> {
                    if (CustomHeaders.mayBeSet(name) && !CustomHeaders.line(value).isEmpty()) {
                        headers.put(name, CustomHeaders.line(value));
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
                            if (CustomHeaders.mayBeSet(name) && !value.isEmpty()) {
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
        return value.isValueNode() && !value.isNull() ? CustomHeaders.line(value.asString("")) : "";
    }

    /// The ringtone for a caller's origin under `ringtones`; empty when there is none.
    static String ringtone(JsonNode holder, boolean isExternal) {
        return Json.text(holder, "ringtones", isExternal ? "external" : "internal")
                .map(CustomHeaders::line)
                .orElse("");
    }
}
