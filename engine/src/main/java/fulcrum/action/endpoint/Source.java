package fulcrum.action.endpoint;

/// Which action rings an endpoint.
public enum Source {
    DEVICE,
    USER,
    GROUP,
    RING_GROUP;

    /// Whether it counts as a direct call, which `call_forward.direct_calls_only` wants.
    boolean isDirect() {
        return this != RING_GROUP;
    }

    /// Whether the calling device is never rung, not even with `can_call_self`.
    boolean sparesCaller() {
        return this != DEVICE;
    }
}
