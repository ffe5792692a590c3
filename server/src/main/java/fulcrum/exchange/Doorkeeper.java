package fulcrum.exchange;

import fulcrum.directory.Document;
import fulcrum.directory.LookUps;
import fulcrum.sip.Admission;
import fulcrum.sip.BadSip;
import fulcrum.sip.Connection;
import fulcrum.sip.Digest;
import fulcrum.sip.DigestFields;
import fulcrum.sip.Nonces;
import fulcrum.sip.SipRequest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Decides whom a request outside any dialog comes from, and whether it may come in. Keeps nothing for a request that
/// may not.
///
/// Every REGISTER and INVITE of a device is challenged, except from a device whose address is trusted; an INVITE from a
/// gateway's address is a carrier's. The realm is the one the request names; a host that is no account's realm is
/// answered in the realm of the only account that has a device with that user name.
///
/// Every look-up comes before anything that leaves a trace (the use of a nonce), so a decision that throws
/// [fulcrum.directory.NotAtHand] may be begun once more with the directory itself ([Enquiries]).
final class Doorkeeper {
    private static final Admission IN = new Admission.Admitted();
    private static final Admission FORBIDDEN = new Admission.Refused(403, "Forbidden");

    private final TrustedPeers trusted;
    private final Nonces nonces;
    private final LongSupplier nowMillis;
    private final Within within;

    /// @param nowMillis the clock by which the nonces were issued
    Doorkeeper(TrustedPeers trusted, Nonces nonces, LongSupplier nowMillis, Within within) {
        this.trusted = trusted;
        this.nonces = nonces;
        this.nowMillis = nowMillis;
        this.within = within;
    }

    /// Whether the request may come in; takes one use of its nonce when it may.
    ///
    /// @throws fulcrum.directory.NotAtHand when these look-ups are not enough
    Admission decide(SipRequest request, Connection from, LookUps documents) {
        if (request.hasHeader(Within.HEADER)) {
            return within.accountOf(request, nowMillis.getAsLong()).isPresent() ? IN : FORBIDDEN;
        }
        if (request.method().equals("OPTIONS") || trustedPeer(request, from).isPresent()) {
            return IN; // a ping tells nobody anything
        }
        Optional<Document> account = account(request, documents);
        if (account.isEmpty()) {
            return FORBIDDEN;
        }
        String realm = realmOf(account.get());
        Optional<DigestFields> credentials = Digest.credentials(request, realm);
        if (credentials.isEmpty()) {
            return new Admission.Challenged(realm, false);
        }
        return proved(request, account.get(), credentials.get(), documents);
    }

    private Admission proved(
            SipRequest request, Document account, DigestFields credentials, LookUps documents) {
        String realm = realmOf(account);
        switch (nonces.check(credentials.nonce(), nowMillis.getAsLong())) {
            case STALE -> {
                return new Admission.Challenged(realm, true);
            }
            case FOREIGN, REPLAYED -> {
                return new Admission.Challenged(realm, false);
            }
            case GOOD -> {
                // now the password
            }
        }
        Optional<Document> device = device(account, credentials.username(), documents);
        String password = device.flatMap(found -> found.text("sip", "password")).orElse("");
        if (password.isEmpty() || !Digest.verify(request, credentials, password)) {
            return FORBIDDEN;
        }
        return switch (nonces.use(
                credentials.nonce(), credentials.nonceCount(), nowMillis.getAsLong())) {
            case GOOD -> IN;
            case STALE, REPLAYED, FOREIGN -> new Admission.Challenged(realm, true);
        };
    }

    /// Who an admitted request comes from; empty when the device was removed meanwhile.
    ///
    /// @throws fulcrum.directory.NotAtHand when these look-ups are not enough
    Optional<Peer> peer(SipRequest request, Connection from, LookUps documents) {
        if (request.hasHeader(Within.HEADER)) {
            return within.accountOf(request, nowMillis.getAsLong())
                    .flatMap(id -> documents.find(id, id))
                    .filter(Doorkeeper::isOn)
                    .map(Peer.Within::new);
        }
        Optional<Peer> byAddress = trustedPeer(request, from);
        if (byAddress.isPresent()) {
            return byAddress;
        }
        return account(request, documents)
                .flatMap(
                        account ->
                                Digest.credentials(request, realmOf(account))
                                        .flatMap(
                                                found ->
                                                        device(
                                                                account,
                                                                found.username(),
                                                                documents))
                                        .map(device -> peer(account, device, documents)));
    }

    private static Peer peer(Document account, Document device, LookUps documents) {
        Optional<Document> owner =
                device.text("owner_id").flatMap(id -> documents.find(account.accountId(), id));
        return new Peer.Device(account, device, owner);
    }

    /// A carrier only calls; a device at a trusted address does everything.
    private Optional<Peer> trustedPeer(SipRequest request, Connection from) {
        return trusted.at(from.remote())
                .filter(peer -> peer instanceof Peer.Device || request.method().equals("INVITE"))
                .filter(peer -> !(peer instanceof Peer.Device device) || isOn(device.account()));
    }

    /// The account that the request speaks of.
    private static Optional<Document> account(SipRequest request, LookUps documents) {
        String host = bare(host(request));
        Optional<Document> named = documents.accountByRealm(host).filter(Doorkeeper::isOn);
        return named.isPresent() ? named : onlyAccountWith(username(request), documents);
    }

    private static String host(SipRequest request) {
        return request.method().equals("REGISTER")
                ? request.to().uri().host()
                : request.uri().host();
    }

    private static String bare(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static String username(SipRequest request) {
        for (String header : request.headers("Authorization")) {
            Optional<DigestFields> fields = DigestFields.parse(header);
            if (fields.isPresent()) {
                return fields.get().username();
            }
        }
        try {
            return request.method().equals("REGISTER")
                    ? request.to().uri().user()
                    : request.from().uri().user();
        } catch (BadSip odd) {
            return "";
        }
    }

    private static Optional<Document> onlyAccountWith(String username, LookUps documents) {
        List<String> accounts =
                documents.devicesByUsername(username).stream()
                        .filter(Doorkeeper::isOn)
                        .map(Document::accountId)
                        .distinct()
                        .toList();
        return accounts.size() == 1
                ? documents.find(accounts.getFirst(), accounts.getFirst()).filter(Doorkeeper::isOn)
                : Optional.empty();
    }

    private static Optional<Document> device(Document account, String username, LookUps documents) {
        return documents.devicesByUsername(username).stream()
                .filter(device -> device.accountId().equals(account.accountId()))
                .filter(Doorkeeper::isOn)
                .filter(device -> !device.text("sip", "method").orElse("").equals("ip"))
                .findFirst();
    }

    private static boolean isOn(Document document) {
        return !document.text("enabled").orElse("true").equals("false");
    }

    static String realmOf(Document account) {
        return account.text("realm").orElse("");
    }
}
