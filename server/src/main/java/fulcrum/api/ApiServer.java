package fulcrum.api;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

/// The HTTP server of the REST interface.
///
/// 1. [#start] binds the port; handlers then run on virtual threads (`api-…`), I/O on a few platform threads
///    (`http-…`).
/// 2. [#drain] lets running requests end and takes no new ones.
/// 3. [#stop] ends everything.
///
/// A slow client holds a connection (at most 2000 of them) and at worst one virtual thread, for as long as
/// [ApiSettings#bodyPatience] says.
public final class ApiServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 2_000;

    /// How long a connection may lie idle while there are as many as there may be.
    private static final Duration CROWDED_IDLE = Duration.ofSeconds(5);

    private static final int HEADER_BYTES = 16_384;

    /// How long a connection may lie idle between requests.
    static final Duration IDLE = Duration.ofMinutes(2);

    private final Server server;
    private final ServerConnector connector;
    private final HttpConfiguration http = new HttpConfiguration();
    private Optional<SecureDoor> secure = Optional.empty();

    /// @param host the address to bind
    /// @param port 0 for any free one, see [#port]
    public ApiServer(String host, int port, ApiParts parts) {
        QueuedThreadPool threads = new QueuedThreadPool(32, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory()));
        server = new Server(threads);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // ids of calls and prompts hold encoded slashes and percent signs: the router decodes each
        // segment itself
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        open(connector);
        server.setErrorHandler(plainErrors());
        server.setStopTimeout(0);
        ApiHandler handler =
                new ApiHandler(
                        Desks.of(parts),
                        new Probes(parts.health()),
                        parts.settings(),
                        parts.clock());
        server.setHandler(new GracefulHandler(handler));
    }

    private void open(ServerConnector door) {
        server.addConnector(door);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, door);
        limit.setEndPointIdleTimeout(CROWDED_IDLE.toMillis());
        server.addBean(limit);
    }

    /// Answers HTTPS on another port, too; only before [#start].
    ///
    /// @param host the address to bind
    /// @param port 0 for any free one, see [#securePort]
    public void secure(String host, int port, SSLContext context) {
        SecureDoor door = new SecureDoor(server, http, host, port, context);
        open(door.connector());
        secure = Optional.of(door);
    }

    /// Shows another certificate to new HTTPS connections; those that are open go on.
    public void renew(SSLContext context) {
        secure.ifPresent(door -> door.renew(context));
    }

    /// For requests that are no HTTP: JSON, and nothing about our insides.
    private static ErrorHandler plainErrors() {
        ErrorHandler errors = new ErrorHandler();
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        errors.setDefaultResponseMimeType("application/json");
        return errors;
    }

    /// Binds the ports and begins to answer.
    ///
    /// @throws ApiFailed when a port is taken or must not be bound
    public void start() {
        try {
            server.start();
        } catch (Exception failed) { // Jetty's life cycle declares Exception
            boolean isHttps = secure.filter(door -> isAbout(door.connector(), failed)).isPresent();
            ServerConnector door = isHttps ? secure.get().connector() : connector;
            String place = door.getHost() + ":" + door.getPort();
            String what = isHttps ? "HTTPS for the API" : "the API";
            throw new ApiFailed(
                    what + " cannot listen on " + place + ": " + reason(failed), failed);
        }
    }

    /// Jetty closes every port when one cannot be bound, and says which it was in its words only.
    private static boolean isAbout(ServerConnector door, Throwable failed) {
        String place = ":" + door.getPort();
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).endsWith(place)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /// The port that is bound; only after [#start].
    public int port() {
        return connector.getLocalPort();
    }

    /// The port that is bound for HTTPS; empty without it, only after [#start].
    public OptionalInt securePort() {
        return secure.map(door -> OptionalInt.of(door.connector().getLocalPort()))
                .orElse(OptionalInt.empty());
    }

    /// Takes no new requests and waits for running ones.
    public void drain(Duration patience) {
        server.setStopTimeout(patience.toMillis());
        stop();
    }

    /// Ends at once.
    public void stop() {
        try {
            server.stop();
        } catch (Exception failed) { // Jetty's life cycle declares Exception
            throw new ApiFailed("the API did not stop cleanly", failed);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
