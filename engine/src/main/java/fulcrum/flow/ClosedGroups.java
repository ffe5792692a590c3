package fulcrum.flow;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a caller whose `call_restriction` denies `closed_groups` may ring somebody (callflow common facts, "Before
/// the first node"): only when both are in the same group of the account.
///
/// Looked at are callflows that begin with a `device` or a `user`. The groups of a device are its own, its owner's and
/// those of whoever is hot-desked there.
final class ClosedGroups {
    private final Call call;
    private final CallRestriction restriction;

    ClosedGroups(Call call, CallRestriction restriction) {
        this.call = call;
        this.restriction = restriction;
    }

    /// Why the flow may not be entered; empty when it may.
    Optional<String> forbid(Flow flow) {
        boolean isExtension = flow.module().equals("device") || flow.module().equals("user");
        Optional<String> callee = Json.text(flow.data(), "id").filter(id -> isExtension);
        if (callee.isEmpty() || !restriction.denies("closed_groups")) {
            return Optional.empty();
        }
        Set<String> common = groups(call.facts().authorizingId());
        call.facts().ownerIds().forEach(owner -> common.addAll(groups(owner)));
        common.retainAll(groups(callee.get()));
        return common.isEmpty()
                ? Optional.of("caller and callee are in no group together (closed_groups)")
                : Optional.empty();
    }

    /// The groups of a device or user.
    private Set<String> groups(String id) {
        Set<String> groups = new LinkedHashSet<>();
        for (String member : people(id)) {
            groups.addAll(ids("group", List.of("endpoints", member)));
        }
        return groups;
    }

    private List<String> people(String id) {
        List<String> people = new ArrayList<>(List.of(id));
        Optional<Document> document =
                call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
        document.flatMap(one -> one.text("owner_id")).ifPresent(people::add);
        document.flatMap(one -> one.at("hotdesk", "users"))
                .ifPresent(users -> people.addAll(users.propertyNames()));
        return people;
    }

    private List<String> ids(String type, List<String> path) {
        return call
                .ask(new Question.FindDocuments(call.facts().accountId(), type, path, ""))
                .documents()
                .stream()
                .map(Document::id)
                .toList();
    }
}
