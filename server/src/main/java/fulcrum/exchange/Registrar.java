package fulcrum.exchange;

import fulcrum.sip.BadSip;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.NameAddress;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps where the phones of devices are (RFC 3261 §10.3): several contacts for a device, each with its expiry and the
/// connection it came over.
///
/// Registrations live in memory; after a restart phones register again when their time is half over. Safe for use by
/// many threads; nothing here waits.
public final class Registrar {
    /// What a phone gets that asks for nothing, seconds.
    static final long USUAL_SECONDS = 3600;

    /// Shorter wishes are refused with 423 (RFC 3261 §10.3 step 7), longer ones cut.
    static final long SHORTEST_SECONDS = 30;

    static final long LONGEST_SECONDS = 86_400;

    /// More contacts of one device than this are refused with 403.
    static final int MOST_CONTACTS = 10;

    private final Clock clock;
    private final Map<String, List<Binding>> byDevice = new ConcurrentHashMap<>();

    public Registrar(Clock clock) {
        this.clock = clock;
    }

    /// One wish of a REGISTER: a contact and for how many seconds; 0 removes it.
    private record Wish(NameAddress contact, long seconds) {}

    /// Answers a REGISTER of a device that was let in.
    void register(IncomingRequest incoming, Peer.Device device) {
        SipRequest request = incoming.request();
        List<Wish> wishes;
        try {
            wishes = wishes(request);
        } catch (BadSip bad) {
            incoming.respond(400, "Bad Contact", Map.of());
            return;
        }
        if (wishes.stream().anyMatch(wish -> isTooBrief(wish.seconds))) {
            incoming.respond(
                    423,
                    "Interval Too Brief",
                    Map.of("Min-Expires", String.valueOf(SHORTEST_SECONDS)));
            return;
        }
        Optional<List<Binding>> now = carryOut(incoming, device, wishes);
        if (now.isEmpty()) {
            incoming.respond(500, "Older Than The Registration", Map.of());
        } else if (now.get().size() > MOST_CONTACTS) {
            incoming.respond(403, "Too Many Contacts", Map.of());
        } else {
            incoming.respond(accepted(request, now.get()));
        }
    }

    private static boolean isTooBrief(long seconds) {
        return seconds > 0 && seconds < SHORTEST_SECONDS;
    }

    private static List<Wish> wishes(SipRequest request) {
        long usual =
                request.header("Expires")
                        .map(Registrar::seconds)
                        .orElse(OptionalLong.empty())
                        .orElse(USUAL_SECONDS);
        List<Wish> wishes = new ArrayList<>();
        for (NameAddress contact : request.contacts()) {
            OptionalLong own =
                    contact.parameter("expires")
                            .map(Registrar::seconds)
                            .orElse(OptionalLong.empty());
            wishes.add(new Wish(contact, Math.min(own.orElse(usual), LONGEST_SECONDS)));
        }
        boolean hasStar = wishes.stream().anyMatch(wish -> wish.contact.isStar());
        if (hasStar && (wishes.size() > 1 || wishes.getFirst().seconds != 0)) {
            throw new BadSip(400, "Contact: * goes alone and with Expires: 0", 0);
        }
        return wishes;
    }

