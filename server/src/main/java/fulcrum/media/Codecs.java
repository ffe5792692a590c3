package fulcrum.media;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lists the codecs we have; a new one is one line here.
public final class Codecs {
    /// G.711 µ-law.
    public static final Codec PCMU = new Ulaw();

    /// G.711 A-law.
    public static final Codec PCMA = new Alaw();

    /// G.722 at 64 kbit/s.
    public static final Codec G722 = new G722();

    /// All of them, the order of no importance.
    public static final List<Codec> ALL = List.of(PCMU, PCMA, G722);

    private Codecs() {}

    /// Finds a codec by what an SDP `rtpmap` says; names are compared without regard to case (RFC 4855 §3).
    ///
    /// @param clockRate the clock as SDP has it, 8000 for G.722 too
    public static Optional<Codec> named(String name, int clockRate) {
        String upper = name.toUpperCase(Locale.ROOT);
        return ALL.stream()
                .filter(codec -> codec.name().equals(upper) && codec.clockRate() == clockRate)
                .findFirst();
    }

    /// Finds a codec by name alone, such as in a device document's list of codecs.
    public static Optional<Codec> named(String name) {
        return named(name, 8000);
    }

    /// Finds the codec that a payload type means without an `rtpmap` (RFC 3551 table 4).
    public static Optional<Codec> assigned(int payloadType) {
        return ALL.stream().filter(codec -> codec.payloadType() == payloadType).findFirst();
    }
}
