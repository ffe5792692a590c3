package fulcrum.call;

import java.time.Duration;
import java.util.Map;

/// An HTTP request that a call wants made.
///
/// @param method `GET`, `POST`, `PUT`
/// @param url absolute, `http` or `https`
/// @param headers in the order to be sent
/// @param body sent as UTF-8; empty for GET
/// @param deadline for everything: connecting, redirects and the whole body
/// @param maxBody bytes of the answer's body, after decompression; more is [HttpAnswer.Kind#TOO_LARGE]
public record HttpAsk(
        String method,
        String url,
        Map<String, String> headers,
        String body,
        Duration deadline,
        int maxBody) {}
