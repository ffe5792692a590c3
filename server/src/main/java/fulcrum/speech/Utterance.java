package fulcrum.speech;

/// A text to be spoken.
///
/// @param voice `male`, `female`, or a name that begins or ends so (`female/en-US`); empty: the engine's own. TwiML's
///     `man`, `woman` and `alice` count too. Anything else is the engine's own.
/// @param language for example `en-us`; empty: English
/// @param engine empty: the default engine
public record Utterance(String text, String voice, String language, String engine) {
    /// A text in a language, in the default voice.
    public static Utterance of(String text, String language) {
        return new Utterance(text, "", language, "");
    }
}
