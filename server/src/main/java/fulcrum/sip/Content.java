package fulcrum.sip;

import java.util.Locale;
import java.util.Optional;

/// Finds the session description in a message's body.
final class Content {
    private Content() {}

    /// The content type in small letters without parameters; empty when there is none.
    static String type(SipMessage message) {
        return bare(message.contentType().orElse(""));
    }

    static String bare(String contentType) {
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /// The description in the body, by itself or as a part of `multipart/*` (RFC 5621 §3); empty when there is no
    /// body, or when the only body is one that may be left unread.
    ///
    /// @throws BadSip with 415 when the body is of another kind, with 400 when it cannot be read
    static Optional<SessionDescription> description(SipMessage message) {
        if (message.bodyPart().length() == 0) {
            return Optional.empty();
        }
        var type = type(message);
        var body = message.body();
        if (type.startsWith("multipart/")) {
            return Multipart.part(
                            message.contentType().orElse(""), body, SessionDescription.CONTENT_TYPE)
                    .map(Content::read);
        }
        if (type.equals(SessionDescription.CONTENT_TYPE)) {
            return Optional.of(read(body));
        }
        if (message.header("Content-Disposition").orElse("").contains("handling=optional")) {
            return Optional.empty();
        }
        throw new BadSip(415, "Unsupported Media Type", 0);
    }

    /// The description in the body of a message that cannot be refused any more, an ACK or a 2xx; empty when there is
    /// none that can be used.
    static Optional<SessionDescription> find(SipMessage message) {
        try {
            return description(message);
        } catch (BadSip unusable) {
            return Optional.empty();
        }
    }

    private static SessionDescription read(byte[] body) {
        try {
            return SessionDescription.parse(body);
        } catch (BadDescription bad) {
            throw BadSip.badRequest("Bad session description: " + bad.getMessage(), 0);
        }
    }
}
