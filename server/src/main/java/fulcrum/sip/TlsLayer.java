package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/// TLS 1.2 and 1.3 on top of TCP. Who connects to us proves itself by digest, not by certificate; whom we connect to
/// must have a certificate for the name we asked for.
///
/// A handshake is done by its connection's own thread, so a slow one holds up nobody, and it is cut off when its time
/// is over, however busily the other side drips its octets.
final class TlsLayer implements StreamLayer {
    private static final Logger LOG = LoggerFactory.getLogger(TlsLayer.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Supplier<SSLContext> context;
    private final Duration handshakeTime;

    TlsLayer(Supplier<SSLContext> context, Duration handshakeTime) {
        this.context = context;
        this.handshakeTime = handshakeTime;
    }

    @Override
    public Protocol protocol() {
        return Protocol.TLS;
    }

    /// An address literal may also be met by a connection that came from there.
    @Override
    public String nameOf(InetSocketAddress remote) {
        String host = remote.getHostString();
        return host.equals(remote.getAddress().getHostAddress()) ? "" : host;
    }

    @Override
    public Socket accepted(Socket raw) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.get()
                                .getSocketFactory()
                                .createSocket(raw, InputStream.nullInputStream(), true);
        socket.setUseClientMode(false);
        handshake(socket, raw);
        return socket;
    }

    @Override
    public Socket connected(Socket raw, InetSocketAddress remote) throws IOException {
        String name = remote.getHostString();
        SSLSocket socket =
                (SSLSocket)
                        context.get()
                                .getSocketFactory()
                                .createSocket(raw, name, remote.getPort(), true);
        socket.setUseClientMode(true);
        handshake(socket, raw);
        Certificate[] chain = socket.getSession().getPeerCertificates();
        if (!(chain[0] instanceof X509Certificate own) || !DomainCertificate.isFor(own, name)) {
            throw new SSLPeerUnverifiedException("the certificate is not for " + name);
        }
        return socket;
    }

    private void handshake(SSLSocket socket, Socket raw) throws IOException {
        socket.setEnabledProtocols(PROTOCOLS);
        Thread limit = Thread.ofVirtual().name("sip-tls-limit").start(() -> cutOff(raw));
        try {
            socket.startHandshake();
        } finally {
            limit.interrupt();
        }
    }

    private void cutOff(Socket raw) {
        try {
            Thread.sleep(handshakeTime);
            raw.close();
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing {} failed: {}", raw, e.toString());
        }
    }
}
