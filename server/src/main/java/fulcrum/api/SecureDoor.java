package fulcrum.api;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import javax.net.ssl.SSLContext;

/// The HTTPS port of the API: TLS 1.2 and 1.3 in front of the same handlers.
final class SecureDoor {
    private final SslContextFactory.Server contexts = new SslContextFactory.Server();
    private final ServerConnector connector;

    /// @param http as the plain port has it
    SecureDoor(Server server, HttpConfiguration http, String host, int port, SSLContext context) {
        contexts.setSslContext(context);
        contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        HttpConfiguration https = new HttpConfiguration(http);
        https.setUriCompliance(UriCompliance.UNSAFE);
        // whoever asks by another name than the certificate's has been told so by its own check
        https.addCustomizer(new SecureRequestCustomizer(false));
        connector =
                new ServerConnector(
                        server,
                        1,
                        1,
                        new SslConnectionFactory(contexts, "http/1.1"),
                        new HttpConnectionFactory(https));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(ApiServer.IDLE.toMillis());
    }

    ServerConnector connector() {
        return connector;
    }

    /// Shows another certificate to new connections; those that are open go on.
    void renew(SSLContext context) {
        try {
            contexts.reload(same -> same.setSslContext(context));
        } catch (Exception failed) { // Jetty's interface declares Exception
            throw new ApiFailed("the HTTPS port did not take the new certificate", failed);
        }
    }
}
