package fulcrum.sip;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/// What SIP over TLS needs.
///
/// @param address where to listen; port 0 takes a free one
/// @param context asked for each new connection, made or accepted, so that a new certificate is used as soon as it is
///                there; it also says whom we trust
public record TlsSettings(InetSocketAddress address, Supplier<SSLContext> context) {}
