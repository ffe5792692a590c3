package fulcrum.flow;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.NumberClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the calling device may dial a number (callflow common facts, "Before the first node" and "Attribute
/// merge").
///
/// Blocked are devices that are switched off, or whose owner or account is, and numbers of a class that
/// `call_restriction` denies: the account's or an owner's word is final, an owner's explicit leave beats the device.
/// Closed groups are not looked at yet.
final class CallRestriction {
    private static final Set<String> DEVICES = Set.of("device", "mobile");

    private final Call call;
    private final Document account;

    CallRestriction(Call call, Document account) {
        this.call = call;
        this.account = account;
    }

    /// Why the call may not be made; empty when it may, and for calls that no device vouches for.
    Optional<String> reason() {
        CallFacts facts = call.facts();
        if (!DEVICES.contains(facts.authorizingType())) {
            return Optional.empty();
        }
        Optional<Document> device = find(facts.authorizingId());
        List<Document> owners = new ArrayList<>();
        facts.ownerIds().forEach(id -> find(id).ifPresent(owners::add));
        List<Document> all = new ArrayList<>(owners);
        device.ifPresent(all::add);
        all.add(account);
        for (Document document : all) {
            if (isOff(document)) {
                return Optional.of(
                        "the " + document.type() + " " + document.id() + " is switched off");
            }
        }
        String kind = NumberClass.of(dialled());
        return isDenied(kind, device, owners)
                ? Optional.of("numbers of the kind " + kind + " may not be called")
                : Optional.empty();
    }

    private Optional<Document> find(String id) {
        return call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
    }

    static boolean isOff(Document document) {
        return isFalse(document, "enabled")
                || isFalse(document, "services", "audio", "enabled")
                || Json.text(document.hidden(), "pvt_services", "audio", "enabled")
                        .filter("false"::equals)
                        .isPresent();
    }

    private static boolean isFalse(Document document, String... path) {
        return document.text(path).filter("false"::equals).isPresent();
    }

    /// The captured number if any, else the dialled one, as the device's own dial plan has it.
    private String dialled() {
        CallFacts facts = call.facts();
        String number = call.variables().captureGroup().orElse(facts.request().user());
        return call.ask(new Question.Normalise(facts.accountId(), facts.authorizingId(), number))
                .number();
    }

    private boolean isDenied(String kind, Optional<Document> device, List<Document> owners) {
        if (says(account, kind, "deny") || owners.stream().anyMatch(o -> says(o, kind, "deny"))) {
            return true;
        }
        boolean hotDesked =
                device.flatMap(own -> own.at("hotdesk", "users"))
                        .filter(users -> !users.isEmpty())
                        .isPresent();
        return !hotDesked
                && owners.stream().noneMatch(owner -> says(owner, kind, "allow"))
                && device.filter(own -> says(own, kind, "deny")).isPresent();
    }

    private static boolean says(Document document, String kind, String word) {
        return document.text("call_restriction", kind, "action").filter(word::equals).isPresent();
    }
}
