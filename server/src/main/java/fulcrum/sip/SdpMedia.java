package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One media section of a session description (RFC 8866 §5.14).
///
/// @param type       `audio`, `video`, `image`…
/// @param port       0 to 65535; 0 refuses or ends the stream (RFC 3264 §6, §8.2)
/// @param portCount  number of port pairs, 1 unless the line said `port/count`
/// @param protocol   such as `RTP/AVP`
/// @param formats    payload types as written, most wanted first
/// @param host       the section's own `c=` address, empty when the session's counts
/// @param otherLines lines we have no name for (`b=`, `i=`, `k=`), as written
/// @param attributes every `a=` line in its order, also the ones nobody here knows
public record SdpMedia(
        String type,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        String host,
        List<String> otherLines,
        List<SdpAttribute> attributes) {

    public SdpMedia {
        formats = List.copyOf(formats);
        otherLines = List.copyOf(otherLines);
        attributes = List.copyOf(attributes);
    }

    /// A section with the session's address and no attribute.
    public static SdpMedia of(String type, int port, String protocol, List<String> formats) {
        return new SdpMedia(type, port, 1, protocol, formats, "", List.of(), List.of());
    }

    /// The value of the first attribute of that name; an empty text for a flag.
    public Optional<String> attribute(String name) {
        for (var attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    /// The section's own direction, if a line says one.
    public Optional<MediaDirection> ownDirection() {
        return direction(attributes);
    }

    /// What `a=rtpmap` says of a payload type, such as `opus/48000/2`.
    public Optional<String> rtpmap(String format) {
        return formatted("rtpmap", format);
    }

    /// What `a=fmtp` says of a payload type, such as `0-15`.
    public Optional<String> fmtp(String format) {
        return formatted("fmtp", format);
    }

    /// Packet length in milliseconds that the side wants to receive, if it says one in whole milliseconds or more.
    public Optional<Integer> ptimeMillis() {
        return attribute("ptime").flatMap(SdpMedia::wholeNumber);
    }

    /// The longest packet in milliseconds that the side can receive, if it says one.
    public Optional<Integer> maxptimeMillis() {
        return attribute("maxptime").flatMap(SdpMedia::wholeNumber);
    }

    /// The port for RTCP: the one of `a=rtcp` (RFC 3605), the media's own with `a=rtcp-mux`, else the next one.
    public int rtcpPort() {
        if (attribute("rtcp-mux").isPresent()) {
            return port;
        }
        var said =
                attribute("rtcp")
                        .map(value -> value.split(" ", 2)[0])
                        .flatMap(SdpMedia::wholeNumber)
                        .filter(stated -> stated > 0 && stated < 65_536);
        return said.orElse(port < 65_535 ? port + 1 : port);
    }

    /// A copy with another port.
    public SdpMedia withPort(int newPort) {
        return new SdpMedia(
                type, newPort, portCount, protocol, formats, host, otherLines, attributes);
    }

    /// A copy with an attribute added last.
    public SdpMedia plus(String name, String value) {
        var more = new ArrayList<>(attributes);
        more.add(new SdpAttribute(name, value));
        return withAttributes(more);
    }

    /// A copy that says this direction, and no other.
    public SdpMedia withDirection(MediaDirection direction) {
        var kept = new ArrayList<SdpAttribute>(attributes.size() + 1);
        for (var attribute : attributes) {
            if (MediaDirection.named(attribute.name()).isEmpty()) {
                kept.add(attribute);
            }
        }
        kept.add(SdpAttribute.flag(direction.attribute()));
        return withAttributes(kept);
    }

    /// A copy with other attributes.
    public SdpMedia withAttributes(List<SdpAttribute> newAttributes) {
        return new SdpMedia(
                type, port, portCount, protocol, formats, host, otherLines, newAttributes);
    }

    /// The section that refuses this one in an answer: same type, protocol and formats, port 0 (RFC 3264 §6).
    public SdpMedia refused() {
        return SdpMedia.of(type, 0, protocol, formats);
    }

    void writeTo(StringBuilder out) {
        out.append("m=").append(type).append(' ').append(port);
        if (portCount != 1) {
            out.append('/').append(portCount);
        }
        out.append(' ').append(protocol);
        for (var format : formats) {
            out.append(' ').append(format);
        }
        out.append("\r\n");
        SessionDescription.writeLines(out, otherLines, "i");
        SessionDescription.writeHost(out, host);
        SessionDescription.writeLines(out, otherLines, "bk");
        for (var attribute : attributes) {
            attribute.writeTo(out);
        }
    }

    static Optional<MediaDirection> direction(List<SdpAttribute> attributes) {
        for (var attribute : attributes) {
            var direction = MediaDirection.named(attribute.name());
            if (direction.isPresent()) {
                return direction;
            }
        }
        return Optional.empty();
    }

    private Optional<String> formatted(String name, String format) {
        for (var attribute : attributes) {
            var value = attribute.value();
            if (attribute.name().equals(name)
                    && value.length() > format.length()
                    && value.startsWith(format)
                    && value.charAt(format.length()) == ' ') {
                return Optional.of(value.substring(format.length() + 1).strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> wholeNumber(String text) {
        var end = 0;
        while (end < text.length() && end < 6 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 ? Optional.empty() : Optional.of(Integer.parseInt(text, 0, end, 10));
    }
}
