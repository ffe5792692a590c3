package fulcrum.sip;

import java.util.Optional;

/// An address with an optional display name and parameters: the value of From, To, Contact, Route, Record-Route,
/// Refer-To, P-Asserted-Identity and their like (RFC 3261 §20.10). Immutable.
public final class NameAddress {
    private final String displayName;
    private final SipUri uri;
    private final Parameters parameters;

    private NameAddress(String displayName, SipUri uri, Parameters parameters) {
        this.displayName = displayName;
        this.uri = uri;
        this.parameters = parameters;
    }

    /// An address without display name or parameters.
    public static NameAddress of(SipUri uri) {
        return of("", uri);
    }

    /// @param displayName plain text; quoted as needed when written
    public static NameAddress of(String displayName, SipUri uri) {
        return new NameAddress(displayName, uri, Parameters.NONE);
    }

    /// Reads one value, such as `"Anna" <sip:anna@example.com>;tag=x` or `sip:anna@example.com;tag=x`.
    ///
    /// @throws BadSip with 400 when it is none
    public static NameAddress parse(String value) {
        return parse("address", value);
    }

    static NameAddress parse(String header, String value) {
        var text = new Text(header, value);
        if (value.equals("*")) {
            return of(SipUri.star());
        }
        var start = text.skipSpace().at();
        var name = displayName(text);
        if (!text.skipSpace().takes('<')) {
            if (text.at() > start) {
                throw text.bad("expected '<'");
            }
            return bare(text);
        }
        var uri = text.until('>');
        text.expect('>');
        return finish(text, name, uri);
    }

    /// Without brackets, parameters belong to the header, and the URI may have no comma, question mark or semicolon
    /// (RFC 3261 §20.10).
    private static NameAddress bare(Text text) {
        var uri = text.upTo(";");
        if (uri.indexOf(',') >= 0 || uri.indexOf('?') >= 0) {
            throw text.bad("such a URI needs angle brackets");
        }
        return finish(text, "", uri);
    }

    private static NameAddress finish(Text text, String name, String uri) {
        var parsed = SipUri.parse(uri);
        var parameters = Parameters.ofHeader(text);
        text.skipSpace().expectEnd();
        return new NameAddress(name, parsed, parameters);
    }

    /// The display name, unquoted; leaves the cursor before `<`, or at the beginning when there is no name.
    private static String displayName(Text text) {
        if (text.skipSpace().peek() == '"') {
            return Text.unquoted(text.quoted());
        }
        var start = text.at();
        var name = text.upTo("<\"");
        if (text.peek() != '<') {
            text.moveTo(start);
            return "";
        }
        for (var i = 0; i < name.length(); i++) {
            if (!Text.isTokenChar(name.charAt(i)) && !Text.isSpace(name.charAt(i))) {
                text.moveTo(start + i);
                throw text.bad("such a display name needs quotes");
            }
        }
        return name;
    }

    /// The display name without quotes and escapes; empty for none.
    public String displayName() {
        return displayName;
    }

    /// The address.
    public SipUri uri() {
        return uri;
    }

    /// True for the Contact `*`, which stands for all contacts of a registration (RFC 3261 §10.2.2).
    public boolean isStar() {
        return uri.scheme().isEmpty();
    }

    /// The `tag` parameter; empty for none.
    public String tag() {
        return parameters.value("tag").orElse("");
    }

    /// The value of a parameter of the header, without quotes; empty text for one without value.
    public Optional<String> parameter(String name) {
        return parameters.value(name);
    }

    /// True when the parameter is there, with or without value.
    public boolean hasParameter(String name) {
        return parameters.has(name);
    }

    /// A copy with this tag.
    public NameAddress withTag(String tag) {
        return withParameter("tag", tag);
    }

    /// A copy in which a parameter has this value.
    ///
    /// @param value as written; empty for a parameter without value
    public NameAddress withParameter(String name, String value) {
        return new NameAddress(displayName, uri, parameters.with(name, value));
    }

    /// A copy without that parameter.
    public NameAddress withoutParameter(String name) {
        return new NameAddress(displayName, uri, parameters.without(name));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameAddress && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The value as it is written in a message, always with angle brackets.
    @Override
    public String toString() {
        if (isStar()) {
            return "*";
        }
        var written = new StringBuilder(64);
        if (!displayName.isEmpty()) {
            written.append(Text.quote(displayName)).append(' ');
        }
        written.append('<').append(uri).append('>');
        parameters.appendTo(written);
        return written.toString();
    }
}
