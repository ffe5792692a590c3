package fulcrum.call;

/// Something a call holds and must let go of when it ends, however it ends: a leg, a seat, a recording.
@FunctionalInterface
public interface Held {
    /// Lets go. Must not wait and must not throw.
    void release();
}
