package fulcrum.speech;

/// Something that can speak.
public interface VoiceEngine {
    /// Short and lower case; part of the cache's keys, so it changes when the sound does.
    String name();

    /// Samples a second, 8000 to 48000.
    int sampleRate();

    /// Whether it can speak a language, for example `en-us`.
    boolean speaks(String language);

    /// Loads a voice, which may take a second. Called from the speech threads, once for each of them.
    ///
    /// @throws SpeechFailed when that is not possible
    Voice load();
}
