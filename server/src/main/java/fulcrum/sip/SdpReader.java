package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;

/// Reads one session description line by line (RFC 8866 §5); made for one text and thrown away.
/// Lenient where devices are sloppy and nothing is lost: bare line feeds, a missing `s=` or `t=` (which is then added,
/// as whoever gets the description next may be strict), a user name with spaces, blanks at the end.
final class SdpReader {
    private final String text;
    private int position;
    private int line;

    private String origin = "";
    private int originLine;
    private String name = "-";
    private String host = "";
    private final List<String> otherLines = new ArrayList<>();
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private final List<SdpMedia> media = new ArrayList<>();

    private boolean inMedia;
    private String mediaLine = "";
    private int mediaLineNumber;
    private String mediaHost = "";
    private List<String> mediaLines = new ArrayList<>();
    private List<SdpAttribute> mediaAttributes = new ArrayList<>();

    SdpReader(String text) {
        this.text = text;
    }

    SessionDescription read() {
        if (!nextLine().equals("v=0")) {
            throw new BadDescription(1, "must begin with v=0");
        }
        while (position < text.length()) {
            var content = nextLine();
            if (content.isEmpty()) {
                continue;
            }
            if (content.length() < 2 || content.charAt(1) != '=') {
                throw new BadDescription(line, "is not of the form letter=value");
            }
            take(content);
        }
        endMedia();
        if (origin.isEmpty()) {
            throw new BadDescription(0, "has no o= line");
        }
        if (otherLines.stream().noneMatch(other -> other.startsWith("t="))) {
            otherLines.add("t=0 0");
        }
        return new SessionDescription(readOrigin(), name, host, otherLines, attributes, media);
    }

    private void take(String content) {
        var value = content.substring(2);
        switch (content.charAt(0)) {
            case 'o' -> {
                origin = value;
                originLine = line;
            }
            case 's' -> name = value.isBlank() ? "-" : value;
            case 'c' -> takeHost(readHost(value));
            case 'a' -> (inMedia ? mediaAttributes : attributes).add(readAttribute(value));
            case 'm' -> {
                endMedia();
                inMedia = true;
                mediaLine = value;
                mediaLineNumber = line;
            }
            case 'i', 'b', 'k' -> (inMedia ? mediaLines : otherLines).add(content);
            // These are the session's, also from a sender that puts them behind a section.
            case 'u', 'e', 'p', 't', 'r', 'z' -> otherLines.add(content);
            default -> {
                // RFC 8866 §5: a parser must ignore a description with unknown letters or the line;
                // we drop the line.
            }
        }
    }

    private void takeHost(String address) {
        if (inMedia) {
            mediaHost = mediaHost.isEmpty() ? address : mediaHost;
        } else {
            host = address;
        }
    }

    private void endMedia() {
        if (!inMedia) {
            return;
        }
        var parts = words(mediaLine);
        if (parts.length < 4) {
            throw new BadDescription(mediaLineNumber, "needs type, port, protocol and a format");
        }
        var slash = parts[1].indexOf('/');
        var port =
                number(slash < 0 ? parts[1] : parts[1].substring(0, slash), 65535, mediaLineNumber);
        var count = slash < 0 ? 1 : number(parts[1].substring(slash + 1), 65535, mediaLineNumber);
        if (port != 0 && host.isEmpty() && mediaHost.isEmpty()) {
            throw new BadDescription(
                    mediaLineNumber, "has no c= line, and the session has none either");
        }
        var formats = List.of(parts).subList(3, parts.length);
        media.add(
                new SdpMedia(
                        parts[0],
                        port,
                        count,
                        parts[2],
                        formats,
                        mediaHost,
                        mediaLines,
                        mediaAttributes));
        mediaHost = "";
        mediaLines = new ArrayList<>();
        mediaAttributes = new ArrayList<>();
    }

    private SdpOrigin readOrigin() {
        var parts = words(origin);
        var last = parts.length - 1;
        if (last < 5) {
            throw new BadDescription(originLine, "o= needs six fields");
        }
        checkFamily(parts[last - 2], parts[last - 1], originLine);
        var user = String.join(" ", List.of(parts).subList(0, last - 4));
        return new SdpOrigin(user, parts[last - 4], parts[last - 3], parts[last]);
    }

    /// What stands between spaces.
    private static String[] words(String text) {
        var words = new ArrayList<String>(6);
        var at = 0;
        while (at < text.length()) {
            var space = text.indexOf(' ', at);
            var end = space < 0 ? text.length() : space;
            var word = text.substring(at, end).strip();
            if (!word.isEmpty()) {
                words.add(word);
            }
            at = end + 1;
        }
        return words.toArray(String[]::new);
    }

    private String readHost(String value) {
        var parts = words(value);
        if (parts.length != 3) {
            throw new BadDescription(line, "c= needs network type, address type and address");
        }
        checkFamily(parts[0], parts[1], line);
        var slash = parts[2].indexOf('/');
        var address = slash < 0 ? parts[2] : parts[2].substring(0, slash);
        if (address.isEmpty() || (parts[1].equals("IP4") && address.indexOf(':') >= 0)) {
            throw new BadDescription(
                    line, "'" + parts[2] + "' is not an address of type " + parts[1]);
        }
        return address;
    }

    private static void checkFamily(String network, String family, int line) {
        if (!network.equals("IN") || !(family.equals("IP4") || family.equals("IP6"))) {
            throw new BadDescription(
                    line, "'" + network + " " + family + "' is not IN IP4 or IN IP6");
        }
    }

    private static SdpAttribute readAttribute(String value) {
        var colon = value.indexOf(':');
        return colon < 0
                ? SdpAttribute.flag(value.strip())
                : new SdpAttribute(
                        value.substring(0, colon).strip(), value.substring(colon + 1).strip());
    }

    private static int number(String digits, int most, int line) {
        var value = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i) - '0';
            value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
            if (value < 0 || value > most) {
                throw new BadDescription(
                        line, "'" + digits + "' is not a number from 0 to " + most);
            }
        }
        if (digits.isEmpty()) {
            throw new BadDescription(line, "a number is missing");
        }
        return value;
    }

    private String nextLine() {
        line++;
        var end = text.indexOf('\n', position);
        var next = end < 0 ? text.length() : end + 1;
        var last = end < 0 ? text.length() : end;
        while (last > position && text.charAt(last - 1) <= ' ') {
            last--;
        }
        var content = text.substring(position, last);
        position = next;
        return content;
    }
}
