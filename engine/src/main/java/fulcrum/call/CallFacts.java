package fulcrum.call;

import java.util.List;
import java.util.Map;

/// What is known of a call when it arrives, and never changes.
///
/// @param callId SIP Call-ID of the subject leg
/// @param realm the account's SIP realm
/// @param from the From header's user and host; `nouser` / `norealm` when missing
/// @param to the To header's
/// @param request the request URI's, the user normalised for the account
/// @param caller the caller id the call came with
/// @param authorizingId device or resource that vouched for the call; empty for none
/// @param authorizingType `device`, `resource` or empty
/// @param ownerIds owners of the calling device
/// @param isOffnet true when the call came from a carrier
/// @param language prompt language, lower case, for example `en-us`
/// @param sipHeaders custom SIP headers of the INVITE, by name
public record CallFacts(
        String callId,
        String accountId,
        String realm,
        Address from,
        Address to,
        Address request,
        Party caller,
        String authorizingId,
        String authorizingType,
        List<String> ownerIds,
        boolean isOffnet,
        String language,
        Map<String, String> sipHeaders) {

    /// A SIP user and host.
    public record Address(String user, String host) {}

    /// A caller id.
    public record Party(String name, String number) {}
}
