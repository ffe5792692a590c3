package fulcrum.web;

import fulcrum.call.HttpAnswer;

import java.io.IOException;

/// A request that ends without a usable answer for a reason of our own: too large, too many redirects, a bad URL.
final class BadFetch extends IOException {
    private static final long serialVersionUID = 1L;

    private final HttpAnswer.Kind kind;
    private final String reason;

    BadFetch(HttpAnswer.Kind kind, String reason) {
        super(reason);
        this.kind = kind;
        this.reason = reason;
    }

    HttpAnswer.Kind kind() {
        return kind;
    }

    String reason() {
        return reason;
    }
}
