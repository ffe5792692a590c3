package fulcrum.sip;

/// Value of the CSeq header (RFC 3261 §20.16).
///
/// @param number 0 to 2³¹−1
/// @param method in its own case
public record CSeq(long number, String method) {
    /// @throws BadSip when it is none, or the number is out of range
    static CSeq parse(String value) {
        var text = new Text("CSeq", value);
        var number = text.skipSpace().number(Integer.MAX_VALUE);
        if (!Text.isSpace(text.peek())) {
            throw text.bad("expected a space");
        }
        var method = text.skipSpace().token();
        text.skipSpace().expectEnd();
        return new CSeq(number, method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
