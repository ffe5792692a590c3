package fulcrum.sip;

/// A cursor over the value of one header, with the words of the grammar (RFC 3261 §25.1) as methods.
/// Folds are already spaces when a value gets here.
final class Text {
    private final String what;
    private final String text;
    private int at;

    /// @param what name of the header, for the reason phrase
    Text(String what, String text) {
        this.what = what;
        this.text = text;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    int at() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    /// The character at the cursor; NUL at the end.
    char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    Text skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return this;
    }

    /// Steps over this character, if it is next.
    boolean takes(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!takes(wanted)) {
            throw bad("expected '" + wanted + "'");
        }
    }

    /// Everything up to the first of these characters, or to the end; trailing space is left out.
    String upTo(String stops) {
        var start = at;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var end = at;
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// Everything up to that character, or to the end, spaces and all.
    String until(char stop) {
        var start = at;
        var found = text.indexOf(stop, at);
        at = found < 0 ? text.length() : found;
        return text.substring(start, at);
    }

    /// A token of at least one character.
    String token() {
        var start = at;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw bad("expected a token");
        }
        return text.substring(start, at);
    }

    /// A quoted string with its quotes and escapes as written.
    String quoted() {
        var start = at;
        expect('"');
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == '"') {
                return text.substring(start, at);
            }
            if (c == '\\') {
                at++;
            }
        }
        throw bad("a quote is not closed");
    }

    /// A run of digits as a number not above the limit.
    long number(long limit) {
        var start = at;
        var value = 0L;
        while (at < text.length() && isDigit(text.charAt(at))) {
            value = value * 10 + (text.charAt(at) - '0');
            if (value > limit) {
                throw bad("number too large");
            }
            at++;
        }
        if (at == start) {
            throw bad("expected a number");
        }
        return value;
    }

    void expectEnd() {
        if (!isAtEnd()) {
            throw bad("unexpected text at the end");
        }
    }

    BadSip bad(String reason) {
        return new BadSip(400, "Bad " + what + ": " + reason, Math.min(at, text.length()));
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /// True when a character is in there that no word may have (RFC 3261 §25.1).
    static boolean hasSpaceOrControl(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// A character of `token` (RFC 3261 §25.1).
    static boolean isTokenChar(char c) {
        return isLetter(c) || isDigit(c) || "-.!%*_+`'~".indexOf(c) >= 0;
    }

    static boolean isToken(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// What a quoted string says, without quotes and escapes; other text stays as it is.
    static String unquoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (var i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == '\\' && i < text.length() - 2) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    /// A quoted string that says this.
    static String quote(String plain) {
        var quoted = new StringBuilder(plain.length() + 2).append('"');
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
