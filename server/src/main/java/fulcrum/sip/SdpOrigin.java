package fulcrum.sip;

/// The `o=` line: who made a description and which version of it this is (RFC 8866 §5.2).
/// Identifier and version stay text, since others send numbers beyond 64 bits.
public record SdpOrigin(String user, String sessionId, String version, String host) {
    void writeTo(StringBuilder out) {
        out.append("o=").append(user).append(' ').append(sessionId).append(' ').append(version);
        out.append(SessionDescription.family(host)).append(host).append("\r\n");
    }
}
