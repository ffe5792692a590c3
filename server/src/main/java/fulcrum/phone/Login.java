package fulcrum.phone;

import java.net.InetSocketAddress;

/// As whom a phone calls, and where its server is.
///
/// @param realm the SIP domain, as in `sip:user@realm`
/// @param server where requests are sent, whatever the realm says
public record Login(
        String username,
        String password,
        String realm,
        String displayName,
        InetSocketAddress server) {}
