package fulcrum.exchange;

import fulcrum.call.CallFacts;
import fulcrum.call.CallFacts.Address;
import fulcrum.call.CallFacts.Party;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Numbers;
import fulcrum.sip.BadSip;
import fulcrum.sip.NameAddress;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipUri;

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
final class Arrival {
    private static final String NO_USER = "nouser";
    private static final String NO_REALM = "norealm";
    private static final String LANGUAGE = "en-us";

    private final Directory directory;

    Arrival(Directory directory) {
        this.directory = directory;
    }

    /// What is known of the call; empty when a carrier dialled a number that nobody has.
    Optional<CallFacts> facts(SipRequest invite, Peer peer) {
        return switch (peer) {
            case Peer.Device device -> Optional.of(fromDevice(invite, device));
            case Peer.Carrier carrier -> fromCarrier(invite, carrier);
        };
    }

    private CallFacts fromDevice(SipRequest invite, Peer.Device peer) {
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
                new Address(Numbers.normalise(request.user(), account), host),
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

    private Optional<CallFacts> fromCarrier(SipRequest invite, Peer.Carrier carrier) {
        Address request = address(invite.uri());
        String number = Numbers.normalise(request.user());
        Optional<Document> account = accountOf(number, request.user(), carrier);
        return account.map(found -> fromCarrier(invite, carrier, found, request));
    }

    private CallFacts fromCarrier(
            SipRequest invite, Peer.Carrier carrier, Document account, Address request) {
        return new CallFacts(
                invite.callId(),
                account.accountId(),
                Doorkeeper.realmOf(account),
                address(invite.from().uri()),
                address(invite.to().uri()),
                new Address(Numbers.normalise(request.user(), account), request.host()),
                shownByCarrier(invite),
                carrier.resource().id(),
                "resource",
                List.of(),
                true,
                language(Optional.empty(), Optional.empty(), account.text("language")),
                customHeaders(invite));
    }

    private Optional<Document> accountOf(String number, String dialled, Peer.Carrier carrier) {
        Optional<Document> owned = directory.number(number).flatMap(this::routedAccount);
        if (owned.isPresent()) {
            return owned.filter(Arrival::isOn);
        }
        List<Document> candidates =
                carrier.isGlobal()
                        ? directory.accounts()
                        : directory
                                .find(
                                        carrier.resource().accountId(),
                                        carrier.resource().accountId())
                                .stream()
                                .toList();
        List<Document> having =
                candidates.stream()
                        .filter(Arrival::isOn)
                        .filter(account -> hasCallflow(account, dialled))
                        .toList();
        return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
    }

    /// Only a number in use routes calls (resources.md §6, states).
    private Optional<Document> routedAccount(Document number) {
        String state = number.text("state").orElse("in_service");
        boolean routes = List.of("in_service", "port_in", "port_out", "reserved").contains(state);
        String accountId = number.text("assigned_to").orElse(number.accountId());
        return routes ? directory.find(accountId, accountId) : Optional.empty();
    }

    /// Only by `numbers`; patterns and `no_match` are for the account's own callers.
    private boolean hasCallflow(Document account, String dialled) {
        String number = Numbers.normalise(dialled, account);
        return directory
                .callflowFor(account.accountId(), number)
                .filter(
                        match ->
                                fulcrum.directory.Json.texts(match.callflow().body(), "numbers")
                                        .contains(number))
                .isPresent();
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
