package fulcrum.speech;

import java.time.Duration;

/// How much speaking may take.
///
/// @param threads that render, 1 or more; each loads a voice of its own (about 6 MB)
/// @param cacheBytes of rendered texts on the disk; a minute of speech is about 2 MB
/// @param waiting texts that may wait to be rendered; who comes then is told that there are too many
/// @param deadline how long whoever asks waits for a text
public record VoiceSettings(int threads, long cacheBytes, int waiting, Duration deadline) {
    public static final VoiceSettings DEFAULT =
            new VoiceSettings(2, 512L * 1024 * 1024, 1000, Duration.ofSeconds(10));
}
