package fulcrum.exchange;

import fulcrum.call.Dial;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.media.PacketCipher;
import fulcrum.media.SrtpCipher;
import fulcrum.secure.BadCrypto;
import fulcrum.secure.CryptoLine;
import fulcrum.secure.SrtpKey;
import fulcrum.secure.SrtpSuite;
import fulcrum.sip.SdpAttribute;
import fulcrum.sip.SdpMedia;
import fulcrum.sip.SessionDescription;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether and how the sound of one leg is encrypted: SRTP, with the keys in the session descriptions (SDES, RFC 4568).
/// Safe for use by many threads. Keys are in descriptions and in the cipher, never in a text for people.
///
/// What an offer of theirs asks for is given: encrypted sound to `RTP/SAVP`, plain sound to `RTP/AVP`. Keys in an
/// `RTP/AVP` offer say that the phone would like to encrypt; that is done when the device is set up for it. Our keys
/// stay the same for the life of the leg, one for each suite.
public final class Secrecy {
    private static final String CRYPTO = "crypto";
    private static final String SECURE = "RTP/SAVP";
    private static final Set<String> SPOKEN = Set.of("RTP/AVP", "RTP/AVPF", SECURE, "RTP/SAVPF");

    private final Dial.Encryption wish;
    private final Map<SrtpSuite, SrtpKey> own = new EnumMap<>(SrtpSuite.class);
    private @Nullable SrtpCipher cipher;

    /// What a finished exchange means.
    public sealed interface Agreement {
        /// Packets are treated so from now on.
        record Agreed(PacketCipher cipher) implements Agreement {}

        /// The other side does not keep to what it was offered; the sound must not go on.
        record Broken(String reason) implements Agreement {}
    }

    private Secrecy(Dial.Encryption wish) {
        this.wish = wish;
    }

    static Secrecy of(Dial.Encryption wish) {
        return new Secrecy(wish);
    }

    /// Only when the other side wants it.
    public static Secrecy ifAsked() {
        return of(Dial.Encryption.NONE);
    }

    /// Nothing is said or heard in the clear.
    public static Secrecy required() {
        return of(Dial.Encryption.REQUIRED);
    }

    /// How a device is set up: `media.encryption` (resources.md §0.3). The only method we have is `srtp`, so it is also
    /// what enforcing means when another is named.
    static Dial.Encryption of(Document device) {
        if (device.flag("media", "encryption", "enforce_security")) {
            return Dial.Encryption.REQUIRED;
        }
        return Json.texts(device.body(), "media", "encryption", "methods").contains("srtp")
                ? Dial.Encryption.OPTIONAL
                : Dial.Encryption.NONE;
    }

    /// A description of theirs without the audio that we cannot or must not take as it is: such a section counts as
    /// refused.
    public SessionDescription view(SessionDescription theirs) {
        List<SdpMedia> sections = new ArrayList<>();
        boolean found = false;
        for (SdpMedia section : theirs.media()) {
            boolean isAudio = section.type().equals("audio") && section.port() != 0;
            boolean isOut = isAudio && (found || obstacle(section).isPresent());
            found |= isAudio && !isOut;
            sections.add(isOut ? section.refused() : section);
        }
        return theirs.withMedia(sections);
    }

    /// Why none of the audio of an offer can be taken; empty when some can, or when there is none at all.
    Optional<String> obstacle(SessionDescription offer) {
        if (view(offer).audio().isPresent()) {
            return Optional.empty();
        }
        return offer.audio().flatMap(this::obstacle);
    }

    private Optional<String> obstacle(SdpMedia section) {
        if (!SPOKEN.contains(section.protocol())) {
            return Optional.of("only RTP/AVP(F) and RTP/SAVP(F) are spoken");
        }
        boolean isSecure = isSecure(section);
        if (isSecure || (wish == Dial.Encryption.REQUIRED && hasKeys(section))) {
            try {
                CryptoLine.choose(lines(section));
                return Optional.empty();
            } catch (BadCrypto bad) {
                return Optional.of(String.valueOf(bad.getMessage()));
            }
        }
        return wish == Dial.Encryption.REQUIRED
                ? Optional.of("the sound must be encrypted (SRTP) and the offer is not")
                : Optional.empty();
    }

    private static boolean isSecure(SdpMedia section) {
        return section.protocol().startsWith(SECURE);
    }

    private static boolean hasKeys(SdpMedia section) {
        return section.attribute(CRYPTO).isPresent();
    }