    /// Seconds as written; a malformed value counts as absent (RFC 3261 §10.2.1.1).
    private static OptionalLong seconds(String text) {
        String digits = text.strip();
        if (digits.isEmpty()
                || digits.length() > 10
                || !digits.chars().allMatch(Character::isDigit)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /// @return the contacts afterwards; empty when the request is older than one it would change, and then nothing was
    ///     changed. More than [#MOST_CONTACTS]: nothing was changed either.
    private Optional<List<Binding>> carryOut(
            IncomingRequest incoming, Peer.Device device, List<Wish> wishes) {
        List<Optional<List<Binding>>> outcome = new ArrayList<>();
        byDevice.compute(
                key(device.account().accountId(), device.device().id()),
                (key, before) -> {
                    List<Binding> live = live(before);
                    Optional<List<Binding>> after = changed(live, incoming, device, wishes);
                    outcome.add(after);
                    List<Binding> kept =
                            after.filter(list -> list.size() <= MOST_CONTACTS).orElse(live);
                    return kept.isEmpty() ? null : List.copyOf(kept);
                });
        return outcome.getFirst();
    }

    private List<Binding> live(@org.jspecify.annotations.Nullable List<Binding> bindings) {
        Instant now = clock.instant();
        return bindings == null
                ? List.of()
                : bindings.stream()
                        .filter(binding -> binding.expires().isAfter(now))
                        .filter(binding -> binding.connection().isOpen())
                        .toList();
    }

    private Optional<List<Binding>> changed(
            List<Binding> live, IncomingRequest incoming, Peer.Device device, List<Wish> wishes) {
        SipRequest request = incoming.request();
        List<Binding> after = new ArrayList<>(live);
        for (Wish wish : wishes) {
            List<Binding> same =
                    after.stream()
                            .filter(
                                    old ->
                                            wish.contact.isStar()
                                                    || old.contact().matches(wish.contact.uri()))
                            .toList();
            if (same.stream().anyMatch(old -> isNewer(old, request))) {
                return Optional.empty();
            }
            after.removeAll(same);
            if (wish.seconds > 0) {
                Instant since = same.isEmpty() ? clock.instant() : same.getFirst().since();
                after.add(binding(incoming, device, wish, since));
            }
        }
        return Optional.of(after);
    }

    private static boolean isNewer(Binding old, SipRequest request) {
        return old.callId().equals(request.callId()) && old.sequence() >= request.cseq().number();
    }

    private Binding binding(
            IncomingRequest incoming, Peer.Device device, Wish wish, Instant since) {
        SipRequest request = incoming.request();
        return new Binding(
                device.account().accountId(),
                device.device().id(),
                device.ownerIds().stream().findFirst().orElse(""),
                device.device().text("sip", "username").orElse(""),
                Doorkeeper.realmOf(device.account()),
                wish.contact.uri(),
                quality(wish.contact),
                incoming.connection(),
                request.callId(),
                request.cseq().number(),
                request.header("User-Agent").orElse(""),
                since,
                clock.instant().plusSeconds(wish.seconds));
    }

    private static int quality(NameAddress contact) {
        String text = contact.parameter("q").orElse("1");
        return text.matches("(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                ? (int) Math.round(Double.parseDouble(text) * 1000)
                : 1000;
    }

    private SipResponse accepted(SipRequest request, List<Binding> bindings) {
        SipResponse response = SipResponse.to(request, 200, "OK");
        Instant now = clock.instant();
        for (Binding binding : bindings) {
            long left = Math.max(1, now.until(binding.expires()).toSeconds());
            response = response.plus("Contact", "<" + binding.contact() + ">;expires=" + left);
        }
        return response;
    }

    private static String key(String accountId, String deviceId) {
        return accountId + "/" + deviceId;
    }

    /// Where a device is now: the contact it likes best first, then the newest.
    public List<Binding> of(String accountId, String deviceId) {
        return live(byDevice.get(key(accountId, deviceId))).stream()
                .sorted(
                        Comparator.comparingInt(Binding::quality)
                                .thenComparing(Binding::since)
                                .reversed())
                .toList();
    }

    /// The live contact that a [Binding#token] names.
    Optional<Binding> bound(String token) {
        String[] parts = token.split("/", 3);
        return parts.length < 3
                ? Optional.empty()
                : of(parts[0], parts[1]).stream()
                        .filter(binding -> binding.token().equals(token))
                        .findFirst();
    }

    /// All live registrations of an account, oldest first.
    public List<Binding> of(String accountId) {
        return byDevice.values().stream()
                .flatMap(bindings -> live(bindings).stream())
                .filter(binding -> binding.accountId().equals(accountId))
                .sorted(Comparator.comparing(Binding::since))
                .toList();
    }

    /// How many contacts are registered.
    public int count() {
        return byDevice.values().stream().mapToInt(bindings -> live(bindings).size()).sum();
    }

    /// Forgets all contacts of a device.
    public void flush(String accountId, String deviceId) {
        byDevice.remove(key(accountId, deviceId));
    }

    /// Forgets what has expired; called now and then so that gone phones do not stay in memory.
    void sweep() {
        for (String key : byDevice.keySet()) {
            byDevice.computeIfPresent(
                    key,
                    (same, bindings) -> {
                        List<Binding> live = live(bindings);
                        return live.isEmpty() ? null : live;
                    });
        }
    }
}
