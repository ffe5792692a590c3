package fulcrum.sdk;

import fulcrum.call.HttpAnswer;

import java.time.Duration;
import java.util.Map;

/// What the web server of a scenario answers.
///
/// @param path the URL's path this is for; empty for any other
/// @param takes how long it thinks, virtual time
public record WebPage(String path, HttpAnswer answer, Duration takes) {
    /// A page with a status, a content type and a body; an empty content type is not sent.
    public static WebPage of(String path, int status, String contentType, String body) {
        Map<String, String> headers =
                contentType.isEmpty() ? Map.of() : Map.of("content-type", contentType);
        return new WebPage(path, new HttpAnswer.Response(status, headers, body, ""), Duration.ZERO);
    }
}
