package fulcrum.action.endpoint;

import fulcrum.action.CustomHeaders;
import fulcrum.action.MergedEndpoint;
import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Contact;
import fulcrum.call.Dial;
import fulcrum.call.LegCard;
import fulcrum.call.LegState;
import fulcrum.call.MediaReference;
import fulcrum.call.Question;
import fulcrum.call.RingTarget;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A device that may be rung, as its users and the account complete it (callflow common facts, "Building endpoints").
final class Callee {
    private static final String LIVE_CALLS = "call_waiting";

    private final Call call;
    private final Document device;
    private final List<String> ownerIds;
    private final List<Document> owners;
    private final ObjectNode account;
    private final ObjectNode merged;

    Callee(Call call, Papers papers, Document device) {
        this.call = call;
        this.device = device;
        this.ownerIds = Papers.owners(device);
        this.owners = ownerIds.stream().flatMap(id -> papers.find(id, "user").stream()).toList();
        this.account = papers.account();
        this.merged = MergedEndpoint.of(device.body(), user(), account);
    }

    /// The one user whose device it is; empty when it has none, or several are hot-desked there.
    private ObjectNode user() {
        return owners.size() == 1 ? owners.getFirst().body() : Json.object();
    }

    String id() {
        return device.id();
    }

    Document device() {
        return device;
    }

    List<String> ownerIds() {
        return ownerIds;
    }

    /// Why it is not rung at all; empty when nothing is against it.
    Optional<String> obstacle(Behalf behalf, Member member, Source source) {
        boolean isOwn = ownerIds.stream().anyMatch(behalf.ownerIds()::contains);
        if (isOwn && !member.canCallSelf()) {
            return Optional.of("belongs to the caller's own user");
        }
        if (id().equals(behalf.deviceId()) && (source.sparesCaller() || !member.canCallSelf())) {
            return Optional.of("is the one that calls");
        }
        if (isOff(device)) {
            return Optional.of("is switched off");
        }
        Optional<Document> off = owners.stream().filter(Callee::isOff).findFirst();
        if (off.isPresent()) {
            return Optional.of("belongs to the user " + off.get().id() + ", who is switched off");
        }
        boolean silent =
                Json.flag(merged, "do_not_disturb", "enabled")
                        || owners.stream().anyMatch(one -> one.flag("do_not_disturb", "enabled"));
        return silent ? Optional.of("does not want to be disturbed") : Optional.empty();
    }

    static boolean isOff(Document document) {
        return document.text("enabled").filter("false"::equals).isPresent();
    }

    /// Whether it is in a call already and refuses a second one: because its call waiting is off, or because it would
    /// have to answer by itself. Where the user or the account has call waiting off, any call of the user counts.
    boolean isBusy() {
        boolean mustNotBarge =
                call.variables().channel(RingWishes.AUTO_ANSWER).filter("true"::equals).isPresent();
        boolean isOff = isFalse(merged);
        if (!mustNotBarge && !isOff) {
            return false;
        }
        boolean counts = isOff && !isFalse(device.body());
        return call.ask(new Question.LiveLegs(call.facts().accountId())).cards().stream()
                .filter(card -> card.state() != LegState.ENDED)
                .filter(card -> !card.callId().equals(call.id()))
                .anyMatch(card -> card.authorizingId().equals(id()) || (counts && isOfOwner(card)));
    }

    private static boolean isFalse(JsonNode holder) {
        return Json.text(holder, LIVE_CALLS, "enabled").filter("false"::equals).isPresent();
    }

    private boolean isOfOwner(LegCard card) {
        return card.ownerIds().stream().anyMatch(ownerIds::contains);
    }

