package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/// Decides whose RTP is ours: the first source that is heard, for as long as it is heard.
///
/// 1. Open: any source is taken, and replies go there, whatever the SDP said (symmetric RTP, RFC 4961), so that phones
///    behind a NAT are reached.
/// 2. Locked: other sources are refused, so that nobody slips into a running call.
/// 3. A locked source that was silent for two seconds may be followed by another one.
/// 4. A new remote address in the SDP opens the lock. Packets of the old source may still be on their way and take it
///    again; so for two seconds exactly the named address may take it over.
///
/// Pure: time is passed in. Belongs to one media thread.
final class SourceLock {
    static final long SILENCE_NANOS = 2_000_000_000L;
    static final long SETTLED_NANOS = 2 * SILENCE_NANOS;

    private @Nullable InetSocketAddress locked;
    private @Nullable InetSocketAddress named;
    private boolean contested;
    private long lastHeard;
    private long since;
    private long reopened;

    /// Tells whether a packet from `source` is to be taken, and locks to it if so.
    boolean admits(InetSocketAddress source, long now) {
        if (source.equals(locked)) {
            lastHeard = now;
            return true;
        }
        if (locked == null || now - lastHeard > SILENCE_NANOS || isNamed(source, now)) {
            locked = source;
            lastHeard = now;
            since = now;
            contested = contested && !source.equals(named);
            return true;
        }
        return false;
    }

    private boolean isNamed(InetSocketAddress source, long now) {
        return contested && now - reopened <= SILENCE_NANOS && source.equals(named);
    }

    /// Opens the lock since the SDP names another address.
    void reopen(InetSocketAddress address, long now) {
        locked = null;
        named = address;
        contested = true;
        reopened = now;
    }

    /// Returns the source when it has been heard for so long, and was a moment ago, that no other one is expected; else
    /// null.
    @Nullable InetSocketAddress settled(long now) {
        boolean lasting = now - since > SETTLED_NANOS && now - lastHeard < SILENCE_NANOS / 2;
        return lasting ? locked : null;
    }

    /// Returns the source that is heard, null before anything was.
    @Nullable InetSocketAddress source() {
        return locked;
    }
}
