package fulcrum.media;

import java.time.Duration;

/// Is told what happens on a path.
///
/// Called on media threads: it must not block, wait for a lock or do work beyond handing a value on.
public interface MediaListener {
    /// Tells of a digit that the other side pressed and released, exactly once each.
    ///
    /// @param digit one of `0`–`9`, `*`, `#`, `A`–`D`
    /// @param length how long it was held as far as known
    void digitPressed(char digit, Duration length);

    /// Tells that a playback is over: it came to its end, or was stopped, replaced or cut off by the end of the path.
    ///
    /// @param playbackId the number given to [MediaPath#play]
    /// @param completed whether it came to its end
    void playbackEnded(long playbackId, boolean completed);

    /// Tells that all digits of a [MediaPath#sendDigits] were sent.
    void digitsSent();

    /// Tells that the first RTP packet arrived and its source is now where we send to.
    void audioHeard();

    /// Tells that the path is closed, its ports are free again, and what it counted. After this only sounds that were
    /// ordered too late are still told to have ended.
    default void closed(MediaCounts counts) {}
}
