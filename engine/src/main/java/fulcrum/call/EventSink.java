package fulcrum.call;

/// Where calls tell what they do. Never blocks; safe from any thread.
public interface EventSink {
    void emit(CallEvent event);

    /// Tells nobody.
    EventSink NONE = event -> {};
}
