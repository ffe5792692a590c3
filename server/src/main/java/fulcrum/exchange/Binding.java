package fulcrum.exchange;

import fulcrum.sip.Connection;
import fulcrum.sip.SipUri;

import java.time.Instant;

/// One contact of one registered device (RFC 3261 §10.3).
///
/// @param contact as the phone wrote it
/// @param quality the `q` of the contact, 0 to 1000
/// @param connection the flow the registration came over; calls to the device go the same way
/// @param callId and `sequence`: which REGISTER made it, so that an older one does not undo a newer one
/// @param since when this contact first registered
public record Binding(
        String accountId,
        String deviceId,
        String ownerId,
        String username,
        String realm,
        SipUri contact,
        int quality,
        Connection connection,
        String callId,
        long sequence,
        String userAgent,
        Instant since,
        Instant expires) {
    /// A name for this contact that means it as long as it is registered.
    String token() {
        return accountId + "/" + deviceId + "/" + contact;
    }
}
