package fulcrum.api;

import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/// Turns what a handler said, or a refusal, into an HTTP answer: status, envelope, ETag, ranges, CORS, compression.
final class Answers {
    private static final String ALLOWED_HEADERS =
            "content-type, depth, user-agent, x-http-method-override, x-file-size, x-requested-with,"
                    + " if-modified-since, x-file-name, cache-control, x-auth-token, x-kazoo-cluster-id,"
                    + " if-match";
    private static final String EXPOSED_HEADERS =
            "content-type, x-auth-token, x-request-id, x-kazoo-cluster-id, location, etag";
    private static final int WORTH_COMPRESSING = 1024;
    private static final List<String> CSV_TYPES =
            List.of("text/csv", "text/comma-separated-values", "application/octet-stream");

    private final Envelopes envelopes;
    private final Clock clock;

    Answers(ApiSettings settings, Clock clock) {
        this.envelopes = new Envelopes(settings);
        this.clock = clock;
    }

    /// Refuses a body of a type that the route does not take, and an `Accept` that nothing here can satisfy.
    void checkTypes(ApiRequest request, Route route) {
        boolean isStray =
                request.files().stream().anyMatch(file -> !CSV_TYPES.contains(file.contentType()));
        if (isStray && !route.takesFiles()) {
            throw Refusal.of(415, "unsupported_media_type", "unsupported media type");
        }
        String accept = request.accept().toLowerCase(Locale.ROOT);
        boolean isOffered =
                accept.contains("json")
                        || accept.contains("*")
                        || accept.contains("javascript")
                        || isCsv(accept)
                        || route.takesFiles();
        if (request.method().equals("GET") && !isOffered) {
            throw Refusal.of(406, "not_acceptable", "not acceptable");
        }
    }

    static boolean isCsv(String accept) {
        return CSV_TYPES.stream().anyMatch(accept::startsWith);
    }

    Outgoing replied(ApiReply reply, ApiRequest request, Desk.Progress progress) {
        Map<String, String> headers = headers(request.incoming(), progress);
        boolean isPut = request.method().equals("PUT");
        if (!reply.createdId().isEmpty() && isPut) {
            headers.put(
                    "Location",
                    request.incoming().path().replaceAll("/+$", "")
                            + "/"
                            + encoded(reply.createdId()));
        }
        if (reply.content().isPresent()) {
            return Ranges.cut(reply.content().get(), request.incoming(), headers);
        }
        Optional<String> tag = tag(reply);
        tag.ifPresent(etag -> headers.put("ETag", etag));
        if (request.method().equals("GET") && isUnchanged(request, tag)) {
            return new Outgoing(304, headers, new byte[0]);
        }
        int status = isPut ? 201 : 200;
        if (isCsv(request.accept()) && reply.data().isArray()) {
            return csv(reply, request, headers);
        }
        ObjectNode envelope = envelopes.success(reply, facts(request.incoming(), progress));
        boolean chunked = request.flag("is_chunked") || reply.envelope().has("is_chunked");
        envelope.remove("is_chunked");
        return written(
                status,
                chunked ? Envelopes.chunked(envelope) : envelope,
                headers,
                request.incoming());
    }

