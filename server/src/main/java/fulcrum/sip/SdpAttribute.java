package fulcrum.sip;

/// One `a=` line: its name and its value, which is empty for a flag such as `a=sendonly` (RFC 8866 §5.13).
public record SdpAttribute(String name, String value) {
    /// An attribute without value.
    public static SdpAttribute flag(String name) {
        return new SdpAttribute(name, "");
    }

    void writeTo(StringBuilder out) {
        out.append("a=").append(name);
        if (!value.isEmpty()) {
            out.append(':').append(value);
        }
        out.append("\r\n");
    }
}
