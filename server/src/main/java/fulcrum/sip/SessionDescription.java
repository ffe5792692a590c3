package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A session description: what one side sends and receives, and where (RFC 8866).
///
/// Immutable. Lines that nobody here knows are kept and written again, so that a description that only passes
/// through loses nothing.
///
/// @param name       the `s=` line
/// @param host       the session's `c=` address, empty when every section has its own
/// @param otherLines the session's lines without a name here (`i u e p b t r z k`), as written
/// @param attributes the session's own `a=` lines
public record SessionDescription(
        SdpOrigin origin,
        String name,
        String host,
        List<String> otherLines,
        List<SdpAttribute> attributes,
        List<SdpMedia> media) {

    /// The media type of a session description in a SIP body.
    public static final String CONTENT_TYPE = "application/sdp";

    public SessionDescription {
        otherLines = List.copyOf(otherLines);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /// A description of ours; its origin is filled in by [OfferAnswer], which alone counts versions.
    ///
    /// @param host the address to which the other side sends, IPv4 or IPv6 without brackets
    public static SessionDescription of(String host, List<SdpMedia> media) {
        var origin = new SdpOrigin("fulcrum", "0", "0", host);
        return new SessionDescription(origin, "-", host, List.of("t=0 0"), List.of(), media);
    }

    /// Reads a body.
    ///
    /// @throws BadDescription when it is not a description that can be answered
    public static SessionDescription parse(byte[] body) {
        return new SdpReader(new String(body, StandardCharsets.UTF_8)).read();
    }

    /// Reads a description from text.
    ///
    /// @throws BadDescription when it is not a description that can be answered
    public static SessionDescription parse(String text) {
        return new SdpReader(text).read();
    }

    /// The first audio section that is not refused.
    public Optional<SdpMedia> audio() {
        for (var section : media) {
            if (section.type().equals("audio") && section.port() != 0) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// Where media of this section is to be sent: the section's own address, else the session's.
    public String hostOf(SdpMedia section) {
        return section.host().isEmpty() ? host : section.host();
    }

    /// The direction of a section as its side sees it; `sendrecv` when nothing is said (RFC 8866 §6.7).
    public MediaDirection directionOf(SdpMedia section) {
        return section.ownDirection()
                .or(() -> SdpMedia.direction(attributes))
                .orElse(MediaDirection.SENDRECV);
    }

    /// True when the side does not want to receive this section now: by direction, or by the old way of the
    /// unspecified address (RFC 3264 §8.4).
    public boolean isHeld(SdpMedia section) {
        var address = hostOf(section);
        return !directionOf(section).isReceiving()
                || address.equals("0.0.0.0")
                || address.equals("::");
    }

    /// A copy with other media sections.
    public SessionDescription withMedia(List<SdpMedia> newMedia) {
        return new SessionDescription(origin, name, host, otherLines, attributes, newMedia);
    }

    /// A copy from another origin, or of another version.
    public SessionDescription withOrigin(SdpOrigin newOrigin) {
        return new SessionDescription(newOrigin, name, host, otherLines, attributes, media);
    }

    /// The body's bytes.
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The description as it is sent, lines in the order of RFC 8866 §5.
    @Override
    public String toString() {
        var out = new StringBuilder(256);
        out.append("v=0\r\n");
        origin.writeTo(out);
        out.append("s=").append(name).append("\r\n");
        writeLines(out, otherLines, "iuep");
        writeHost(out, host);
        writeLines(out, otherLines, "btrzk");
        for (var attribute : attributes) {
            attribute.writeTo(out);
        }
        for (var section : media) {
            section.writeTo(out);
        }
        return out.toString();
    }

    static String family(String host) {
        return host.indexOf(':') >= 0 ? " IN IP6 " : " IN IP4 ";
    }

    static void writeHost(StringBuilder out, String host) {
        if (!host.isEmpty()) {
            out.append("c=").append(family(host).substring(1)).append(host).append("\r\n");
        }
    }

    static void writeLines(StringBuilder out, List<String> lines, String kinds) {
        var chosen = new ArrayList<String>();
        for (var line : lines) {
            if (kinds.indexOf(line.charAt(0)) >= 0) {
                chosen.add(line);
            }
        }
        // Within one block the standard's order counts, except that r= follows the t= to which it
        // belongs.
        for (var line : chosen) {
            out.append(line).append("\r\n");
        }
    }
}
