package fulcrum.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a multipart body (RFC 2046 §5.1) that is already in memory.
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final int MOST_PARTS = 100;

    private Multipart() {}

    /// One part; `headers` by lower-case name.
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Part(Map<String, String> headers, byte[] content) {
        String contentType() {
            return headers.getOrDefault("content-type", "text/plain");
        }

        boolean isFile() {
            return headers.getOrDefault("content-disposition", "").contains("filename")
                    || !contentType().startsWith("text/plain");
        }

        boolean isBase64() {
            return headers.getOrDefault("content-transfer-encoding", "").equalsIgnoreCase("base64");
        }

        String name() {
            return parameter("name", "file");
        }

        String filename() {
            return parameter("filename", name());
        }

        private String parameter(String key, String otherwise) {
            String disposition = headers.getOrDefault("content-disposition", "");
            Matcher matcher =
                    Pattern.compile("(?:^|[;\\s])" + key + "=\"([^\"]*)\"").matcher(disposition);
            return matcher.find() && !matcher.group(1).isEmpty() ? matcher.group(1) : otherwise;
        }
    }

    /// @throws Refusal when there is no boundary, or the body does not follow it
    static List<Part> parts(byte[] body, String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw broken();
        }
        String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        List<Part> parts = new ArrayList<>();
        int at = text.indexOf(delimiter);
        while (at >= 0 && !text.startsWith("--", at + delimiter.length())) {
            int begin = text.indexOf("\r\n", at + delimiter.length());
            int end = begin < 0 ? -1 : text.indexOf("\r\n" + delimiter, begin);
            if (end < 0 || parts.size() >= MOST_PARTS) {
                throw broken();
            }
            parts.add(part(text.substring(Math.min(begin + 2, end), end)));
            at = end + 2;
        }
        if (at < 0) {
            throw broken();
        }
        return parts;
    }

    private static Part part(String text) {
        Map<String, String> headers = new TreeMap<>();
        int at = 0;
        while (!text.startsWith("\r\n", at)) {
            int end = text.indexOf("\r\n", at);
            int colon = text.indexOf(':', at);
            if (end < 0 || colon < 0 || colon > end) {
                throw broken();
            }
            headers.put(
                    text.substring(at, colon).strip().toLowerCase(Locale.ROOT),
                    text.substring(colon + 1, end).strip());
            at = end + 2;
        }
        return new Part(headers, text.substring(at + 2).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Refusal broken() {
        return Refusal.of(400, "parse_error", "failed to parse request body");
    }
}
