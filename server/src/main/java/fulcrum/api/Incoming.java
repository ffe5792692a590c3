package fulcrum.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The head of an HTTP request, decoded.
///
/// @param path the path as sent, without the query
/// @param segments the path's parts, percent-decoded; empty ones left out
/// @param isBroken whether path or query could not be decoded
/// @param headers by lower-case name, first value
/// @param clientAddress the sender's address, taken from a trusted proxy's header when there is one
record Incoming(
        String method,
        String path,
        List<String> segments,
        Map<String, String> query,
        Map<String, String> headers,
        String clientAddress,
        String requestId,
        boolean isBroken) {

    /// Decodes path and query; when an escape in them is broken they are left empty and [#isBroken] is set.
    ///
    /// @param query as sent, without the question mark
    static Incoming of(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            String clientAddress,
            String requestId) {
        try {
            return new Incoming(
                    method,
                    path,
                    segmentsOf(path),
                    parametersOf(query),
                    headers,
                    clientAddress,
                    requestId,
                    false);
        } catch (Refusal broken) {
            return new Incoming(
                    method, path, List.of(), Map.of(), headers, clientAddress, requestId, true);
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    Optional<String> query(String key) {
        return Optional.ofNullable(query.get(key));
    }

    /// Splits and decodes a path.
    ///
    /// @throws Refusal when a percent escape is broken
    static List<String> segmentsOf(String path) {
        List<String> segments = new ArrayList<>();
        for (String raw : path.split("/")) {
            if (!raw.isEmpty()) {
                segments.add(decoded(raw.replace("+", "%2B")));
            }
        }
        return segments;
    }

    /// Reads a query or a form; of several values for a key the first counts.
    ///
    /// @throws Refusal when a percent escape is broken
    static Map<String, String> parametersOf(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.putIfAbsent(decoded(key), decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refusal.of(400, "parse_error", "failed to parse request body");
        }
    }
}
