package fulcrum.call;

import java.util.Map;

/// Whom an outgoing leg rings.
///
/// @param legId the new leg's id, asked of the world beforehand
/// @param uri the SIP URI to ring
/// @param interactionId of the conversation the leg joins
/// @param headers further SIP headers of the INVITE
public record Dial(
        String legId,
        String uri,
        String accountId,
        String callerName,
        String callerNumber,
        String interactionId,
        Map<String, String> headers) {}
