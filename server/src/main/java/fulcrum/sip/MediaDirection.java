package fulcrum.sip;

import java.util.List;
import java.util.Optional;

/// Which way media flows, seen from the side whose description carries it (RFC 8866 §6.7).
public enum MediaDirection {
    SENDRECV("sendrecv"),
    SENDONLY("sendonly"),
    RECVONLY("recvonly"),
    INACTIVE("inactive");

    private static final List<MediaDirection> ALL = List.of(values());

    private final String attribute;

    MediaDirection(String attribute) {
        this.attribute = attribute;
    }

    /// The attribute's name on the wire, such as `sendonly`.
    public String attribute() {
        return attribute;
    }

    /// True when the side sends.
    public boolean isSending() {
        return this == SENDRECV || this == SENDONLY;
    }

    /// True when the side wants to receive.
    public boolean isReceiving() {
        return this == SENDRECV || this == RECVONLY;
    }

    /// The same stream seen from the other side.
    public MediaDirection reversed() {
        return of(isReceiving(), isSending());
    }

    /// The widest direction that both allow; an answer is limited by the offer's reversed one (RFC 3264 §6.1).
    public MediaDirection limitedBy(MediaDirection limit) {
        return of(isSending() && limit.isSending(), isReceiving() && limit.isReceiving());
    }

    /// The direction of which this is the attribute's name, if it is one.
    public static Optional<MediaDirection> named(String attribute) {
        for (var direction : ALL) {
            if (direction.attribute.equals(attribute)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }

    private static MediaDirection of(boolean sending, boolean receiving) {
        if (sending) {
            return receiving ? SENDRECV : SENDONLY;
        }
        return receiving ? RECVONLY : INACTIVE;
    }
}
