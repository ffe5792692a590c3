package fulcrum.sip;

import java.time.Duration;

/// How much the transports take before they say no.
///
/// @param mostConnections TCP connections open at once, made and accepted, and as many of TLS; one more is closed at
///                        once; default 5000
/// @param idle            a connection on which nothing came for so long is closed; default 2 h
/// @param messageTime     how long a new connection may be silent, and how long one message may take from its first
///                        byte to its last; default 32 s
/// @param connectTime     how long is tried to make a connection, and then again how long its TLS handshake may take,
///                        whoever made it; default 5 s
/// @param mostQueuedBytes what may wait to be written on one connection before it is given up; default 1 MiB
public record TransportLimits(
        int mostConnections,
        Duration idle,
        Duration messageTime,
        Duration connectTime,
        int mostQueuedBytes) {
    /// The defaults.
    public TransportLimits() {
        this(5_000, Duration.ofHours(2), Duration.ofSeconds(32), Duration.ofSeconds(5), 1 << 20);
    }
}
