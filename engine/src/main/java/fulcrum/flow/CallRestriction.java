package fulcrum.flow;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.NumberClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a device may dial a number (callflow common facts, "Before the first node" and "Attribute merge").
///
/// Blocked are devices that are switched off, or whose owner or account is, and numbers of a class that
/// `call_restriction` denies: the account's or an owner's word is final, an owner's explicit leave beats the device.
/// What `closed_groups` denies is told by [ClosedGroups].
public final class CallRestriction {
    private static final Set<String> DEVICES = Set.of("device", "mobile");

    private final Call call;
    private final Document account;
    private final String deviceId;
    private final List<String> ownerIds;

    /// Of the calling device.
    CallRestriction(Call call, Document account) {
        this(
                call,
                account,
                DEVICES.contains(call.facts().authorizingType())
                        ? call.facts().authorizingId()
                        : "",
                DEVICES.contains(call.facts().authorizingType())
                        ? call.facts().ownerIds()
                        : List.of());
    }

    private CallRestriction(Call call, Document account, String deviceId, List<String> ownerIds) {
        this.call = call;
        this.account = account;
        this.deviceId = deviceId;
        this.ownerIds = List.copyOf(ownerIds);
    }

    /// Why the caller may not go on to another number; empty when he may, and for callers whom no device vouches for.
    /// For the call's thread.
    public static Optional<String> forbids(Call call, String number) {
        return new CallRestriction(call, account(call)).reason(number);
    }

    /// Why a device or its owners, who send the call on, may not send it to a number; empty when they may.
    ///
    /// @param deviceId empty: the owners themselves send it on
    public static Optional<String> forbids(
            Call call, String deviceId, List<String> ownerIds, String number) {
        return new CallRestriction(call, account(call), deviceId, ownerIds).reason(number);
    }

    private static Document account(Call call) {
        String accountId = call.facts().accountId();
        Optional<Document> stored =
                call.ask(new Question.FindDocument(accountId, accountId)).document();
        return stored.orElseGet(
                () -> Document.fresh(accountId, "account", accountId, Json.object(), call.now()));
    }

    /// Why the call may not be made; empty when it may, and for calls that no device vouches for.
    Optional<String> reason() {
        return reason(
                call.variables().captureGroup().orElseGet(() -> call.facts().request().user()));
    }

    private Optional<String> reason(String number) {
        if (isNobody()) {
            return Optional.empty();
        }
        Optional<Document> device = find(deviceId);
        List<Document> owners = owners();
        List<Document> all = new ArrayList<>(owners);
        device.ifPresent(all::add);
        all.add(account);
        for (Document document : all) {
            if (isOff(document)) {
                return Optional.of(
                        "the " + document.type() + " " + document.id() + " is switched off");
            }
        }
        String kind = NumberClass.of(normalised(number));
        return isDenied(kind, device, owners)
                ? Optional.of("numbers of the kind " + kind + " may not be called")
                : Optional.empty();
    }

    /// Whether no device or user vouches for the call.
    private boolean isNobody() {
        return deviceId.isEmpty() && ownerIds.isEmpty();
    }

    private List<Document> owners() {
        List<Document> owners = new ArrayList<>();
        ownerIds.forEach(id -> find(id).ifPresent(owners::add));
        return owners;
    }

    /// Whether `call_restriction` denies something that is no class of numbers.
    boolean denies(String kind) {
        return !isNobody() && isDenied(kind, find(deviceId), owners());
    }

    private Optional<Document> find(String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
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

    /// As the device's own dial plan has it.
    private String normalised(String number) {
        String planId = deviceId.isEmpty() ? ownerIds.getFirst() : deviceId;
        return call.ask(new Question.Normalise(call.facts().accountId(), planId, number)).number();
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
