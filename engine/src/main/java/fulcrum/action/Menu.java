package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Digits;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.FromSetting;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Setting;

import java.time.Duration;

/// Plays a greeting, collects digits, and goes to a child, to an extension, or to what follows when the caller does not
/// choose; see [MenuVisit] for the steps.
@Named("menu")
@Doc(
        "Answers, plays the greeting of a menu document and collects digits. Goes to the child of these digits, or to"
                + " the callflow they dial when the menu hunts; `timeout` when nothing was pressed, `max_retries` and"
                + " then `_` when the menu was offered often enough. The menu's record_pin lets the caller record the"
                + " greeting.")
@Example(
        """
        { "module": "menu", "data": { "id": "main" }, "children": {
          "1": { "module": "play", "data": { "id": "opening-hours" } },
          "timeout": { "module": "play", "data": { "id": "please-hold" } },
          "_": { "module": "hangup", "data": {} } } }""")
public record Menu(
        @Doc("The menu document.") String id,
        @Doc("Wait after each digit, milliseconds; the menu document's own comes first.")
                @FromSetting("call_command.interdigit_timeout")
                @Lenient
                Duration interdigitTimeout,
        @Setting("callflow.menu.min_greeting_length") Duration minGreetingLength)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.keepEarlyKeys();
        String early = call.digits().takeEarly();
        Next next = new MenuVisit(this, call, branches).next();
        call.digits().takeEarly();
        if (!early.isEmpty()) {
            call.digits().put(Digits.EARLY, early);
        }
        return next;
    }
}
