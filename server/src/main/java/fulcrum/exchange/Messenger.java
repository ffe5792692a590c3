package fulcrum.exchange;

import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;

import java.util.function.Consumer;

/// How [Carriers] speaks to gateways: the running stack, or a test's carrier.
interface Messenger {
    /// Sends a request outside any dialog, and takes its final answer: 408 when nobody answered, 503 when there is no
    /// way. Never blocks.
    ///
    /// @param contactUser the user of our Contact; empty: the request has none
    void send(SipRequest request, String contactUser, Consumer<SipResponse> answer);

    /// A new token for a tag or a Call-ID.
    String token();
}
