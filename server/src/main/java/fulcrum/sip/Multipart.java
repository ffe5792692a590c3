package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Takes a multipart body apart (RFC 2046 §5.1).
final class Multipart {
    private Multipart() {}

    /// The first part of that type.
    ///
    /// @param contentType of the whole body, with its boundary
    /// @throws BadSip with 400 when there is no boundary
    static Optional<byte[]> part(String contentType, byte[] body, String wantedType) {
        // One character for each byte, so that an index in the text is one in the body.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var line = "--" + boundary(contentType);
        var at = text.startsWith(line) ? 0 : text.indexOf("\n" + line) + 1;
        while (at >= 0 && text.startsWith(line, at)) {
            var start = text.indexOf('\n', at);
            var next = text.indexOf("\n" + line, at);
            if (start < 0 || next < start) {
                break;
            }
            var found =
                    content(
                            text.substring(
                                    start + 1, Math.max(start + 1, withoutReturn(text, next))),
                            wantedType);
            if (found.isPresent()) {
                return found.map(content -> content.getBytes(StandardCharsets.ISO_8859_1));
            }
            at = next + 1;
        }
        return Optional.empty();
    }

    private static String boundary(String contentType) {
        var semicolon = contentType.indexOf(';');
        var text = new Text("Content-Type", semicolon < 0 ? "" : contentType.substring(semicolon));
        var boundary = Parameters.ofHeader(text).value("boundary").orElse("");
        if (boundary.isEmpty() || boundary.length() > 70) {
            throw BadSip.badRequest("Bad Content-Type: no boundary", 0);
        }
        return boundary;
    }

    private static Optional<String> content(String part, String wantedType) {
        var at = 0;
        var isWanted = false;
        while (at < part.length()) {
            var end = part.indexOf('\n', at);
            var line = part.substring(at, end < 0 ? part.length() : end).strip();
            at = end < 0 ? part.length() : end + 1;
            if (line.isEmpty()) {
                return isWanted ? Optional.of(part.substring(at)) : Optional.empty();
            }
            isWanted |=
                    line.regionMatches(true, 0, "Content-Type:", 0, 13)
                            && Content.bare(line.substring(13)).equals(wantedType);
        }
        return Optional.empty();
    }

    private static int withoutReturn(String text, int lineFeed) {
        return lineFeed > 0 && text.charAt(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
    }
}
