package fulcrum.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A host and a port as a setting: `127.0.0.1:5060`, `[::1]:8000`, `0.0.0.0:0` (any free port).
record HostPort(String host, int port) {
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String digits = text.substring(colon + 1);
        if (host.isEmpty() || !digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new BadSetting("`" + text + "` is not HOST:PORT, for example 127.0.0.1:8000");
        }
        return new HostPort(host, Integer.parseInt(digits));
    }

    /// The address, with the host looked up.
    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new BadSetting("the host `" + host + "` is not known: " + unknown.getMessage());
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
