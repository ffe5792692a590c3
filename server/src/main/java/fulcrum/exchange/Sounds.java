package fulcrum.exchange;

import fulcrum.call.Sound;
import fulcrum.media.AudioSource;
import fulcrum.media.Codec;

import java.util.function.Consumer;

/// Where the legs get what they play.
public interface Sounds {
    /// Makes a sound ready to be played to one listener and hands over the outcome, at once or later, on any thread.
    /// Never blocks.
    void prepare(Wish wish, Consumer<Outcome> ready);

    /// Who wants to hear what.
    ///
    /// @param accountId whose call it is, for media and prompts of its own
    /// @param times how often it is played; 0 is for ever
    /// @param codec in which the listener will hear it
    record Wish(String accountId, Sound sound, int times, Codec codec) {}

    /// What became of a wish to hear something.
    sealed interface Outcome {
        record Ready(AudioSource source) implements Outcome {}

        /// @param reason plain words for the person who wrote the flow
        record Failed(String reason) implements Outcome {}
    }
}
