package fulcrum.api;

import fulcrum.call.LegCard;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Channels: the live legs (resources.md §20), all of an account, of one user or of one device; without an account in
/// the path those of the whole server, for the top account. What can be done to one is in [ChannelDeeds].
final class ChannelsResource implements Resource {
    private final LiveLegs legs;
    private final Documents documents;
    private final ChannelDeeds deeds;

    ChannelsResource(LiveLegs legs, Documents documents) {
        this.legs = legs;
        this.documents = documents;
        this.deeds = new ChannelDeeds(legs, documents.directory());
    }

    @Override
    public String name() {
        return "channels";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "", "Lists the live legs.", (r, args) -> list(r)),
                Route.of(
                        "GET",
                        "{call_id}",
                        "Shows a live leg.",
                        (r, args) -> ApiReply.of(shown(find(r, args.getFirst())))),
                Route.of(
                        "POST",
                        "{call_id}",
                        "Actions `hangup`, `transfer`, `callflow`.",
                        (r, args) -> deeds.posted(r, find(r, args.getFirst()))),
                Route.of(
                        "PUT",
                        "{call_id}",
                        "Action `metaflow`: lets a live leg go on with a metaflow.",
                        (r, args) -> deeds.put(r, find(r, args.getFirst()))));
    }

    private ApiReply list(ApiRequest request) {
        List<Listing.Entry> entries = new ArrayList<>();
        for (LegCard card : legs.cards()) {
            if (isOurs(request, card)) {
                String key = Long.toString(Gregorian.seconds(card.created()));
                entries.add(Listing.Entry.live(key, card.legId(), row(card)));
            }
        }
        ApiReply page =
                Listing.of(request)
                        .filtered(Filters.byFields(request.incoming().query()))
                        .page(entries);
        return new ApiReply(page.data(), page.envelope(), ApiReply.Tag.NONE, "", Optional.empty());
    }

    private static boolean isOurs(ApiRequest request, LegCard card) {
        boolean isAccount =
                request.accountInPath()
                        .filter(account -> !account.id().equals(card.accountId()))
                        .isEmpty();
        Optional<Document> user = request.within("user");
        Optional<Document> device = request.within("device");
        return isAccount
                && user.filter(owner -> !card.ownerIds().contains(owner.id())).isEmpty()
                && device.filter(phone -> !phone.id().equals(card.authorizingId())).isEmpty();
    }

    private LegCard find(ApiRequest request, String callId) {
        return legs.cards().stream()
                .filter(card -> card.legId().equals(callId) && isOurs(request, card))
                .findFirst()
                .orElseThrow(() -> Refusal.badIdentifier(callId));
    }

    private long elapsed(LegCard card) {
        Instant now = documents.now();
        return Math.max(0, Duration.between(card.created(), now).toSeconds());
    }

    private ObjectNode row(LegCard card) {
        ObjectNode row = Json.object();
        row.put("uuid", card.legId());
        row.put("answered", card.isAnswered());
        putAuthority(row, card);
        row.put("destination", card.calleeNumber());
        row.put("direction", card.direction());
        row.put("elapsed_s", elapsed(card));
        row.put("interaction_id", card.interactionId());
        row.put("is_loopback", false);
        if (!card.otherLegId().isEmpty()) {
            row.put("other_leg", card.otherLegId());
        }
        username(card).ifPresent(name -> row.put("username", name));
        row.put("timestamp", Gregorian.seconds(card.created()));
        return row;
    }

    private static void putAuthority(ObjectNode row, LegCard card) {
        if (!card.authorizingId().isEmpty()) {
            row.put("authorizing_id", card.authorizingId());
            row.put("authorizing_type", card.authorizingType());
        }
        if (!card.ownerIds().isEmpty()) {
            row.put("owner_id", card.ownerIds().getFirst());
        }
    }

    private Optional<String> username(LegCard card) {
        Directory directory = documents.directory();
        return card.authorizingType().equals("device")
                ? directory
                        .find(card.accountId(), card.authorizingId())
                        .flatMap(phone -> phone.text("sip", "username"))
                : Optional.empty();
    }

    /// One channel has other key names than the rows of the list.
    private ObjectNode shown(LegCard card) {
        ObjectNode shown = Json.object();
        shown.put("call_id", card.legId());
        shown.put("call_direction", card.direction());
        shown.put("answered", card.isAnswered());
        putAuthority(shown, card);
        shown.put("callee_id_number", card.calleeNumber());
        shown.put("caller_id_name", card.callerName());
        shown.put("caller_id_number", card.callerNumber());
        shown.put("call_interaction_id", card.interactionId());
        shown.put("elapsed_seconds", elapsed(card));
        shown.put("from", card.callerNumber());
        shown.put("to", card.calleeNumber());
        if (!card.otherLegId().isEmpty()) {
            shown.put("other_leg_call_id", card.otherLegId());
        }
        username(card).ifPresent(name -> shown.put("username", name));
        shown.put("timestamp", Gregorian.seconds(card.created()));
        return shown;
    }
}
