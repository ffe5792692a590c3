package fulcrum.sdk;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request that the web server of a scenario saw, and its answer.
public record Asked(Instant at, HttpAsk request, HttpAnswer answer) {
    /// The path of the URL.
    public String path() {
        return path(request.url());
    }

    static String path(String url) {
        String bare = url.replaceAll("[?#].*$", "").replaceFirst("^[a-z]+://[^/]*", "");
        return bare.isEmpty() ? "/" : bare;
    }

    /// A parameter of the query, or of a form in the body; empty when it is not there.
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    /// The parameters of the query and of a form in the body, decoded, in order.
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int mark = request.url().indexOf('?');
        if (mark >= 0) {
            decode(request.url().substring(mark + 1).replaceAll("#.*$", ""), parameters);
        }
        if (request.headers().getOrDefault("Content-Type", "").contains("form")) {
            decode(request.body(), parameters);
        }
        return parameters;
    }

    private static void decode(String form, Map<String, String> parameters) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }
}
