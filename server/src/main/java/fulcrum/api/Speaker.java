package fulcrum.api;

/// Makes sound of text, for media documents whose `media_source` is `tts`. Safe for use from any thread; may take
/// seconds.
@FunctionalInterface
public interface Speaker {
    /// @param voice `gender/locale` as the schema of media lists them, such as `female/en-US`
    /// @return a WAV file
    /// @throws Refusal when it cannot be done; [#failed] makes one
    byte[] wav(String text, String voice, String language);

    /// The refusal of a request whose text could not be spoken.
    static Refusal failed(String reason) {
        return Refusal.fault(500, reason);
    }
}