    private static List<String> lines(SdpMedia section) {
        return section.attributes().stream()
                .filter(attribute -> attribute.name().equals(CRYPTO))
                .map(SdpAttribute::value)
                .toList();
    }

    /// An offer of ours as the device is set up: with keys and `RTP/SAVP`, or as it was.
    public SessionDescription offered(SessionDescription plain) {
        if (wish == Dial.Encryption.NONE) {
            return plain;
        }
        return plain.withMedia(
                plain.media().stream()
                        .map(section -> section.port() == 0 ? section : secured(section))
                        .toList());
    }

    private SdpMedia secured(SdpMedia plain) {
        SdpMedia section = withProtocol(plain, SECURE);
        for (CryptoLine line : CryptoLine.offer()) {
            section = section.plus(CRYPTO, mine(line).value());
        }
        return section;
    }

    private static SdpMedia withProtocol(SdpMedia section, String protocol) {
        return new SdpMedia(
                section.type(),
                section.port(),
                section.portCount(),
                protocol,
                section.formats(),
                section.host(),
                section.otherLines(),
                section.attributes());
    }

    /// The line with the key that we use with its suite, which it becomes if there was none.
    private synchronized CryptoLine mine(CryptoLine line) {
        SrtpKey key = own.computeIfAbsent(line.key().suite(), SrtpKey::fresh);
        return new CryptoLine(line.tag(), key, OptionalLong.empty());
    }

    /// Our answer with our key, when the offer, as [#view] gives it, is answered encrypted.
    public SessionDescription answered(SessionDescription offer, SessionDescription plainAnswer) {
        Optional<CryptoLine> chosen =
                offer.audio()
                        .filter(section -> isSecure(section) || wish != Dial.Encryption.NONE)
                        .flatMap(
                                section ->
                                        lines(section).stream()
                                                .flatMap(line -> usable(line).stream())
                                                .findFirst());
        if (chosen.isEmpty()) {
            return plainAnswer;
        }
        CryptoLine line = mine(chosen.get());
        return plainAnswer.withMedia(
                plainAnswer.media().stream()
                        .map(section -> section.plus(CRYPTO, line.value()))
                        .toList());
    }

    /// What a finished exchange means, whoever offered. The answer has one line, with the tag and the suite of the one
    /// it chose (RFC 4568 §5.1.2).
    public Agreement agreed(SessionDescription ours, SessionDescription theirs) {
        Optional<SdpMedia> mine = ours.audio();
        Optional<SdpMedia> their = theirs.audio();
        if (mine.isEmpty() || their.isEmpty()) {
            return new Agreement.Agreed(inForce());
        }
        Optional<String> obstacle = obstacle(their.get());
        if (obstacle.isPresent()) {
            return new Agreement.Broken(obstacle.get());
        }
        if (!hasKeys(mine.get()) || !(hasKeys(their.get()) || isSecure(their.get()))) {
            return new Agreement.Agreed(PacketCipher.PLAIN);
        }
        for (String line : lines(mine.get())) {
            CryptoLine key = CryptoLine.parse(line);
            Optional<CryptoLine> match = matching(key, their.get());
            if (match.isPresent()) {
                return new Agreement.Agreed(ciphered(key.key(), match.get().key()));
            }
        }
        return new Agreement.Broken("the key in the answer is for none of the offered lines");
    }

    /// Without audio nothing changes; least of all is what may still leave sent in the clear.
    private synchronized PacketCipher inForce() {
        SrtpCipher now = cipher;
        return now == null ? PacketCipher.PLAIN : now;
    }

    private static Optional<CryptoLine> matching(CryptoLine mine, SdpMedia their) {
        return lines(their).stream()
                .flatMap(line -> usable(line).stream())
                .filter(line -> line.tag() == mine.tag())
                .filter(line -> line.key().suite() == mine.key().suite())
                .findFirst();
    }

    private static Optional<CryptoLine> usable(String line) {
        try {
            return Optional.of(CryptoLine.parse(line));
        } catch (BadCrypto bad) {
            return Optional.empty();
        }
    }

    private synchronized PacketCipher ciphered(SrtpKey ours, SrtpKey theirs) {
        SrtpCipher before = cipher;
        SrtpCipher now = before == null ? SrtpCipher.of(ours, theirs) : before.with(ours, theirs);
        cipher = now;
        return now;
    }
}
