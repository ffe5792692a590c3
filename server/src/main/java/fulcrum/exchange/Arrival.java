package fulcrum.exchange;

import fulcrum.call.CallFacts;
import fulcrum.call.CallFacts.Address;
import fulcrum.call.CallFacts.Party;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.LookUps;
import fulcrum.directory.Numbers;
import fulcrum.sip.BadSip;
import fulcrum.sip.NameAddress;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipUri;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads what is known of a call from its INVITE and from who sent it.
///
/// A device's call belongs to the device's account. A carrier's call belongs to the account that has the dialled
/// number: by the number's own document, else by the callflows of the resource's account when the resource is local, of
/// all accounts when it is global, and then only if exactly one has it.
///
/// Each method is a question made of look-ups and leaves nothing behind, so it may be begun with what is at hand and
/// once more with the directory itself ([Enquiries]).
final class Arrival {
    private static final String NO_USER = "nouser";
    private static final String NO_REALM = "norealm";
    private static final String LANGUAGE = "en-us";

    private Arrival() {}

    /// What is known of the call; empty when a carrier dialled a number that nobody has.
    ///
    /// @throws fulcrum.directory.NotAtHand when these look-ups are not enough
    static Optional<CallFacts> facts(SipRequest invite, Peer peer, LookUps documents) {
        return switch (peer) {
            case Peer.Device device -> Optional.of(fromDevice(invite, device, documents));
            case Peer.Carrier carrier -> fromCarrier(invite, carrier, documents);
            case Peer.Within within -> Optional.of(fromWithin(invite, within, documents));
        };
    }

    private static CallFacts fromDevice(SipRequest invite, Peer.Device peer, LookUps documents) {
        Document account = peer.account();
        Address request = address(invite.uri());
        boolean isRealm = request.host().equalsIgnoreCase(Doorkeeper.realmOf(account));
        String host = isRealm ? request.host() : Doorkeeper.realmOf(account);
        return new CallFacts(
                invite.callId(),
                account.accountId(),
                Doorkeeper.realmOf(account),
                address(invite.from().uri()),
                address(invite.to().uri()),
                new Address(documents.normalise(request.user(), Optional.of(account)), host),
                party(invite.from()),
                peer.device().id(),
                "device",
                peer.ownerIds(),
                false,
                language(
                        peer.owner().flatMap(owner -> owner.text("language")),
                        peer.device().text("language"),
                        account.text("language")),
                customHeaders(invite));
    }

    /// From another account: for this one it comes from outside, and nobody vouches for it.
    private static CallFacts fromWithin(SipRequest invite, Peer.Within peer, LookUps documents) {
        Document account = peer.account();
        String realm = Doorkeeper.realmOf(account);
        String number = documents.normalise(address(invite.uri()).user(), Optional.of(account));
        Address request = new Address(number, realm);
        return new CallFacts(
                invite.callId(),
                account.accountId(),
                realm,
                address(invite.from().uri()),
                request,
                request,
                shownByCarrier(invite),
                "",
                "",
                List.of(),
                true,
                language(Optional.empty(), Optional.empty(), account.text("language")),
                customHeaders(invite));
    }

    private static Optional<CallFacts> fromCarrier(
            SipRequest invite, Peer.Carrier carrier, LookUps documents) {
        Address request = called(invite, carrier);
        Optional<Document> account = accountOf(request.user(), carrier, documents);
        return account.map(
                found ->
                        fromCarrier(
                                invite,
                                carrier,
                                found,
                                new Address(
                                        documents.normalise(request.user(), account),
                                        request.host())));
    }

    private static CallFacts fromCarrier(
            SipRequest invite, Peer.Carrier carrier, Document account, Address request) {
        return new CallFacts(
                invite.callId(),
                account.accountId(),
                Doorkeeper.realmOf(account),
                address(invite.from().uri()),
                address(invite.to().uri()),
                request,
                shownByCarrier(invite),
                carrier.resource().id(),
                "resource",
                List.of(),
                true,
                language(Optional.empty(), Optional.empty(), account.text("language")),
                customHeaders(invite));
    }

    /// Whom a carrier calls. One that we are registered with may put the name of our Contact into the request URI; the
    /// number then is in To.
    private static Address called(SipRequest invite, Peer.Carrier carrier) {
        Address request = address(invite.uri());
        for (JsonNode gateway : carrier.resource().at("gateways").orElseGet(Json::object)) {
            boolean isOurs =
                    GatewayRegistration.isWanted(gateway)
                            && Json.text(gateway, "username")
                                    .filter(request.user()::equals)
                                    .isPresent();
            if (isOurs && !invite.to().uri().user().isEmpty()) {
                return new Address(invite.to().uri().user(), request.host());
            }
        }
        return request;
    }

    private static Optional<Document> accountOf(
            String dialled, Peer.Carrier carrier, LookUps documents) {
        Optional<Document> owned =
                documents
                        .number(Numbers.normalise(dialled))
                        .flatMap(number -> routedAccount(number, documents));
        if (owned.isPresent()) {
            return owned.filter(Arrival::isOn);
        }
        List<Document> having =
                documents.accountsAnswering(dialled).stream()
                        .filter(id -> carrier.isGlobal() || id.equals(ownerOf(carrier)))
                        .flatMap(id -> documents.find(id, id).stream())
                        .filter(Arrival::isOn)
                        .toList();
        return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
    }

    private static String ownerOf(Peer.Carrier carrier) {
        return carrier.resource().accountId();
    }

    /// Only a number in use routes calls (resources.md §6, states).
    private static Optional<Document> routedAccount(Document number, LookUps documents) {
        String state = number.text("state").orElse("in_service");
        boolean routes = List.of("in_service", "port_in", "port_out", "reserved").contains(state);
        String accountId = number.text("assigned_to").orElse(number.accountId());
        return routes ? documents.find(accountId, accountId) : Optional.empty();
    }

    private static boolean isOn(Document document) {
        return !document.text("enabled").orElse("true").equals("false");
    }

    private static Address address(SipUri uri) {
        return new Address(
                uri.user().isEmpty() ? NO_USER : uri.user(),
                uri.host().isEmpty() ? NO_REALM : uri.host());
    }

    private static Party party(NameAddress from) {
        return new Party(from.displayName(), from.uri().user());
    }

    /// A carrier's own statement of the caller counts more than From (RFC 3325 §9.1).
    private static Party shownByCarrier(SipRequest invite) {
        Party from = party(invite.from());
        Optional<String> asserted = invite.header("P-Asserted-Identity");
        if (asserted.isEmpty()) {
            return from;
        }
        try {
            NameAddress stated = NameAddress.parse(asserted.get());
            Party party = party(stated);
            return party.number().isEmpty()
                    ? from
                    : new Party(
                            party.name().isEmpty() ? from.name() : party.name(), party.number());
        } catch (BadSip bad) {
            return from;
        }
    }

    private static String language(
            Optional<String> user, Optional<String> device, Optional<String> account) {
        return user.or(() -> device).or(() -> account).orElse(LANGUAGE).toLowerCase(Locale.ROOT);
    }

    /// The headers that begin with `X-`, which is what senders put there for us to pass on.
    private static Map<String, String> customHeaders(SipRequest invite) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : invite.headerNames()) {
            if (name.regionMatches(true, 0, "X-", 0, 2)) {
                invite.header(name).ifPresent(value -> headers.put(name, value));
            }
        }
        return headers;
    }
}
