package fulcrum.media;

import java.time.Duration;
import java.util.Optional;

/// Holds what one path counted since it was opened: a snapshot for call records and metrics.
///
/// @param packetsSent RTP packets sent
/// @param bytesSent their payload, octets (RFC 3550 §6.4.1)
/// @param packetsReceived RTP packets accepted from the locked source
/// @param bytesReceived their payload, octets
/// @param packetsLost expected but not received (RFC 3550 §6.4.1); below zero when packets were duplicated
/// @param packetsRefused from another source than the locked one, malformed, or not understood
/// @param packetsForged those of the refused, and reports, that the cipher did not let pass: not genuine, or come again
/// @param sendErrors packets the operating system did not take, or the cipher would not seal
/// @param tapDropped samples that a full tap could not take
/// @param jitter spread of arrival times (RFC 3550 §6.4.1); while something is played to the other side the socket is
///     read every 20 ms, which hides smaller values
/// @param remoteLost packets of ours that the other side reported lost
/// @param remoteJitter jitter that the other side reported
/// @param roundTrip time to the other side and back, from its reports (RFC 3550 §6.4.1)
public record MediaCounts(
        long packetsSent,
        long bytesSent,
        long packetsReceived,
        long bytesReceived,
        long packetsLost,
        long packetsRefused,
        long packetsForged,
        long sendErrors,
        long tapDropped,
        Duration jitter,
        long remoteLost,
        Duration remoteJitter,
        Optional<Duration> roundTrip) {}
