package fulcrum.pivot;

import fulcrum.call.Call;
import fulcrum.call.HttpAsk;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a pivot node wants its web server asked (pivot.md §1 and §3).
///
/// @param url absolute, `http` or `https`; an existing query stays in front, a fragment behind
/// @param post false: a GET with the parameters in the query, without a body
/// @param dialect the names of the parameters
/// @param json POST only: a JSON body instead of a form
/// @param timeout for everything, redirects and body included; 1 ms to 5 s
/// @param headers the node's own request headers, all `X-…`
public record PivotAsk(
        String url,
        boolean post,
        Dialect dialect,
        boolean json,
        Duration timeout,
        Map<String, String> headers) {
    /// A handler's answer may be this long, in bytes after decompression.
    public static final int MAX_ANSWER = 1 << 20;

    /// The names of the request's parameters.
    public enum Dialect {
        KAZOO,
        TWIML
    }

    /// The request for a call as it stands now.
    public HttpAsk request(Call call) {
        ObjectNode parameters =
                switch (dialect) {
                    case KAZOO -> PivotParameters.kazoo(call);
                    case TWIML -> PivotParameters.twiml(call);
                };
        Map<String, String> sent = new LinkedHashMap<>(headers);
        if (!post) {
            return new HttpAsk(
                    "GET",
                    withQuery(url, FormEncoding.encode(parameters)),
                    sent,
                    "",
                    timeout,
                    MAX_ANSWER);
        }
        sent.put("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        String body = json ? parameters.toString() : FormEncoding.encode(parameters);
        return new HttpAsk("POST", url, sent, body, timeout, MAX_ANSWER);
    }

    static String withQuery(String url, String query) {
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? "" : url.substring(hash);
        String bare = hash < 0 ? url : url.substring(0, hash);
        int mark = bare.indexOf('?');
        if (query.isEmpty()) {
            return url;
        }
        if (mark < 0) {
            return bare + "?" + query + fragment;
        }
        boolean continues = mark == bare.length() - 1 || bare.endsWith("&");
        return bare + (continues ? "" : "&") + query + fragment;
    }
}
