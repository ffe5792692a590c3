package fulcrum.api;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Max;
import fulcrum.flow.Min;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.Url;

import java.util.List;

/// Two actions, so that flows have something to be checked against; the schemas are what matters here.
final class TestActions {
    static final ActionCatalog CATALOG = ActionCatalog.of(List.of(Pivot.class, Sleep.class));

    private TestActions() {}

    @Named("pivot")
    @Doc("Asks a web server.")
    record Pivot(
            @Doc("Where.") @Required @Url String voiceUrl,
            @Doc("How.") @Choices({"get", "post"}) @SchemaDefault("get") String method,
            @Doc("Names.") @Choices({"kazoo", "twiml"}) @SchemaDefault("kazoo") String reqFormat,
            @Doc("Body.") @Choices({"form", "json"}) @SchemaDefault("form") String reqBodyFormat,
            @Doc("Keep.") @SchemaDefault("false") boolean debug)
            implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            return Next.DEFAULT;
        }
    }

    @Named("sleep")
    @Doc("Waits.")
    record Sleep(
            @Doc("How long.") @Required @Min(0) @Max(1000) int duration,
            @Doc("In what.") @Choices({"ms", "s"}) @SchemaDefault("s") String unit)
            implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            return Next.DEFAULT;
        }
    }
}
