package fulcrum.media;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Holds what offer and answer settled for the audio of one leg; an immutable value.
///
/// @param remote where the other side wants its RTP (the SDP `c=` and `m=` lines); empty while unknown or unusable,
///     then nothing is sent until the other side was heard
/// @param codec how we encode what we send
/// @param sendPayloadType the payload type of `codec` as the other side numbered it, 0..127
/// @param receive the codec of each payload type that we said we accept
/// @param events `telephone-event` if both sides have it; without it digits are tones in the audio, both ways
/// @param direction which way audio may flow, seen from our side
/// @param ptime audio in one packet that we send: 20, 40 or 60 ms; other values are rounded into that range
/// @param rtcpMux whether reports share the RTP port (RFC 5761); else they use the port above
/// @param fillSilence whether silence is sent while there is nothing else to send; off by default, since phones make
///     their own comfort noise and an unheard packet costs as much as a heard one
public record MediaSettings(
        Optional<InetSocketAddress> remote,
        Codec codec,
        int sendPayloadType,
        Map<Integer, Codec> receive,
        Optional<EventFormat> events,
        Direction direction,
        Duration ptime,
        boolean rtcpMux,
        boolean fillSilence) {

    public MediaSettings {
        receive = Map.copyOf(receive);
    }

    /// Makes the settings of one codec under its own payload type both ways: 20 ms, `sendrecv`, no events.
    public static MediaSettings of(Codec codec) {
        return new MediaSettings(
                Optional.empty(),
                codec,
                codec.payloadType(),
                Map.of(codec.payloadType(), codec),
                Optional.empty(),
                Direction.SENDRECV,
                Duration.ofMillis(20),
                false,
                false);
    }

    /// Returns these settings with another remote address.
    public MediaSettings remote(InetSocketAddress address) {
        return new MediaSettings(
                Optional.of(address),
                codec,
                sendPayloadType,
                receive,
                events,
                direction,
                ptime,
                rtcpMux,
                fillSilence);
    }

    /// Returns these settings with `telephone-event`.
    public MediaSettings events(EventFormat format) {
        return new MediaSettings(
                remote,
                codec,
                sendPayloadType,
                receive,
                Optional.of(format),
                direction,
                ptime,
                rtcpMux,
                fillSilence);
    }

    /// Returns these settings with another direction.
    public MediaSettings direction(Direction other) {
        return new MediaSettings(
                remote,
                codec,
                sendPayloadType,
                receive,
                events,
                other,
                ptime,
                rtcpMux,
                fillSilence);
    }

    /// Returns these settings with another packet length.
    public MediaSettings ptime(Duration other) {
        return new MediaSettings(
                remote,
                codec,
                sendPayloadType,
                receive,
                events,
                direction,
                other,
                rtcpMux,
                fillSilence);
    }

    /// Returns these settings with reports on the RTP port (RFC 5761) or on the port above.
    public MediaSettings rtcpMux(boolean shared) {
        return new MediaSettings(
                remote,
                codec,
                sendPayloadType,
                receive,
                events,
                direction,
                ptime,
                shared,
                fillSilence);
    }

    /// Returns these settings with silence sent, or not, while there is nothing else to send.
    public MediaSettings fillSilence(boolean fill) {
        return new MediaSettings(
                remote, codec, sendPayloadType, receive, events, direction, ptime, rtcpMux, fill);
    }

    /// Returns how many 20 ms frames go into one packet, 1 to 3.
    int framesPerPacket() {
        return Math.clamp(ptime.toMillis() / 20, 1, 3);
    }
}
