package fulcrum.web;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
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

/// The pooled connections, each opened to an address that the guard has seen.
///
/// Looking a name up is a native call, so it happens on a few platform threads (`web-dns`) and not on the virtual
/// thread of the request, which only waits for it.
final class GuardedConnections implements AutoCloseable {
    private static final int LOOKUPS = 16;
    private static final int WAITING_LOOKUPS = 2000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(60);

    private final AddressGuard guard;
    private final ThreadPoolExecutor lookups;
    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;

    GuardedConnections(AddressGuard guard, GuardedClient.Settings settings) {
        this.guard = guard;
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
        this.client = client(settings);
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
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                .build();
    }

    private CloseableHttpClient client(GuardedClient.Settings settings) {
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setUserAgent(settings.userAgent())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(Timeout.DISABLED)
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .setRetryStrategy(new StaleOnly())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    CloseableHttpClient client() {
        return client;
    }

    /// Closes connections that have not been used for a minute.
    void closeIdle() {
        pool.closeIdle(IDLE);
        pool.closeExpired();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
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

    /// Repeats a request once when a kept connection turns out to have been closed meanwhile (RFC 9112 §9.3.1);
    /// nothing else is ever repeated.
    private static final class StaleOnly implements HttpRequestRetryStrategy {
        @Override
        public boolean retryRequest(
                HttpRequest request, IOException failure, int attempt, HttpContext context) {
            boolean closed =
                    failure instanceof NoHttpResponseException
                            || failure instanceof SocketException;
            EndpointDetails connection = HttpClientContext.cast(context).getEndpointDetails();
            return closed
                    && attempt <= 1
                    && !Thread.currentThread().isInterrupted()
                    && connection != null
                    && connection.getRequestCount() > 1;
        }

        @Override
        public boolean retryRequest(HttpResponse response, int attempt, HttpContext context) {
            return false;
        }

        @Override
        public TimeValue getRetryInterval(HttpResponse response, int attempt, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }
}
