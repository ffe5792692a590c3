package fulcrum.api;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The door between Jetty and [Desk]: reads head and body of a request, writes the answer. Runs on virtual threads.
final class ApiHandler extends Handler.Abstract {
    private static final Pattern REQUEST_ID = Pattern.compile("[\\w.:@+/=-]{1,128}");

    /// A body that is declared longer than this many limits is not even read.
    private static final long HOPELESS = 4;

    private final Desk desk;
    private final Probes probes;
    private final ApiSettings settings;
    private final Clock clock;

    ApiHandler(Desk desk, Probes probes, ApiSettings settings, Clock clock) {
        this.desk = desk;
        this.probes = probes;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = String.valueOf(request.getHttpURI().getPath());
        Outgoing outgoing =
                probes.answer(request.getMethod(), path)
                        .orElseGet(() -> desk.serve(incoming(request), () -> body(request)));
        response.setStatus(outgoing.status());
        outgoing.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put("Content-Length", outgoing.body().length);
        response.write(true, ByteBuffer.wrap(outgoing.body()), callback);
        return true;
    }

    private Incoming incoming(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
        }
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        return Incoming.of(
                request.getMethod().toUpperCase(Locale.ROOT),
                path == null ? "/" : path,
                query == null ? "" : query,
                headers,
                clientAddress(request, headers),
                requestId(headers));
    }

    private static String requestId(Map<String, String> headers) {
        String given = headers.getOrDefault("x-request-id", "");
        return REQUEST_ID.matcher(given).matches() ? given : Secrets.id();
    }

    private String clientAddress(Request request, Map<String, String> headers) {
        String peer = Request.getRemoteAddr(request);
        boolean isProxied = settings.trustedProxies().contains(peer);
        return isProxied
                ? forwarded(headers.getOrDefault("x-forwarded-for", "")).orElse(peer)
                : peer;
    }

    /// The last address of the header that is not one of our own proxies: those before it are only claimed.
    private Optional<String> forwarded(String header) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(
                        address ->
                                !address.isEmpty() && !settings.trustedProxies().contains(address))
                .reduce((earlier, later) -> later);
    }

    private byte[] body(Request request) {
        if (request.getLength() > HOPELESS * settings.bodyLimit()) {
            throw Refusal.of(413, "request_entity_too_large", "request entity too large");
        }
        EndPoint wire = request.getConnectionMetaData().getConnection().getEndPoint();
        wire.setIdleTimeout(settings.bodyPatience().toMillis());
        try {
            return read(request);
        } finally {
            wire.setIdleTimeout(ApiServer.IDLE.toMillis());
        }
    }

    private byte[] read(Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long deadline = clock.millis() + settings.bodyPatience().toMillis();
        byte[] buffer = new byte[16_384];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > settings.bodyLimit()) {
                    throw Refusal.invalid(
                            Violation.of(
                                            "file",
                                            "maxSize",
                                            "Files must not be more than "
                                                    + settings.bodyLimit()
                                                    + " bytes")
                                    .with("target", settings.bodyLimit()));
                }
                if (clock.millis() > deadline) {
                    throw Refusal.of(408, "timeout", "timeout");
                }
            }
        } catch (IOException gone) {
            throw Refusal.of(400, "parse_error", "failed to parse request body");
        }
        return bytes.toByteArray();
    }
}
