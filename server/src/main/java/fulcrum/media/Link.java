package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Joins a path to another one and parts them again; both then live on the same media thread.
///
/// The path that was opened later moves to the thread of the earlier one, whoever asked. So however many joins cross,
/// paths only ever move towards the oldest and come to rest. Since a join may be under way for a while, each order has
/// a number, and one that finds a newer one at either path has no effect: what was asked for last holds.
///
/// All methods run on the path's media thread, except that another link's [#path] may be asked for its thread and
/// whether it is closed.
final class Link {
    private static final AtomicLong ORDERS = new AtomicLong();

    private final MediaPath path;
    private @Nullable Link joined;
    private long newest;

    Link(MediaPath path) {
        this.path = path;
    }

    /// Returns the number of a new order; any thread may call this.
    static long order() {
        return ORDERS.incrementAndGet();
    }

    /// Joins another path; the one joined before is left.
    void join(Link other, long order) {
        if (order < newest || path.isClosed()) {
            return;
        }
        newest = order;
        if (!other.equals(joined)) {
            part();
            meet(other, order);
        }
    }

    /// Joins the other if it is here already, else one of both moves, and then this is asked again.
    private void meet(Link other, long order) {
        if (order < newest || path.isClosed() || other.path.isClosed()) {
            return;
        }
        MediaThread there = other.path.seat().thread();
        if (there.equals(path.seat().thread())) {
            joinHere(other, order);
        } else if (path.id() > other.path.id()) {
            if (path.seat().moveTo(there)) {
                path.seat().tell(() -> meet(other, order));
            }
        } else {
            other.path.seat().tell(() -> other.follow(this, order));
        }
    }

    /// Moves to the thread of an older path that waits for this one.
    private void follow(Link older, long order) {
        if (order < newest || path.isClosed()) {
            return;
        }
        MediaThread there = older.path.seat().thread();
        if (there.equals(path.seat().thread())) {
            older.path.seat().tell(() -> older.meet(this, order));
        } else {
            part();
            if (path.seat().moveTo(there)) {
                path.seat().tell(() -> follow(older, order));
            }
        }
    }

    private void joinHere(Link other, long order) {
        if (order < other.newest) {
            return;
        }
        part();
        other.part();
        other.newest = order;
        joined = other;
        other.joined = this;
        linked(true);
        other.linked(true);
    }

    /// Parts from the other path, also if one of both is still on its way.
    void disconnect(long order) {
        if (order > newest) {
            newest = order;
            part();
        }
    }

    private void part() {
        Link other = joined;
        if (other == null) {
            return;
        }
        joined = null;
        other.joined = null;
        linked(false);
        other.linked(false);
    }

    private void linked(boolean now) {
        path.hearer().link(now);
        path.replan();
    }

    boolean isLinked() {
        return joined != null;
    }

    /// Tells whether a packet has to be decoded before it can be passed on.
    boolean needsDecoded(Codec codec) {
        return joined != null && joined.path.speaker().needsDecoded(codec);
    }

    /// Passes a packet of audio on to the other path.
    ///
    /// @param decoded how many samples of it lie in `scratch.decoded`, if that was needed
    void passOn(RtpPacket packet, Codec codec, int decoded, long now) {
        Link other = joined;
        if (other != null) {
            Speaker to = other.path.speaker();
            path.hearer().remember(packet, to.isMixing());
            Scratch scratch = path.seat().thread().scratch();
            to.relay(this, packet, codec, path.hearer().transcoder(), decoded, scratch, now);
        }
    }

    /// Tells whether events can be passed on packet by packet.
    boolean takesEvents() {
        return joined != null && joined.path.speaker().takesEvents();
    }

    void passEvent(RtpPacket packet, long now) {
        if (joined != null) {
            joined.path.speaker().relayEvent(this, packet, path.hearer().eventRate(), now);
        }
    }

    /// Sends a key on whose packets could not be passed on.
    void passKey(char digit, Duration length) {
        if (joined != null) {
            joined.path.speaker().keys(String.valueOf(digit), length, false, System.nanoTime());
            joined.path.replan();
        }
    }

    /// Returns the ear for what the other path says; null when it is not to be mixed with what is played here.
    @Nullable Ear voice() {
        return joined == null || !path.speaker().isMixing() ? null : joined.path.hearer().voice();
    }

    @Override
    public String toString() {
        return joined == null ? "nobody" : "path " + joined.path.id();
    }
}
