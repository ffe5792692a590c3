package fulcrum.web;

import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLException;

/// The pooled connections, each opened to an address that the guard has seen.
///
/// Looking a name up is a native call, so it happens on a few platform threads (`web-dns`) and not on the virtual
/// thread of the request, which only waits for it. Requests are sent without a chain of filters in between: what a
/// handler needs of HTTP is said in [Hop], [OpenAnswer] and here. No read or write is timed; the deadline's interrupt
/// closes the socket.
final class GuardedConnections implements AutoCloseable {
    private static final int LOOKUPS = 16;
    private static final int WAITING_LOOKUPS = 2000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(60);

    /// Longer than any deadline, which interrupts whoever waits for a free connection.
    private static final Timeout UNTIL_THE_DEADLINE = Timeout.ofDays(1);

    private final AddressGuard guard;
    private final String userAgent;
    private final ThreadPoolExecutor lookups;
    private final PoolingHttpClientConnectionManager pool;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();
    private final AtomicLong exchanges = new AtomicLong();

    GuardedConnections(AddressGuard guard, GuardedClient.Settings settings) {
        this.guard = guard;
        this.userAgent = settings.userAgent();
        this.lookups =
                new ThreadPoolExecutor(
                        LOOKUPS,
                        LOOKUPS,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING_LOOKUPS),
                        Thread.ofPlatform().daemon().name("web-dns-", 1).factory());
        lookups.allowCoreThreadTimeOut(true);
        this.pool = pool(settings);
    }

    private PoolingHttpClientConnectionManager pool(GuardedClient.Settings settings) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedAddresses())
                .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                                .http1Config(
                                        Http1Config.custom()
                                                .setMaxHeaderCount(200)
                                                .setMaxLineLength(32 * 1024)
                                                .build())
                                .build())
                .setMaxConnTotal(settings.mostAtOnce())
                .setMaxConnPerRoute(settings.mostPerHost())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setTimeToLive(
                                        TimeValue.ofMinutes(5)) // so that moved names are followed
                                // asking whether it still stands costs a read
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                // the deadlines see to that; a timed wait costs more
                                .setConnectTimeout(Timeout.DISABLED)
                                .build())
                .build();
    }

    /// Sends a request over a kept connection or a new one, and waits for the head of its answer.
    ///
    /// A kept connection may turn out to have been closed meanwhile; the request is then sent once more, over a new one
    /// (RFC 9112 §9.3.1). Nothing else is ever repeated.
    ///
    /// @throws IOException when there is no answer, and at the deadline, which interrupts
    OpenAnswer ask(Hop hop) throws IOException {
        ClassicHttpRequest request = hop.request(userAgent);
        HttpClientContext context = HttpClientContext.create();
        String name = "web-" + exchanges.incrementAndGet();
        ConnectionEndpoint endpoint = lease(name, hop.route());
        boolean answered = false;
        try {
            ClassicHttpResponse response = send(name, endpoint, request, context);
            TimeValue stays =
                    DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(
                                    request, response, context)
                            ? DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(
                                    response, context)
                            : null;
            OpenAnswer answer = new OpenAnswer(response, whole -> giveBack(endpoint, whole, stays));
            answered = true;
            return answer;
        } catch (HttpException nonsense) {
            throw new ClientProtocolException(nonsense);
        } finally {
            if (!answered) {
                giveBack(endpoint, false, null);
            }
        }
    }

    private ConnectionEndpoint lease(String name, HttpRoute route) throws IOException {
        LeaseRequest lease = pool.lease(name, route, UNTIL_THE_DEADLINE, null);
        try {
            return lease.get(UNTIL_THE_DEADLINE);
        } catch (InterruptedException over) {
            lease.cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("no free connection in time");
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("no connection to be had", failed);
        }
    }

    private ClassicHttpResponse send(
            String name,
            ConnectionEndpoint endpoint,
            ClassicHttpRequest request,
            HttpClientContext context)
            throws IOException, HttpException {
        if (endpoint.isConnected()) {
            Attempt attempt = new Attempt();
            try {
                return endpoint.execute(name, request, attempt, context);
            } catch (IOException failure) {
                if (attempt.heard || !isClosed(failure) || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
            endpoint.close(CloseMode.IMMEDIATE);
        }
        pool.connect(endpoint, null, context);
        return endpoint.execute(name, request, executor::execute, context);
    }

    private static boolean isClosed(IOException failure) {
        return failure instanceof NoHttpResponseException
                || failure instanceof SocketException
                || (failure instanceof SSLException
                        && failure.getCause() instanceof SocketException);
    }

    /// @param stays how long the connection may be kept when the message on it is whole; absent when not at all
    private void giveBack(ConnectionEndpoint endpoint, boolean whole, @Nullable TimeValue stays) {
        if (!whole) {
            endpoint.close(CloseMode.IMMEDIATE);
        }
        pool.release(endpoint, null, whole ? stays : null);
    }

    /// Closes connections that have not been used for a minute.
    void closeIdle() {
        pool.closeIdle(IDLE);
        pool.closeExpired();
    }

    @Override
    public void close() {
        pool.close(CloseMode.IMMEDIATE);
        lookups.shutdownNow();
    }

    /// Gives the connections the guard's addresses and no others.
    private final class CheckedAddresses implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return checked(host, port).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        private List<InetAddress> checked(String host, int port) throws UnknownHostException {
            Future<List<InetAddress>> lookup;
            try {
                lookup = lookups.submit(() -> guard.addresses(host, port));
            } catch (RejectedExecutionException full) {
                throw unknown(host + ": too many look-ups wait already", full);
            }
            try {
                return lookup.get();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                throw unknown(host + ": not looked up in time", over);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UnknownHostException why) {
                    throw why;
                }
                throw unknown(host, failed);
            }
        }

        private static UnknownHostException unknown(String message, Exception cause) {
            UnknownHostException unknown = new UnknownHostException(message);
            unknown.initCause(cause);
            return unknown;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": the guard must know the port, too");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /// One sending over a kept connection.
    private final class Attempt implements ConnectionEndpoint.RequestExecutor {
        /// Whether any byte came back before it failed.
        private boolean heard;

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request, HttpClientConnection connection, HttpContext context)
                throws IOException, HttpException {
            EndpointDetails details = connection.getEndpointDetails(); // none when just closed
            long before = received(details);
            try {
                return executor.execute(request, connection, context);
            } catch (IOException failure) {
                heard = received(details) > before;
                throw failure;
            }
        }

        private static long received(@Nullable EndpointDetails details) {
            return details == null ? 0 : details.getReceivedBytesCount();
        }
    }
}
