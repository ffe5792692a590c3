package fulcrum.sip;

import org.jspecify.annotations.Nullable;

/// A 2xx of ours with what it says of the session timer, and that timer (RFC 4028 §9).
///
/// @param timer null when the session has none
record Agreed(SipResponse response, @Nullable SessionTimer timer) {
    /// The answer to what the request asks; to a request that asks too little, which is refused before, as if it had
    /// asked nothing.
    static Agreed with(SipRequest request, SipResponse response) {
        if (!(SessionTimer.asked(request)
                instanceof SessionTimer.Asked.Agreed(var timer, var requireTimer))) {
            return new Agreed(response, null);
        }
        var said = response.with("Session-Expires", timer.answerHeader());
        return new Agreed(requireTimer ? said.plus("Require", "timer") : said, timer);
    }
}
