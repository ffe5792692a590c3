package fulcrum.action.carrier;

import fulcrum.action.CallingEndpoint;
import fulcrum.action.CustomHeaders;
import fulcrum.call.Call;
import fulcrum.call.Dial;
import fulcrum.call.GatewayRoute;
import fulcrum.directory.Json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The further headers of an INVITE to a carrier: the gateway's, the calling device's, the node's, and who vouches for
/// what. A later one of a name replaces an earlier one; what the call itself needs cannot be replaced.
final class OutgoingHeaders {
    private static final Pattern MACRO = Pattern.compile("\\{([a-z_]+)}");

    private final CarrierNode node;
    private final Call call;
    private final CallingEndpoint endpoint;
    private final String pointer;

    OutgoingHeaders(CarrierNode node, Call call, CallingEndpoint endpoint, String pointer) {
        this.node = node;
        this.call = call;
        this.endpoint = endpoint;
        this.pointer = pointer;
    }

    Map<String, String> toward(GatewayRoute route, Dial.Caller caller, boolean isEmergency) {
        Map<String, String> headers = new LinkedHashMap<>();
        asserted(caller, isEmergency).ifPresent(who -> headers.put("P-Asserted-Identity", who));
        if (node.emitAccountId()) {
            headers.put("X-Account-ID", call.facts().accountId());
        }
        add(headers, route.headers(), caller);
        endpoint.device()
                .flatMap(device -> device.at("sip", "custom_sip_headers"))
                .ifPresent(own -> add(headers, GatewayRoute.outward(own), caller));
        add(headers, GatewayRoute.outward(node.customSipHeaders()), caller);
        return headers;
    }

    private void add(Map<String, String> headers, Map<String, String> more, Dial.Caller caller) {
        more.forEach(
                (name, value) -> {
                    if (CustomHeaders.mayBeSet(name)) {
                        headers.keySet().removeIf(name::equalsIgnoreCase);
                        headers.put(name, filled(value, caller));
                    } else {
                        call.notice(pointer, "the header " + name + " cannot be set");
                    }
                });
    }

    private String filled(String value, Dial.Caller caller) {
        Matcher macro = MACRO.matcher(value);
        StringBuilder text = new StringBuilder();
        while (macro.find()) {
            String meant = meaning(macro.group(1), caller).orElse(macro.group());
            macro.appendReplacement(text, Matcher.quoteReplacement(meant));
        }
        return CustomHeaders.line(macro.appendTail(text).toString());
    }

    private Optional<String> meaning(String name, Dial.Caller caller) {
        return switch (name) {
            case "caller_id_number" ->
                    Optional.of(caller.isHidden() ? "anonymous" : caller.number());
            case "caller_id_name" -> Optional.of(caller.name());
            case "request_user" -> Optional.of(call.variables().request().user());
            case "to_user" -> Optional.of(call.variables().to().user());
            case "account_id" -> Optional.of(call.facts().accountId());
            case "account_realm" -> Optional.of(call.facts().realm());
            default -> Optional.empty();
        };
    }

    /// Who calls, for the carrier alone (RFC 3325): what the endpoint asserts; else, for callers who hide, or where the
    /// system says so, the caller id itself. A call for help hides nothing and asserts only what it shows.
    private Optional<String> asserted(Dial.Caller caller, boolean isEmergency) {
        var merged = endpoint.merged();
        Optional<String> number = Json.text(merged, "caller_id", "asserted", "number");
        boolean isNeeded = caller.isHidden() || node.assertsIdentity();
        if (isEmergency || (number.isEmpty() && !isNeeded)) {
            return Optional.empty();
        }
        String name = Json.text(merged, "caller_id", "asserted", "name").orElse(caller.name());
        String realm =
                Json.text(merged, "caller_id", "asserted", "realm").orElse(call.facts().realm());
        String user = number.orElse(caller.number()).replaceAll("[^A-Za-z0-9+*._\\-]", "");
        String quoted =
                name.replaceAll("\\p{Cntrl}+", " ").replace("\\", "\\\\").replace("\"", "\\\"");
        return Optional.of(
                (quoted.isBlank() ? "" : "\"" + quoted + "\" ")
                        + "<sip:"
                        + user
                        + "@"
                        + realm
                        + ">");
    }
}
