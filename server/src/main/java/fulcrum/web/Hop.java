package fulcrum.web;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One request on the way along redirects.
record Hop(String method, WebUrl url, Map<String, String> headers, String body) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /// Headers that may follow to another host; everything else might be a secret of the first one.
    private static final Set<String> HARMLESS = Set.of("Content-Type", "Accept");

    /// @throws BadFetch when the URL is unusable
    static Hop first(HttpAsk ask) throws BadFetch {
        WebUrl url =
                WebUrl.parse(ask.url())
                        .orElseThrow(
                                () ->
                                        new BadFetch(
                                                HttpAnswer.Kind.BAD_URL,
                                                "not an http or https URL with a usable host"));
        return new Hop(ask.method(), url, ask.headers(), ask.body());
    }

    /// Where an answer sends us (RFC 9110 §15.4): 307 and 308 keep the method and the body, the others turn everything
    /// but HEAD into GET.
    ///
    /// @return empty when the answer is no redirect
    /// @throws BadFetch when it sends us to something that is no URL
    Optional<Hop> next(Head head) throws BadFetch {
        String location = head.header("location");
        if (!REDIRECTS.contains(head.status()) || location.isEmpty()) {
            return Optional.empty();
        }
        WebUrl there =
                url.resolve(location)
                        .orElseThrow(
                                () ->
                                        new BadFetch(
                                                HttpAnswer.Kind.BAD_URL,
                                                "redirected to an unusable URL: " + location));
        boolean keep = head.status() == 307 || head.status() == 308;
        Map<String, String> sent = new LinkedHashMap<>(headers);
        if (!there.sameOrigin(url)) {
            sent.keySet().retainAll(HARMLESS);
        }
        if (keep || method.equals("GET") || method.equals("HEAD")) {
            return Optional.of(new Hop(method, there, sent, body));
        }
        sent.remove("Content-Type");
        return Optional.of(new Hop("GET", there, sent, ""));
    }

    HttpRoute route() {
        HttpHost target = new HttpHost(url.scheme(), url.host(), url.port());
        return new HttpRoute(target, null, url.scheme().equals("https"));
    }

    /// The request as it is sent. How the message is framed is ours to say, whatever `headers` say.
    ///
    /// @param userAgent sent unless `headers` name another
    ClassicHttpRequest request(String userAgent) {
        URIAuthority authority = authority();
        ClassicHttpRequest request =
                new BasicClassicHttpRequest(method, url.scheme(), authority, url.target());
        request.setHeader("Host", authority);
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Accept-Encoding", OpenAnswer.ENCODINGS);
        headers.forEach(request::setHeader);
        request.setHeader("Connection", "keep-alive");
        request.removeHeaders("Transfer-Encoding");
        request.removeHeaders("Content-Length");
        url.basicAuthorization().ifPresent(value -> request.setHeader("Authorization", value));
        boolean carries = method.equals("POST") || method.equals("PUT") || !body.isEmpty();
        if (carries) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            request.setHeader("Content-Length", bytes.length);
            // no content type of its own: the headers say it
            request.setEntity(new ByteArrayEntity(bytes, null));
        }
        return request;
    }

    private URIAuthority authority() {
        boolean usual = url.port() == (url.scheme().equals("https") ? 443 : 80);
        return new URIAuthority(url.host(), usual ? -1 : url.port());
    }
}
