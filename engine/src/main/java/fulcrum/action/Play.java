package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.MediaReference;
import fulcrum.call.Played;
import fulcrum.call.Sound;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Min;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.Setting;
import fulcrum.flow.WhenAbsent;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Plays a sound and waits for its end. Keys pressed meanwhile are kept for the next collection, the one that stopped
/// it included. A sound that cannot be played is no reason to end the call.
@Named("play")
@Doc(
        "Plays a recording, a URL, a stream or tones. Keys pressed meanwhile count for the next collection of digits.")
@Example(
        """
        { "module": "play", "data": { "id": "welcome", "terminators": ["#"], "loop_count": 2 }, "children": {
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record Play(
        @Doc("A media document, a URL, `tone_stream://…`, `silence_stream://<ms>`, `prompt://…`.")
                String id,
        @Doc("Answer the call first; only false prevents it, and the caller hears early media.")
                @WhenAbsent("true")
                boolean answer,
        @Doc("Keys that stop it; an empty list for none.")
                @SchemaDefault(
                        "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"*\",\"0\",\"#\"]")
                @Lenient
                Set<Character> terminators,
        @Doc("How often it is played; once when absent.") @Min(1) @Lenient
                Optional<Integer> loopCount,
        @Doc("Repeat it until a key or the caller's end.") @SchemaDefault("false")
                boolean endlessPlayback,
        @Setting("callflow.post_answer_delay") Duration postAnswerDelay)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<Sound> sound = MediaReference.sound(call.facts().accountId(), id);
        if (sound.isEmpty()) {
            call.notice(branches.pointer() + "/data/id", "nothing to play");
            return Next.DEFAULT;
        }
        if (answer) {
            call.answer();
            call.pause(postAnswerDelay);
        }
        int times = endlessPlayback ? 0 : Math.max(1, loopCount.orElse(1));
        if (call.play(sound.get(), times, terminators) instanceof Played.Failed failed) {
            call.notice(branches.pointer() + "/data/id", "cannot be played: " + failed.reason());
        }
        return Next.DEFAULT;
    }
}
