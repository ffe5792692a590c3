package fulcrum.call;

/// How a playback that a call waited for ended.
public sealed interface Played {
    record Completed() implements Played {}

    /// The caller pressed a key that stops it.
    record StoppedBy(char digit) implements Played {}

    /// It could not be played.
    record Failed(String reason) implements Played {}
}
