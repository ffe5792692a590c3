package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.MediaReference;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.MaxLength;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import java.util.Map;
import java.util.Optional;

/// Refuses the call, with a message as early media first when there is one. The leg carries that out; the flow stops at
/// once.
@Named("response")
@Doc(
        "Refuses the call with a SIP response, after a message as early media if there is one. Ends an answered call.")
@Example(
        """
        { "module": "response", "data": { "code": 480, "message": "Closed today", "media": "closed" } }""")
public record Response(
        @Doc("The SIP status, 300 to 699.") @Required @SchemaDefault("486") @Lenient int code,
        @Doc("The reason phrase.") String message,
        @Doc("What is played first: as the id of play.") @MaxLength(2048) String media)
        implements Action {
    private static final int USUAL = 486;

    @Override
    public Next run(Call call, Branches branches) {
        Optional<Sound> sound = MediaReference.sound(call.facts().accountId(), media);
        if (sound.isPresent()) {
            call.tell(new Order.Progress());
            call.tell(new Order.Play(call.nextNumber(), sound.get(), 1));
        }
        call.tell(new Order.Reject(status(call, branches), phrase(), Map.of()));
        return Next.STOP;
    }

    private int status(Call call, Branches branches) {
        if (code < 300 || code > 699) {
            call.notice(
                    branches.pointer() + "/data/code",
                    code + " refuses nothing, 300 to 699 do: taking " + USUAL);
            return USUAL;
        }
        return code;
    }

    /// A line break in a reason phrase would begin a header.
    private String phrase() {
        return message.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
