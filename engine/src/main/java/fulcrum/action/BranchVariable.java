package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Goes to the child whose key is the value of a variable: a channel variable, or a field of the account's, the calling
/// device's or its user's document.
@Named("branch_variable")
@Doc("Goes to the child whose key equals the value of a variable, else to `_`.")
@Example(
        """
        { "module": "branch_variable", "data": { "scope": "user", "variable": "vip" }, "children": {
          "true": { "module": "play", "data": { "id": "welcome-back" } },
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record BranchVariable(
        @Doc("Where the variable is; merged: the device with what its user and the account add.")
                @SchemaDefault("custom_channel_vars")
                @Choices({"account", "custom_channel_vars", "device", "merged", "user"})
                String scope,
        @Doc(
                        "Its name; a list of names, as a path, is understood in flows that were not stored by the API.")
                @Required
                @SchemaDefault("")
                @Fragment("{\"type\":\"string\"}")
                JsonNode variable)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        String[] path = path();
        if (path.length == 0) {
            return Next.DEFAULT;
        }
        Optional<String> value =
                switch (scope) {
                    case "custom_channel_vars" -> channel(call, path);
                    case "account" -> value(account(call), path);
                    case "device" -> value(device(call), path);
                    case "user" -> value(user(call), path);
                    case "merged" -> merged(call, branches, path);
                    default ->
                            throw new BadFlow(
                                    branches.pointer() + "/data/scope",
                                    "there is no scope " + scope);
                };
        return value.map(Next::child).orElse(Next.DEFAULT);
    }

    /// The name, or the names of a path in the order written, in lower case and with `_` for `-`.
    private String[] path() {
        List<String> names = new ArrayList<>();
        if (variable.isArray()) {
            names.addAll(Json.texts(variable));
        } else if (variable.isValueNode()) {
            names.add(variable.asString());
        }
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT).replace('-', '_'))
                .toArray(String[]::new);
    }

    private static Optional<String> channel(Call call, String[] path) {
        return path.length == 1 ? call.variables().channel(path[0]) : Optional.empty();
    }

    private static Optional<String> value(Optional<Document> document, String[] path) {
        return document.flatMap(found -> found.text(path));
    }

    private static Optional<Document> find(Call call, String id) {
        return id.isEmpty()
                ? Optional.empty()
                : call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
    }

    private static Optional<Document> account(Call call) {
        return find(call, call.facts().accountId());
    }

    private static Optional<Document> device(Call call) {
        CallFacts facts = call.facts();
        boolean known =
                facts.authorizingType().equals("device")
                        || facts.authorizingType().equals("mobile");
        return known ? find(call, facts.authorizingId()) : Optional.empty();
    }

    /// Whoever is hot-desked at the calling device first, else its owner.
    private static Optional<Document> user(Call call) {
        if (!call.facts().authorizingType().equals("device")) {
            return Optional.empty();
        }
        Optional<Document> device = device(call);
        Optional<String> guest =
                device.flatMap(own -> own.at("hotdesk", "users"))
                        .flatMap(users -> users.propertyNames().stream().findFirst());
        return guest.or(() -> device.flatMap(own -> own.text("owner_id")))
                .or(() -> call.facts().ownerIds().stream().findFirst())
                .flatMap(id -> find(call, id));
    }

    private static Optional<String> merged(Call call, Branches branches, String[] path) {
        Optional<Document> device = device(call);
        if (device.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode endpoint =
                MergedEndpoint.of(
                        device.get().body(),
                        user(call).map(Document::body).orElseGet(Json::object),
                        account(call).map(Document::body).orElseGet(Json::object));
        return Json.text(endpoint, path)
                .filter(value -> !value.equals("_") && branches.exists(value))
                .or(() -> channel(call, path));
    }
}
