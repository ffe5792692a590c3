package fulcrum.sip;

import org.jspecify.annotations.Nullable;

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
    private @Nullable List<NameAddress> contacts;

    SipMessage(HeaderLine[] lines, Body body) {
        this.lines = lines;
        this.body = body;
    }

    abstract String startLine();

    abstract SipMessage copy(HeaderLine[] newLines, Body newBody);

    /// Remembers what another message with the same header lines has decoded, except for one header.
    ///
    /// @param changed long name of the header that is not the same; empty when all are
    void remember(SipMessage other, String changed) {
        topVia = changed.equalsIgnoreCase("Via") ? null : other.topVia;
        from = changed.equalsIgnoreCase("From") ? null : other.from;
        to = changed.equalsIgnoreCase("To") ? null : other.to;
        callId = changed.equalsIgnoreCase("Call-ID") ? null : other.callId;
        cseq = changed.equalsIgnoreCase("CSeq") ? null : other.cseq;
    }

    private SipMessage changed(HeaderLine[] newLines, String longName) {
        var copy = copy(newLines, body);
        copy.remember(this, longName);
        copy.contacts = longName.equalsIgnoreCase("Contact") ? null : contacts;
        return copy;
    }

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

    /// True when a list, such as Supported, has this token; letters count in their case.
    boolean lists(String longName, String token) {
        for (var line : lines) {
            if (line.isNamed(longName) && isListed(line.value(), token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isListed(String list, String token) {
        var at = list.indexOf(token);
        while (at >= 0) {
            var end = at + token.length();
            var isWhole =
                    (at == 0 || !Text.isTokenChar(list.charAt(at - 1)))
                            && (end == list.length() || !Text.isTokenChar(list.charAt(end)));
            if (isWhole) {
                return true;
            }
            at = list.indexOf(token, end);
        }
        return false;
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
        var values = headers("Via");
        if (values.isEmpty()) {
            return List.of();
        }
        var vias = new ArrayList<Via>(values.size());
        vias.add(topVia());
        for (var value : values.subList(1, values.size())) {
            vias.add(Via.parse(value));
        }
        return vias;
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
        var known = contacts;
        if (known == null) {
            known = List.copyOf(addresses("Contact"));
            contacts = known;
        }
        return known;
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
        if (count(name) == 0) {
            return List.of();
        }
        var addresses = new ArrayList<NameAddress>(2);
        for (var value : headers(name)) {
            addresses.add(NameAddress.parse(name, value));
        }
        return addresses;
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
        var line = HeaderLine.of(name, value);
        var isPlaced = false;
        var kept = 0;
        var more = new HeaderLine[lines.length + 1];
        for (var old : lines) {
            if (!old.isNamed(longName)) {
                more[kept++] = old;
            } else if (!isPlaced) {
                more[kept++] = line;
                isPlaced = true;
            }
        }
        if (!isPlaced) {
            more[kept++] = line;
        }
        return changed(kept == more.length ? more : Arrays.copyOf(more, kept), longName);
    }

    SipMessage appended(String name, String value) {
        var more = Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = HeaderLine.of(name, value);
        return changed(more, HeaderNames.longName(name));
    }

    SipMessage prepended(String name, String value) {
        var more = new HeaderLine[lines.length + 1];
        more[0] = HeaderLine.of(name, value);
        System.arraycopy(lines, 0, more, 1, lines.length);
        return changed(more, HeaderNames.longName(name));
    }

    SipMessage removed(String... names) {
        return copy(except(lines, names), body);
    }

    SipMessage carrying(String contentType, byte[] newBody) {
        var kept = except(lines, "Content-Type", CONTENT_LENGTH);
        var isEmpty = newBody.length == 0;
        var more = isEmpty ? kept : Arrays.copyOf(kept, kept.length + 1);
        if (!isEmpty) {
            more[kept.length] = HeaderLine.of("Content-Type", contentType);
        }
        var copy = copy(more, isEmpty ? Body.NONE : Body.of(newBody));
        copy.remember(this, "");
        return copy;
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
        var copy = changed(more.toArray(HeaderLine[]::new), "Via");
        copy.topVia = newTop;
        return copy;
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
        var first = startLine().getBytes(StandardCharsets.UTF_8);
        var last =
                ("Content-Length: " + body.length() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        var size = first.length + 2 + last.length + body.length();
        for (var line : lines) {
            size += line.isNamed(CONTENT_LENGTH) ? 0 : line.length() + 2;
        }
        var out = new byte[size];
        System.arraycopy(first, 0, out, 0, first.length);
        var at = endLine(out, first.length);
        for (var line : lines) {
            if (!line.isNamed(CONTENT_LENGTH)) {
                at = endLine(out, line.writeTo(out, at));
            }
        }
        System.arraycopy(last, 0, out, at, last.length);
        body.writeTo(out, at + last.length);
        return out;
    }

    private static int endLine(byte[] out, int at) {
        out[at] = '\r';
        out[at + 1] = '\n';
        return at + 2;
    }

    /// The message as text, for logs and tests.
    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
