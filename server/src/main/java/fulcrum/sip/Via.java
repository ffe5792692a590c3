package fulcrum.sip;

import java.util.Locale;
import java.util.Optional;

/// One hop of a message's way (RFC 3261 §20.42, RFC 3581). Immutable.
public final class Via {
    private final String transport;
    private final String host;
    private final int port;
    private final Parameters parameters;

    private Via(String transport, String host, int port, Parameters parameters) {
        this.transport = transport;
        this.host = host;
        this.port = port;
        this.parameters = parameters;
    }

    /// Reads one value, such as `SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport`, with spaces around slashes and
    /// colon as the grammar allows.
    static Via parse(String value) {
        var text = new Text("Via", value);
        if (!text.skipSpace().token().equalsIgnoreCase("SIP")) {
            throw text.bad("protocol is not SIP");
        }
        slash(text);
        if (!text.token().equals("2.0")) {
            throw text.bad("version is not 2.0");
        }
        slash(text);
        var transport = text.token().toUpperCase(Locale.ROOT);
        if (!Text.isSpace(text.peek())) {
            throw text.bad("expected a space");
        }
        var host = HostPort.host(text.skipSpace());
        text.skipSpace();
        var port = HostPort.port(text);
        var parameters = Parameters.ofHeader(text);
        text.skipSpace().expectEnd();
        return new Via(transport, host, port, parameters);
    }

    private static void slash(Text text) {
        text.skipSpace().expect('/');
        text.skipSpace();
    }

    /// The transport in upper case, such as `UDP`.
    public String transport() {
        return transport;
    }

    /// The host of sent-by, an IPv6 address without its brackets.
    public String host() {
        return host;
    }

    /// The port of sent-by; 0 when none is written.
    public int port() {
        return port;
    }

    /// The `branch`; empty for none.
    public String branch() {
        return parameters.value("branch").orElse("");
    }

    /// The address the next hop saw, without brackets.
    public Optional<String> received() {
        return parameters
                .value("received")
                .map(address -> address.replace("[", "").replace("]", ""));
    }

    /// True when the sender wants answers on the port it sent from, or the next hop filled that port in.
    public boolean hasRport() {
        return parameters.has("rport");
    }

    /// The port the next hop saw; 0 when it is not filled in.
    public int rport() {
        var value = parameters.value("rport").orElse("");
        if (value.isEmpty()) {
            return 0;
        }
        var text = new Text("Via", value);
        var port = (int) text.number(65535);
        text.expectEnd();
        return port;
    }

    /// The value of a parameter; empty text for one without value.
    public Optional<String> parameter(String name) {
        return parameters.value(name);
    }

    /// A copy in which a parameter has this value.
    ///
    /// @param value as written; empty for a parameter without value
    public Via withParameter(String name, String value) {
        return new Via(transport, host, port, parameters.with(name, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Via && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The value as it is written in a message.
    @Override
    public String toString() {
        var written = new StringBuilder(80).append("SIP/2.0/").append(transport).append(' ');
        HostPort.append(written, host, port);
        parameters.appendTo(written);
        return written.toString();
    }
}
