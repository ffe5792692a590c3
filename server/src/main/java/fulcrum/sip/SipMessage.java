package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A request or a response (RFC 3261 §7). Immutable, for use by any thread. A received one keeps the array it came in
/// and knows only where its header lines are; a header is decoded when it is asked for, and the few that every
/// message is asked for are remembered. Copies share the lines they do not change.
///
/// Accessors throw [BadSip] when the header they read is malformed; those checked before a message is handed up
/// (Via, From, To, Call-ID, CSeq, Max-Forwards, Contact, Route, Record-Route) do not.
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int MAX_FORWARDS = 70;
    private static final String CONTENT_LENGTH = "Content-Length";

    private final HeaderLine[] lines;
    private final Body body;

    // Remembered by whoever asks first; a race only means that two threads decode the same value.
    private @Nullable Via topVia;
    private @Nullable NameAddress from;
    private @Nullable NameAddress to;
    private @Nullable String callId;
    private @Nullable CSeq cseq;

    SipMessage(HeaderLine[] lines, Body body) {
        this.lines = lines;
        this.body = body;
    }

    abstract String startLine();

    abstract SipMessage copy(HeaderLine[] newLines, Body newBody);

    HeaderLine[] lines() {
        return lines;
    }

    Body bodyPart() {
        return body;
    }

    /// The first value of a header, unfolded and trimmed.
    ///
    /// @param name long or compact, in any case
    public Optional<String> header(String name) {
        var longName = HeaderNames.longName(name);
        for (var line : lines) {
            if (line.isNamed(longName)) {
                var value = line.value();
                if (!HeaderNames.isList(longName)) {
                    return Optional.of(value);
                }
                var values = HeaderList.split(value);
                if (!values.isEmpty()) {
                    return Optional.of(values.getFirst());
                }
            }
        }
        return Optional.empty();
    }

    /// All values of a header in their order; headers that hold lists are split at their commas.
    ///
    /// @param name long or compact, in any case
    public List<String> headers(String name) {
        var longName = HeaderNames.longName(name);
        var isList = HeaderNames.isList(longName);
        var values = new ArrayList<String>(4);
        for (var line : lines) {
            if (!line.isNamed(longName)) {
                continue;
            }
            if (isList) {
                HeaderList.split(line.value(), values);
            } else {
                values.add(line.value());
            }
        }
        return values;
    }

    /// True when there is a line of that header.
    public boolean hasHeader(String name) {
        return count(HeaderNames.longName(name)) > 0;
    }

    /// The names of all header lines as written, each once, in the order of their first line.
    public List<String> headerNames() {
        var names = new ArrayList<String>();
        for (var line : lines) {
            if (names.stream().noneMatch(line.name()::equalsIgnoreCase)) {
                names.add(line.name());
            }
        }
        return names;
    }

    int count(String longName) {
        var count = 0;
        for (var line : lines) {
            count += line.isNamed(longName) ? 1 : 0;
        }
        return count;
    }

    /// All Via, the next hop back first.
    public List<Via> vias() {
        return headers("Via").stream().map(Via::parse).toList();
    }

    /// The Via of the hop that sent this.
    public Via topVia() {
        var known = topVia;
        if (known == null) {
            known = Via.parse(wanted("Via"));
            topVia = known;
        }
        return known;
    }

    /// Who asks.
    public NameAddress from() {
        var known = from;
        if (known == null) {
            known = NameAddress.parse("From", wanted("From"));
            from = known;
        }
        return known;
    }

    /// Who is asked.
    public NameAddress to() {
        var known = to;
        if (known == null) {
            known = NameAddress.parse("To", wanted("To"));
            to = known;
        }
        return known;
    }

    /// Names the call or registration.
    public String callId() {
        var known = callId;
        if (known == null) {
            known = wanted("Call-ID");
            if (known.isEmpty() || Text.hasSpaceOrControl(known)) {
                throw BadSip.badRequest("Bad Call-ID", 0);
            }
            callId = known;
        }
        return known;
    }

    /// Number and method of the request, also in its responses.
    public CSeq cseq() {
        var known = cseq;
        if (known == null) {
            known = CSeq.parse(wanted("CSeq"));
            cseq = known;
        }
        return known;
    }

    /// All Contact values; [NameAddress#isStar] tells the `*`.
    public List<NameAddress> contacts() {
        return addresses("Contact");
    }

    /// All Route values.
    public List<NameAddress> routes() {
        return addresses("Route");
    }

    /// All Record-Route values.
    public List<NameAddress> recordRoutes() {
        return addresses("Record-Route");
    }

    private List<NameAddress> addresses(String name) {
        return headers(name).stream().map(value -> NameAddress.parse(name, value)).toList();
    }

    private String wanted(String name) {
        return header(name).orElseThrow(() -> BadSip.badRequest("Missing " + name, 0));
    }

    /// How many more hops this may take, 0 to 255; 70 when it does not say (RFC 3261 §20.22).
    public int maxForwards() {
        var value = header("Max-Forwards");
        if (value.isEmpty()) {
            return MAX_FORWARDS;
        }
        var text = new Text("Max-Forwards", value.get());
        var hops = (int) text.number(255);
        text.expectEnd();
        return hops;
    }

    /// The body; empty for none. The caller owns the array.
    public byte[] body() {
        return body.copy();
    }

    /// The Content-Type, as written.
    public Optional<String> contentType() {
        return header("Content-Type");
    }

    SipMessage replaced(String name, String value) {
        var longName = HeaderNames.longName(name);
        var kept = new ArrayList<HeaderLine>(lines.length + 1);
        var line = HeaderLine.of(name, value);
        var isPlaced = false;
        for (var old : lines) {
            if (!old.isNamed(longName)) {
                kept.add(old);
            } else if (!isPlaced) {
                kept.add(line);
                isPlaced = true;
            }
        }
        if (!isPlaced) {
            kept.add(line);
        }
        return copy(kept.toArray(HeaderLine[]::new), body);
    }

    SipMessage appended(String name, String value) {
        var more = Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = HeaderLine.of(name, value);
        return copy(more, body);
    }

    SipMessage prepended(String name, String value) {
        var more = new HeaderLine[lines.length + 1];
        more[0] = HeaderLine.of(name, value);
        System.arraycopy(lines, 0, more, 1, lines.length);
        return copy(more, body);
    }

    SipMessage removed(String... names) {
        return copy(except(lines, names), body);
    }

    SipMessage carrying(String contentType, byte[] newBody) {
        var kept = except(lines, "Content-Type", CONTENT_LENGTH);
        if (newBody.length == 0) {
            return copy(kept, Body.NONE);
        }
        var more = Arrays.copyOf(kept, kept.length + 1);
        more[kept.length] = HeaderLine.of("Content-Type", contentType);
        return copy(more, Body.of(newBody));
    }

    /// A copy whose top Via is this one; the others stay as they are, also when they share its line.
    SipMessage rerouted(Via newTop) {
        var more = new ArrayList<HeaderLine>(lines.length + 1);
        var isPlaced = false;
        for (var line : lines) {
            if (isPlaced || !line.isNamed("Via")) {
                more.add(line);
                continue;
            }
            var values = HeaderList.split(line.value());
            if (!values.isEmpty()) {
                values.set(0, newTop.toString());
                more.add(HeaderLine.of("Via", String.join(", ", values)));
                isPlaced = true;
            }
        }
        return copy(more.toArray(HeaderLine[]::new), body);
    }

    static HeaderLine[] except(HeaderLine[] lines, String... names) {
        var kept = new ArrayList<HeaderLine>(lines.length);
        for (var line : lines) {
            var isKept = true;
            for (var name : names) {
                isKept &= !line.isNamed(HeaderNames.longName(name));
            }
            if (isKept) {
                kept.add(line);
            }
        }
        return kept.toArray(HeaderLine[]::new);
    }

    /// The message as it goes on the wire; Content-Length is always written and always right.
    public byte[] toBytes() {
        var size = 64 + body.length();
        for (var line : lines) {
            size += line.length() + LINE_END.length;
        }
        var out = new ByteArrayOutputStream(size + startLine().length());
        out.writeBytes(startLine().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(LINE_END);
        for (var line : lines) {
            if (!line.isNamed(CONTENT_LENGTH)) {
                line.writeTo(out);
                out.writeBytes(LINE_END);
            }
        }
        out.writeBytes(
                ("Content-Length: " + body.length() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeTo(out);
        return out.toByteArray();
    }

    /// The message as text, for logs and tests.
    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
