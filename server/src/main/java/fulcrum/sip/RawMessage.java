package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// A message cut into its lines, of which nothing is understood yet. What is here is enough to answer a request that
/// will turn out to be malformed.
final class RawMessage {
    static final int MOST_BYTES = 65_536;
    static final int MOST_LINES = 256;

    private final String startLine;
    private final HeaderLine[] lines;
    private final byte[] bytes;
    private final int bodyStart;
    private final int length;

    private RawMessage(
            String startLine, HeaderLine[] lines, byte[] bytes, int bodyStart, int length) {
        this.startLine = startLine;
        this.lines = lines;
        this.bytes = bytes;
        this.bodyStart = bodyStart;
        this.length = length;
    }

    /// Cuts a message. Line ends are CRLF; a lone LF is taken for one, since some senders write it.
    ///
    /// @throws BadSip when there is no end of the headers, a header without name or colon, or too much of anything
    static RawMessage cut(byte[] bytes, int length) {
        if (length > MOST_BYTES) {
            throw new BadSip(513, "Message Too Large", MOST_BYTES);
        }
        var start = skipLineEnds(bytes, length);
        var end = lineEnd(bytes, start, length);
        refuseLoneReturns(bytes, start, contentEnd(bytes, start, end));
        var startLine = text(bytes, start, contentEnd(bytes, start, end));
        var lines = new ArrayList<HeaderLine>(24);
        var at = end + 1;
        while (at < length && !isBlankLine(bytes, at, length)) {
            var next = headerEnd(bytes, at, length);
            if (lines.size() == MOST_LINES) {
                throw new BadSip(513, "Too Many Headers", at);
            }
            lines.add(line(bytes, at, contentEnd(bytes, at, next)));
            at = next + 1;
        }
        // Senders exist that forget the empty line of a message without body in a datagram.
        var bodyStart = at >= length ? length : lineEnd(bytes, at, length) + 1;
        return new RawMessage(
                startLine, lines.toArray(HeaderLine[]::new), bytes, bodyStart, length);
    }

    /// The same headers with a body that came later, as on a stream.
    ///
    /// @param body kept; must not be changed afterwards
    RawMessage withBody(byte[] body) {
        return new RawMessage(startLine, lines, body, 0, body.length);
    }

    /// The first line, decoded as UTF-8.
    String startLine() {
        return startLine;
    }

    /// The header lines; the caller must not change them.
    HeaderLine[] lines() {
        return lines;
    }

    private static int skipLineEnds(byte[] bytes, int length) {
        var at = 0;
        while (at < length && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    /// Index of the LF that ends this line; the length when there is none.
    private static int lineEnd(byte[] bytes, int start, int length) {
        var at = start;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Index of the LF that ends this header, its folds included.
    private static int headerEnd(byte[] bytes, int start, int length) {
        var end = lineEnd(bytes, start, length);
        while (end + 1 < length && (bytes[end + 1] == ' ' || bytes[end + 1] == '\t')) {
            end = lineEnd(bytes, end + 1, length);
        }
        return end;
    }

    /// Before the line end, CR excluded.
    private static int contentEnd(byte[] bytes, int start, int lineFeed) {
        return lineFeed > start && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    }

    private static boolean isBlankLine(byte[] bytes, int at, int length) {
        return bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n');
    }

    private static HeaderLine line(byte[] bytes, int start, int end) {
        var at = start;
        while (at < end && Text.isTokenChar((char) (bytes[at] & 0xff))) {
            at++;
        }
        var nameEnd = at;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        if (nameEnd == start || at == end || bytes[at] != ':') {
            throw BadSip.badRequest("Bad header line", start);
        }
        refuseLoneReturns(bytes, at + 1, end);
        return new HeaderLine(bytes, start, nameEnd, at + 1, end);
    }

    /// A CR that ends no line would be copied into answers, where others might take it for the end of one.
    private static void refuseLoneReturns(byte[] bytes, int start, int end) {
        for (var i = start; i < end; i++) {
            if (bytes[i] == '\r' && (i + 1 == end || bytes[i + 1] != '\n')) {
                throw BadSip.badRequest("Bad line end", i);
            }
        }
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /// The announced length of the body; -1 when none is announced.
    ///
    /// @throws BadSip when it is no number or two lines disagree
    int contentLength() {
        var announced = -1;
        for (var line : lines) {
            if (!line.isNamed("Content-Length")) {
                continue;
            }
            var text = new Text("Content-Length", line.value());
            var value = (int) text.number(Integer.MAX_VALUE);
            text.expectEnd();
            if (announced >= 0 && announced != value) {
                throw text.bad("two different ones");
            }
            announced = value;
        }
        return announced;
    }

    /// The body: as long as announced, what follows it in a datagram is dropped (RFC 3261 §18.3); without
    /// announcement all the rest.
    ///
    /// @throws BadSip when less came than was announced
    Body body() {
        var announced = contentLength();
        var present = length - bodyStart;
        if (announced > present) {
            throw BadSip.badRequest("Body shorter than Content-Length", bodyStart);
        }
        var size = announced < 0 ? present : announced;
        return size == 0 ? Body.NONE : new Body(bytes, bodyStart, size);
    }
}