    private static String encoded(String id) {
        return java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Outgoing refused(Refusal refusal, Incoming incoming, Desk.Progress progress) {
        Map<String, String> headers = headers(incoming, progress);
        putCors(headers, incoming, progress);
        if (refusal.status() == 405) {
            headers.put("Allow", allowed(incoming, progress));
        }
        if (refusal.status() == 406 || refusal.status() == 415) {
            return new Outgoing(refusal.status(), headers, new byte[0]);
        }
        return written(
                refusal.status(),
                envelopes.error(refusal, facts(incoming, progress)),
                headers,
                incoming);
    }

    Outgoing preflight(Incoming incoming, Desk.Progress progress) {
        Map<String, String> headers = headers(incoming, progress);
        headers.put("Allow", allowed(incoming, progress));
        putCors(headers, incoming, progress);
        return new Outgoing(200, headers, new byte[0]);
    }

    private Envelopes.Facts facts(Incoming incoming, Desk.Progress progress) {
        return new Envelopes.Facts(
                incoming.requestId(),
                progress.request.flatMap(ApiRequest::sender),
                clock.instant(),
                progress.consumed,
                progress.remaining);
    }

    private static Map<String, String> headers(Incoming incoming, Desk.Progress progress) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", incoming.requestId());
        headers.put("Expires", "Fri, 01 Jan 1999 00:00:00 GMT");
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        boolean isCors =
                incoming.header("Origin").isPresent()
                        || incoming.header("Access-Control-Request-Method").isPresent()
                        || incoming.header("Access-Control-Request-Headers").isPresent();
        if (isCors) {
            putCors(headers, incoming, progress);
        }
        return headers;
    }

    private static void putCors(
            Map<String, String> headers, Incoming incoming, Desk.Progress progress) {
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Access-Control-Allow-Methods", allowed(incoming, progress));
        headers.put("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        headers.put("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        headers.put("Access-Control-Max-Age", "86400");
    }

    private static String allowed(Incoming incoming, Desk.Progress progress) {
        TreeSet<String> methods = new TreeSet<>(progress.methods);
        methods.add("OPTIONS");
        incoming.header("Access-Control-Request-Method")
                .map(method -> method.toUpperCase(Locale.ROOT))
                .filter(method -> method.matches("GET|PUT|POST|PATCH|DELETE"))
                .ifPresent(methods::add);
        return String.join(", ", methods);
    }

    private static Optional<String> tag(ApiReply reply) {
        return switch (reply.tag()) {
            case NONE -> Optional.empty();
            case REVISION ->
                    Optional.of("\"" + reply.envelope().path("revision").asString() + "\"");
            case BODY ->
                    Optional.of(
                            "\""
                                    + Secrets.digest("MD5", Envelopes.bytes(reply.data(), false))
                                    + "\"");
        };
    }

    private static boolean isUnchanged(ApiRequest request, Optional<String> tag) {
        Optional<String> known = request.incoming().header("If-None-Match");
        return tag.isPresent()
                && known.filter(etags -> etags.strip().equals("*") || etags.contains(tag.get()))
                        .isPresent();
    }

    private static Outgoing csv(ApiReply reply, ApiRequest request, Map<String, String> headers) {
        String name =
                request.incoming()
                        .header("X-File-Name")
                        .or(() -> request.incoming().query("file_name"))
                        .orElse("result.csv");
        headers.put("Content-Type", "text/csv");
        headers.put("Content-Disposition", "attachment; filename=\"" + Ranges.safe(name) + "\"");
        return new Outgoing(200, headers, Csv.of(reply.data()).getBytes(StandardCharsets.UTF_8));
    }

    private static Outgoing written(
            int status, ObjectNode envelope, Map<String, String> headers, Incoming incoming) {
        boolean pretty =
                incoming.header("X-Pretty-Print")
                        .or(() -> incoming.query("pretty_print"))
                        .filter("true"::equals)
                        .isPresent();
        byte[] json = Envelopes.bytes(envelope, pretty);
        Optional<byte[]> script = Envelopes.asScript(json, incoming.query("jsonp"));
        headers.put(
                "Content-Type", script.isPresent() ? "application/javascript" : "application/json");
        byte[] body = script.orElse(json);
        boolean isWanted =
                incoming.header("Accept-Encoding")
                        .filter(text -> text.contains("gzip"))
                        .isPresent();
        if (isWanted && body.length >= WORTH_COMPRESSING) {
            headers.put("Content-Encoding", "gzip");
            headers.put("Vary", "Accept-Encoding");
            return new Outgoing(status, headers, zipped(body));
        }
        return new Outgoing(status, headers, body);
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
