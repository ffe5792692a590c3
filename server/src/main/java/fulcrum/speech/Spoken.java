package fulcrum.speech;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What became of a text that was to be spoken.
public sealed interface Spoken {
    /// It is in a WAV file: one channel of 16-bit samples.
    ///
    /// @param file only to be read; it stays for at least a minute, and for whoever has opened it, as long as needed
    /// @param notice what is not as it was asked for (another engine, another language, a cut text), for the log and
    ///     the handler's author
    record Audio(Path file, int sampleRate, Duration length, Optional<String> notice)
            implements Spoken {}

    /// There is nothing to hear.
    record Nothing(String reason) implements Spoken {}
}
