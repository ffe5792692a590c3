package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Max;
import fulcrum.flow.Min;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import java.time.Duration;

/// Lets time pass, at most a day. Only the flow waits: what is queued goes on.
@Named("sleep")
@Doc("Waits. What is queued goes on playing, the call is not answered; at most 24 hours.")
@Example(
        """
        { "module": "sleep", "data": { "duration": 1500, "unit": "ms" }, "children": {
          "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record Sleep(
        @Doc("How long.") @SchemaDefault("0") @Min(0) @Max(86_400_000) @Lenient int duration,
        @Doc("Unit of the duration; another word counts as s.")
                @SchemaDefault("s")
                @Choices({"ms", "s", "m", "h"})
                @Lenient
                String unit)
        implements Action {
    private static final Duration LONGEST = Duration.ofHours(24);

    @Override
    public Next run(Call call, Branches branches) {
        Duration wish =
                switch (unit) {
                    case "ms" -> Duration.ofMillis(duration);
                    case "m" -> Duration.ofMinutes(duration);
                    case "h" -> Duration.ofHours(duration);
                    default -> Duration.ofSeconds(duration);
                };
        call.pause(wish.compareTo(LONGEST) > 0 ? LONGEST : wish);
        return Next.DEFAULT;
    }
}
