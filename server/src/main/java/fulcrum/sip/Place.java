package fulcrum.sip;

import java.net.InetSocketAddress;

/// Where a request can be sent: one server behind a SIP URI (RFC 3263 §4).
///
/// @param address over TLS its host string is what the other side's certificate must be for
public record Place(Protocol protocol, InetSocketAddress address) {}
