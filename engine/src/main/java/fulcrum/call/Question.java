package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import fulcrum.directory.Document;

import java.time.Duration;
import java.util.List;

/// What a call asks the world: everything that needs a disk, a network, chance, a user's regular expression or more
/// than a millisecond of work. The answer comes back as a value, so a replay knows it.
///
/// @param <A> the kind of answer
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "question")
public sealed interface Question<A extends Answer> {
    /// How long the call waits for the answer before [WorldFailed].
    default Duration deadline() {
        return Duration.ofSeconds(10);
    }

    record FindDocument(String accountId, String id) implements Question<Answer.Found> {}

    /// @param number normalised for the account
    record FindCallflow(String accountId, String number) implements Question<Answer.Callflow> {}

    /// A number as the dial plan of a document (an account, a device) and then the system's converters have it; without
    /// such a document the converters alone. The patterns of a dial plan are users' own.
    record Normalise(String accountId, String planId, String number)
            implements Question<Answer.Normalised> {}

    record SaveDocument(Document document) implements Question<Answer.Stored> {}

    /// Whether a regular expression that a user wrote is found in a text; one that does not compile is answered with
    /// `otherwise`.
    record Matches(String pattern, String text, boolean otherwise)
            implements Question<Answer.YesNo> {}

    /// Which of these URLs nobody here may fetch (pivot.md §13), judged by what is written in them.
    record JudgeUrls(List<String> urls) implements Question<Answer.RefusedUrls> {}

    /// Fresh document ids, 32 lower-case hexadecimal digits each.
    record NewIds(int count) implements Question<Answer.Ids> {}

    /// Make an HTTP request; answered with [HttpAnswer.Unanswered] at the latest when its own deadline is over.
    record Fetch(HttpAsk request) implements Question<HttpAnswer> {
        @Override
        public Duration deadline() {
            return request.deadline().plusSeconds(1);
        }
    }

    /// Keep a recording made on this call as the content of a media document, which is saved with it.
    record KeepRecording(String recordingId, Document media) implements Question<Answer.Stored> {
        @Override
        public Duration deadline() {
            return Duration.ofSeconds(60);
        }
    }
}
