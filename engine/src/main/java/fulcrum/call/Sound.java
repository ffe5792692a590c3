package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.time.Duration;

/// Something a leg can play.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "sound")
public sealed interface Sound {
    /// A media reference as prompts.md §2 has it after [MediaReference] resolved it: `/<account>/<document>`, a URL,
    /// `tone_stream://…`, `silence_stream://<ms>`, `prompt://…`.
    record Media(String reference) implements Sound {}

    /// A system prompt by id, as the account may have replaced it (prompts.md §1).
    record Prompt(String accountId, String id, String language) implements Sound {}

    /// A text to be spoken.
    ///
    /// @param engine empty: the default engine
    record Speech(String text, String voice, String language, String engine) implements Sound {}

    /// A recording made earlier in this call.
    record Recorded(String recordingId) implements Sound {}

    /// A script of tones, FreeSWITCH's `tone_stream` syntax without the scheme.
    record Tone(String script) implements Sound {}

    record Silence(Duration length) implements Sound {}
}
