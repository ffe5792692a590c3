package fulcrum.api;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a piece out of a download as `Range` asks (REST conventions §15). What cannot be understood or lies outside
/// gets the whole file; suffix and multiple ranges are not honoured.
final class Ranges {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,12})-(\\d{0,12})");

    private Ranges() {}

    static Outgoing cut(Content content, Incoming incoming, Map<String, String> headers) {
        headers.put("Content-Type", content.contentType());
        headers.put(
                "Content-Disposition", "attachment; filename=\"" + safe(content.filename()) + "\"");
        headers.put("Accept-Ranges", "bytes");
        int total = content.bytes().length;
        Matcher matcher = ONE.matcher(incoming.header("Range").orElse(""));
        if (!matcher.matches()) {
            return new Outgoing(200, headers, content.bytes());
        }
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? total - 1L : Long.parseLong(matcher.group(2));
        if (from > to || to >= total) {
            return new Outgoing(200, headers, content.bytes());
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + total);
        return new Outgoing(
                206, headers, Arrays.copyOfRange(content.bytes(), (int) from, (int) to + 1));
    }

    /// A file name without what could end its quotes or its line.
    static String safe(String name) {
        return name.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
    }
}
