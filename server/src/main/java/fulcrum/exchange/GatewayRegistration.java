package fulcrum.exchange;

import fulcrum.call.GatewayRoute;
import fulcrum.directory.Json;
import fulcrum.sip.BadSip;
import fulcrum.sip.Digest;
import fulcrum.sip.NameAddress;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipUri;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Optional;

/// Our registration with a carrier's gateway (RFC 3261 §10.2): a machine without clock or socket. [#request] is what
/// to send; [#answered] says what then.
///
/// 1. A challenge is answered once; 423 (too brief) with as much time as is wanted.
/// 2. What was granted is asked for again after nine tenths of it.
/// 3. What fails is tried again after 30 s, and twice as long each time up to half an hour, or when the other side
///    says.
final class GatewayRegistration {
    private static final long EXPIRES = 3600;
    private static final long LONGEST_SECONDS = 86_400;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /// What to do after an answer.
    sealed interface Then {
        /// Send this at once.
        record Send(SipRequest request) implements Then {}

        /// Ask again after a while.
        record Wait(Duration pause) implements Then {}
    }

    private final JsonNode gateway;
    private final String callId;
    private final String tag;
    private final String contactUser;
    private long sequence;
    private long expires;
    private boolean isProved;
    private boolean isLengthened;
    private boolean isRegistered;
    private Duration pause = FIRST_PAUSE;
    private String problem = "not registered yet";

    /// @param callId and `tag`: kept for all requests of this registration
    GatewayRegistration(JsonNode gateway, String callId, String tag) {
        this.gateway = gateway;
        this.callId = callId;
        this.tag = tag;
        this.contactUser = username();
        long wanted = Json.whole(gateway, "expires").orElse(EXPIRES);
        this.expires = Math.clamp(wanted, 60, LONGEST_SECONDS);
    }

    /// Whether a gateway wants to be registered with.
    static boolean isWanted(JsonNode gateway) {
        return Json.flag(gateway, "register") && Json.text(gateway, "username").isPresent();
    }

    private String username() {
        return Json.text(gateway, "username").orElse("");
    }

    String contactUser() {
        return contactUser;
    }

    boolean isRegistered() {
        return isRegistered;
    }

    /// Why it is not registered; empty when it is.
    String problem() {
        return problem;
    }

    /// The next REGISTER.
    SipRequest request() {
        isProved = false;
        isLengthened = false;
        return register(expires);
    }

    /// The REGISTER that ends it.
    SipRequest farewell() {
        isProved = false;
        isLengthened = true;
        return register(0);
    }

    private SipRequest register(long seconds) {
        SipUri registrar = SipUri.parse("sip:" + GatewayRoute.place(gateway));
        String realm = Json.text(gateway, "realm").orElse(registrar.host());
        NameAddress self = NameAddress.of(SipUri.of(username(), realm, 0));
        return SipRequest.of("REGISTER", registrar)
                .with("Max-Forwards", "70")
                .with("From", self.withTag(tag).toString())
                .with("To", self.toString())
                .with("Call-ID", callId)
                .with("CSeq", ++sequence + " REGISTER")
                .with("Expires", Long.toString(seconds));
    }

    /// @param request the one that was answered
    /// @param cnonce  chance, should it be needed
    Then answered(SipRequest request, SipResponse response, String cnonce) {
        int status = response.status();
        if (status >= 200 && status < 300) {
            return granted(request, response);
        }
        if ((status == 401 || status == 407) && (!isProved || Digest.isStale(response))) {
            Optional<SipRequest> proved = proved(request, response, cnonce);
            if (proved.isPresent()) {
                return new Then.Send(proved.get());
            }
        }
        if (status == 423 && !isLengthened) {
            Optional<Long> least = seconds(response.header("Min-Expires"));
            if (least.isPresent() && least.get() > expires && least.get() <= LONGEST_SECONDS) {
                isLengthened = true;
                expires = least.get();
                isProved = false;
                return new Then.Send(register(expires));
            }
        }
        isRegistered = false;
        problem = status + " " + response.reason();
        Duration wanted =
                seconds(response.header("Retry-After")).map(Duration::ofSeconds).orElse(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        return new Then.Wait(shorter(wanted, LONGEST_PAUSE));
    }

    private Optional<SipRequest> proved(SipRequest request, SipResponse response, String cnonce) {
        if (isProved && !Digest.isStale(response)) {
            return Optional.empty();
        }
        isProved = true;
        SipRequest next =
                request.without("Via")
                        .without("Authorization")
                        .without("Proxy-Authorization")
                        .with("CSeq", ++sequence + " REGISTER");
        String name = response.status() == 407 ? "Proxy-Authorization" : "Authorization";
        String password = Json.text(gateway, "password").orElse("");
        return Digest.authorization(response, next, username(), password, cnonce, 1)
                .map(value -> next.with(name, value));
    }

    private Then granted(SipRequest request, SipResponse response) {
        isRegistered = !request.header("Expires").orElse("").equals("0");
        problem = isRegistered ? "" : "registration was ended";
        pause = FIRST_PAUSE;
        long seconds = Math.clamp(given(response), 20, LONGEST_SECONDS);
        return new Then.Wait(Duration.ofSeconds(seconds * 9 / 10));
    }

    /// Of our own Contact among those that the registrar lists, else of the whole answer, else what we asked for.
    private long given(SipResponse response) {
        for (String header : response.headers("Contact")) {
            try {
                NameAddress contact = NameAddress.parse(header);
                Optional<Long> own = seconds(contact.parameter("expires"));
                if (own.isPresent() && contact.uri().user().equals(contactUser)) {
                    return own.get();
                }
            } catch (BadSip odd) {
                // a contact of somebody else's, perhaps
            }
        }
        return seconds(response.header("Expires")).orElse(expires);
    }

    private static Optional<Long> seconds(Optional<String> text) {
        return text.map(value -> value.replaceAll("[^0-9].*$", ""))
                .filter(value -> value.matches("\\d{1,9}"))
                .map(Long::valueOf);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
