package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Whom an outgoing leg rings, as whom, and with what. Immutable; each `with…` makes a copy.
///
/// @param legId the new leg's id; empty: [Call#dial] asks the world for one
/// @param uri the SIP URI to ring: the Request-URI
/// @param binding the connection to use, as [Contact#binding] names it; empty: the host of the URI is looked up
/// @param interactionId of the conversation the leg joins; empty: the dialling call's
/// @param headers further SIP headers of the INVITE, such as `Alert-Info` or `Diversion`
public record Dial(
        String legId,
        String uri,
        String binding,
        String accountId,
        String interactionId,
        Caller caller,
        Map<String, String> headers,
        Media media,
        Credentials credentials,
        Endpoint endpoint) {

    /// Who the callee is told is calling.
    ///
    /// @param name the display name; empty is allowed
    /// @param number the user part of From
    /// @param host the host of From; empty: our own address
    /// @param isHidden true: From is anonymous and `Privacy: id` is asked for (RFC 3323); a carrier learns the number
    ///     from a `P-Asserted-Identity` among the headers
    public record Caller(String name, String number, String host, boolean isHidden) {
        /// A caller id from our own address, for everybody to see.
        public static Caller of(String name, String number) {
            return new Caller(name, number, "", false);
        }
    }

    /// What the leg may speak.
    ///
    /// @param codecs names as in `media.audio.codecs` (`PCMU`, `PCMA`, `G722` …), best first; empty: all we have, those
    ///     of the dialling call's subject leg first
    public record Media(List<String> codecs, Encryption encryption) {
        /// Every codec, in the clear.
        public static final Media ANY = new Media(List.of(), Encryption.NONE);

        public Media {
            codecs = List.copyOf(codecs);
        }
    }

    /// Whether the sound of a leg is encrypted.
    public enum Encryption {
        NONE,
        /// Offered beside plain sound.
        OPTIONAL,
        /// A callee that has only plain sound is not talked to.
        REQUIRED
    }

    /// What answers a challenge (401, 407). Never written down with its password: two of them are equal when the user
    /// name is.
    @JsonIgnoreProperties("password")
    public record Credentials(String username, String password) {
        public static final Credentials NONE = new Credentials("", "");

        public Credentials {
            password = Objects.requireNonNullElse(password, ""); // as read from a journal
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Credentials same && username.equals(same.username);
        }

        @Override
        public int hashCode() {
            return username.hashCode();
        }

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /// The document that is rung, for the leg's card: its CDR, lamps and counters.
    ///
    /// @param type `device`, `resource` …; empty for none
    public record Endpoint(String id, String type, List<String> ownerIds) {
        public static final Endpoint NONE = new Endpoint("", "", List.of());

        public Endpoint {
            ownerIds = List.copyOf(ownerIds);
        }
    }

    public Dial {
        headers = copy(headers);
    }

    /// In the order given: a replay compares, and the INVITE shows it.
    private static Map<String, String> copy(Map<String, String> headers) {
        return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Rings an address with nothing special.
    public static Dial to(String uri, String accountId, Caller caller) {
        return new Dial(
                "",
                uri,
                "",
                accountId,
                "",
                caller,
                Map.of(),
                Media.ANY,
                Credentials.NONE,
                Endpoint.NONE);
    }

    /// Rings a contact of a registered device, over the connection it registered with.
    public static Dial to(Contact contact, String accountId, Caller caller) {
        return to(contact.uri(), accountId, caller).withBinding(contact.binding());
    }

    public Dial withLegId(String id) {
        return new Dial(
                id,
                uri,
                binding,
                accountId,
                interactionId,
                caller,
                headers,
                media,
                credentials,
                endpoint);
    }

    /// Another Request-URI over the same connection (`invite_format`).
    public Dial withUri(String other) {
        return new Dial(
                legId,
                other,
                binding,
                accountId,
                interactionId,
                caller,
                headers,
                media,
                credentials,
                endpoint);
    }

    public Dial withBinding(String token) {
        return new Dial(
                legId,
                uri,
                token,
                accountId,
                interactionId,
                caller,
                headers,
                media,
                credentials,
                endpoint);
    }

    public Dial withInteraction(String id) {
        return new Dial(
                legId, uri, binding, accountId, id, caller, headers, media, credentials, endpoint);
    }

    public Dial withCaller(Caller other) {
        return new Dial(
                legId,
                uri,
                binding,
                accountId,
                interactionId,
                other,
                headers,
                media,
                credentials,
                endpoint);
    }

    /// With one more header; an empty value adds none.
    public Dial withHeader(String name, String value) {
        return value.isEmpty() ? this : withHeaders(Map.of(name, value));
    }

    /// With these headers besides those there are.
    public Dial withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        List<String> names = new ArrayList<>(more.keySet());
        names.sort(String::compareTo); // a Map.of() has no order of its own
        names.forEach(name -> all.put(name, more.get(name)));
        return new Dial(
                legId,
                uri,
                binding,
                accountId,
                interactionId,
                caller,
                all,
                media,
                credentials,
                endpoint);
    }

    public Dial withMedia(Media wish) {
        return new Dial(
                legId,
                uri,
                binding,
                accountId,
                interactionId,
                caller,
                headers,
                wish,
                credentials,
                endpoint);
    }

    public Dial withCredentials(String username, String password) {
        return new Dial(
                legId,
                uri,
                binding,
                accountId,
                interactionId,
                caller,
                headers,
                media,
                new Credentials(username, password),
                endpoint);
    }

    public Dial withEndpoint(Endpoint document) {
        return new Dial(
                legId,
                uri,
                binding,
                accountId,
                interactionId,
                caller,
                headers,
                media,
                credentials,
                document);
    }
}
