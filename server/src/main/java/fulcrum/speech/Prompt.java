package fulcrum.speech;

import fulcrum.storage.Attachments;

/// What there is to hear for a prompt or a media document.
public sealed interface Prompt {
    /// Somebody uploaded or recorded it.
    record Recording(Attachments.Stored content) implements Prompt {}

    /// It is to be spoken, see [Voices#say].
    record Text(Utterance utterance) implements Prompt {}

    /// There is nothing; nothing is heard.
    record Missing(String reason) implements Prompt {}
}
