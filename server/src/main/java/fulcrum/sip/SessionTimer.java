package fulcrum.sip;

import java.util.Locale;
import java.util.Optional;

/// How long a call lives without a sign of life, and who gives it (RFC 4028). Pure: it only says when.
///
/// @param seconds     the session's interval
/// @param weRefresh   true when the refreshing request is ours to send
public record SessionTimer(int seconds, boolean weRefresh) {
    /// The interval we ask for, seconds.
    public static final int WANTED_SECONDS = 1800;

    /// The least we take, seconds; RFC 4028 §4 allows no less than 90.
    public static final int LEAST_SECONDS = 90;

    /// What a request with or without `Session-Expires` asks of us.
    public sealed interface Asked {
        /// Nothing; the call has no timer.
        record Nothing() implements Asked {}

        /// An interval below ours; refuse with 422 and `Min-SE`.
        record TooShort() implements Asked {}

        /// A timer.
        ///
        /// @param requireTimer true when the 2xx must say `Require: timer` (§9)
        record Agreed(SessionTimer timer, boolean requireTimer) implements Asked {}
    }

    /// What a request that opens or refreshes a session asks of us, the server.
    public static Asked asked(SipRequest request) {
        var supports = supportsTimer(request);
        var wanted = interval(request);
        if (wanted.isEmpty()) {
            return supports
                    ? new Asked.Agreed(
                            new SessionTimer(Math.max(WANTED_SECONDS, minSe(request)), false), true)
                    : new Asked.Nothing();
        }
        if (wanted.get() < LEAST_SECONDS) {
            // A proxy may have put the header in for a caller who knows nothing of timers and of
            // 422 (§9).
            return supports
                    ? new Asked.TooShort()
                    : new Asked.Agreed(new SessionTimer(LEAST_SECONDS, true), false);
        }
        var theyRefresh = supports && !refresher(request).equals("uas");
        return new Asked.Agreed(new SessionTimer(wanted.get(), !theyRefresh), supports);
    }

    /// What a 2xx to a request of ours settled (§7.2); empty when the other side wants no timer.
    public static Optional<SessionTimer> settled(SipResponse response) {
        return interval(response)
                .map(
                        seconds ->
                                new SessionTimer(
                                        Math.max(LEAST_SECONDS, seconds),
                                        !refresher(response).equals("uas")));
    }

    /// The interval that a 422 wants at least, seconds (§7.4).
    public static int leastOf(SipMessage message) {
        return Math.max(LEAST_SECONDS, minSe(message));
    }

    /// Value of `Session-Expires` in our 2xx.
    public String answerHeader() {
        return seconds + ";refresher=" + (weRefresh ? "uas" : "uac");
    }

    /// Value of `Session-Expires` in our refreshing request.
    public String refreshHeader() {
        return seconds + ";refresher=" + (weRefresh ? "uac" : "uas");
    }

    /// When the refresh is to be sent, milliseconds after the last one: half the interval (§7.2).
    public long refreshMillis() {
        return seconds * 500L;
    }

    /// When the call is given up without a refresh, milliseconds: the smaller of 32 s and a third of the interval
    /// before its end (§10).
    public long expiryMillis() {
        return (seconds - Math.min(32, seconds / 3)) * 1000L;
    }

    private static boolean supportsTimer(SipMessage message) {
        return message.lists("Supported", "timer") || message.lists("Require", "timer");
    }

    private static Optional<Integer> interval(SipMessage message) {
        return message.header("Session-Expires")
                .map(SessionTimer::deltaSeconds)
                .filter(seconds -> seconds > 0);
    }

    private static int minSe(SipMessage message) {
        return message.header("Min-SE").map(SessionTimer::deltaSeconds).orElse(0);
    }

    private static String refresher(SipMessage message) {
        var value = message.header("Session-Expires").orElse("").toLowerCase(Locale.ROOT);
        var at = value.indexOf("refresher=");
        if (at < 0) {
            return "";
        }
        var end = value.indexOf(';', at);
        return value.substring(at + 10, end < 0 ? value.length() : end).strip();
    }

    private static int deltaSeconds(String value) {
        var end = 0;
        while (end < value.length() && end < 9 && Character.isDigit(value.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(value, 0, end, 10);
    }
}
