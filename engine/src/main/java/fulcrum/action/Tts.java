package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Played;
import fulcrum.call.Sound;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.FromSetting;
import fulcrum.flow.Lenient;
import fulcrum.flow.MaxLength;
import fulcrum.flow.MinLength;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import java.util.Optional;
import java.util.Set;

/// Speaks a text and waits for its end. Keys are treated as [Play] treats them; unlike there, a text that cannot be
/// spoken stops the flow.
@Named("tts")
@Doc("Answers and speaks a text. Keys pressed meanwhile count for the next collection of digits.")
@Example(
        """
        { "module": "tts", "data": { "text": "Up to four digits, please.", "terminators": ["#"] }, "children": {
          "_": { "module": "collect_dtmf", "data": { "max_digits": 4 } } } }""")
public record Tts(
        @Doc("What to say.") @Required @MinLength(1) @MaxLength(1000) String text,
        @Doc("The voice; a node without it, stored by other means than the API, gets the system's.")
                @SchemaDefault("female")
                @FromSetting("speech.tts_voice")
                String voice,
        @Doc("The language of the text; absent: the call's.") Optional<String> language,
        @Doc("Who makes the speech.")
                @FromSetting("speech.tts_provider")
                @Choices({"flite", "google", "ispeech", "voicefabric"})
                String engine,
        @Doc("Keys that stop it; an empty list for none.")
                @SchemaDefault(
                        "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"*\",\"0\",\"#\"]")
                @Lenient
                Set<Character> terminators,
        @Doc("Repeat it until a key or the caller's end.") boolean endlessPlayback)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        if (text.isEmpty()) {
            call.notice(branches.pointer() + "/data/text", "nothing to say");
            return Next.DEFAULT;
        }
        Sound speech =
                new Sound.Speech(text, voice, language.orElse(call.variables().language()), engine);
        if (call.play(speech, endlessPlayback ? 0 : 1, terminators)
                instanceof Played.Failed failed) {
            call.notice(branches.pointer() + "/data/text", "cannot be spoken: " + failed.reason());
            return Next.STOP;
        }
        return Next.DEFAULT;
    }
}