    /// Its legs: one for each place where it is registered; none when it is registered nowhere.
    List<Rung> legs(Member member, Dial.Caller caller, String ringtone) {
        InviteUri invite = new InviteUri(call, device, member.staticInvite());
        String accountId = call.facts().accountId();
        Dial.Caller shown = member.suppressesClid() ? new Dial.Caller("", "", "", true) : caller;
        List<Dial> dials = new ArrayList<>();
        Optional<String> fixed = invite.fixed();
        if (fixed.isPresent()) {
            dials.add(Dial.to(fixed.get(), accountId, shown));
        } else {
            for (Contact contact : call.ask(new Question.Contacts(accountId, id())).contacts()) {
                Dial dial = Dial.to(contact, accountId, shown);
                dials.add(dial.withUri(invite.at(contact.uri())));
            }
        }
        Map<String, String> headers = headers(member, ringtone);
        return dials.stream()
                .map(
                        dial ->
                                dial.withHeaders(headers)
                                        .withMedia(media())
                                        .withEndpoint(new Dial.Endpoint(id(), "device", ownerIds)))
                .map(
                        dial ->
                                new Rung(
                                        target(dial, member),
                                        Optional.of(this),
                                        Optional.empty(),
                                        ignoresEarlyMedia()))
                .toList();
    }

    private boolean ignoresEarlyMedia() {
        return device.flag("media", "ignore_early_media");
    }

    private RingTarget target(Dial dial, Member member) {
        RingTarget target =
                RingTarget.of(dial).withDelay(member.delay()).withTimeout(member.timeout());
        OptionalLong silent = Json.whole(device.body(), "media", "progress_timeout");
        if (silent.isPresent() && silent.getAsLong() > 0) {
            target = target.withProgressTimeout(Duration.ofSeconds(silent.getAsLong()));
        }
        Optional<Sound> music = holdMusic(call, List.of(user(), device.body(), account));
        return music.isPresent() ? target.withHoldMusic(music.get()) : target;
    }

    /// The music of the first who has some.
    static Optional<Sound> holdMusic(Call call, List<ObjectNode> holders) {
        return holders.stream()
                .flatMap(holder -> Json.text(holder, "music_on_hold", "media_id").stream())
                .findFirst()
                .flatMap(media -> MediaReference.sound(call.facts().accountId(), media));
    }

    private Dial.Media media() {
        Dial.Encryption encryption = Dial.Encryption.NONE;
        if (device.flag("media", "encryption", "enforce_security")) {
            encryption = Dial.Encryption.REQUIRED;
        } else if (Json.texts(device.body(), "media", "encryption", "methods").contains("srtp")) {
            encryption = Dial.Encryption.OPTIONAL;
        }
        return new Dial.Media(Json.texts(device.body(), "media", "audio", "codecs"), encryption);
    }

    /// What a node asks for lies over what the device has.
    private Map<String, String> headers(Member member, String ringtone) {
        Map<String, String> headers = new LinkedHashMap<>();
        String realm = call.facts().realm();
        String alert = alertInfo(ringtone);
        if (call.variables().channel(RingWishes.AUTO_ANSWER).isPresent()) {
            headers.put("Call-Info", "<sip:" + realm + ">;answer-after=0");
            headers.put("Answer-Mode", "Auto"); // RFC 5373
            alert = alert.isEmpty() ? "<sip:" + realm + ">;info=alert-autoanswer" : alert;
        }
        if (!alert.isEmpty()) {
            headers.put(RingWishes.ALERT_INFO, alert);
        }
        headers.putAll(Headers.ofDevice(device.body()));
        headers.putAll(member.headers());
        return headers;
    }

    /// The ring group's ringtone, else what the flow said, else the device's or its user's own.
    private String alertInfo(String ringtone) {
        if (!ringtone.isEmpty()) {
            return ringtone;
        }
        Optional<String> wished =
                call.variables().channel(RingWishes.ALERT_INFO).filter(text -> !text.isEmpty());
        if (wished.isPresent()) {
            return CustomHeaders.line(wished.get());
        }
        boolean isExternal = call.facts().isOffnet();
        String own = Headers.ringtone(device.body(), isExternal);
        return own.isEmpty() ? Headers.ringtone(user(), isExternal) : own;
    }

    /// What it shows when it sends a call on without the caller's id.
    Party ownId() {
        return ownId(merged, call.variables().caller());
    }

    static Party ownId(JsonNode merged, Party otherwise) {
        return new Party(
                first(merged, "name").orElse(otherwise.name()),
                first(merged, "number").orElse(otherwise.number()));
    }

    private static Optional<String> first(JsonNode merged, String field) {
        return List.of("external", "default", "internal").stream()
                .flatMap(type -> Json.text(merged, "caller_id", type, field).stream())
                .findFirst();
    }
}
