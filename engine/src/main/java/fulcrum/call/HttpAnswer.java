package fulcrum.call;

import java.util.Map;

/// How an HTTP request ended.
public sealed interface HttpAnswer extends Answer {
    /// The other side answered, with whatever status.
    ///
    /// @param headers names in lower case, in the order received; several of one name joined with `, `
    /// @param body decoded by the answer's charset, UTF-8 when it names none; at most what the request allowed
    /// @param url where the answer came from after redirects
    record Response(int status, Map<String, String> headers, String body, String url)
            implements HttpAnswer {
        /// A header's value, empty when absent; `name` in lower case.
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// There was no usable answer.
    ///
    /// @param reason plain words for the person who runs the handler
    record Unanswered(Kind kind, String reason) implements HttpAnswer {}

    /// What went wrong with a request.
    enum Kind {
        TIMEOUT,
        REFUSED,
        UNKNOWN_HOST,
        TLS,
        FORBIDDEN_ADDRESS,
        TOO_LARGE,
        TOO_MANY_REDIRECTS,
        BAD_URL,
        BROKEN
    }
}
