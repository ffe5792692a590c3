package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Pattern;
import fulcrum.flow.Required;

/// Changes the language of everything that is said later in the call.
@Named("language")
@Doc("Changes the language of prompts and speech for the rest of the call.")
@Example(
        """
        { "module": "language", "data": { "language": "es-ES" }, "children": {
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record Language(
        @Doc("Two letters, or two and two: `en`, `fr-CA`.")
                @Required
                @Pattern("^[A-Za-z]{2}(-[A-Za-z]{2})?$")
                String language)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        if (language.isEmpty()) {
            throw new BadFlow(branches.pointer() + "/data/language", "missing");
        }
        call.variables().language(language);
        call.variables().putChannel("default_language", language, false);
        return Next.DEFAULT;
    }
}
