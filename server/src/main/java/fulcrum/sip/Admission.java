package fulcrum.sip;

import java.util.Map;

/// What becomes of a request outside any dialog. All but `Admitted` are carried out without keeping any state.
public sealed interface Admission {
    /// Goes on: a transaction is made, and the application is handed the request.
    record Admitted() implements Admission {}

    /// Asked for credentials with 401, for each algorithm of [SipSettings#challenges] one (RFC 8760 §2.3).
    ///
    /// @param stale true when the credentials were right but their nonce is too old or was used before
    record Challenged(String realm, boolean stale) implements Admission {}

    /// Refused with a final response.
    ///
    /// @param status 300 to 699
    record Refused(int status, String reason, Map<String, String> headers) implements Admission {
        public Refused {
            headers = Map.copyOf(headers);
        }

        /// A refusal without further headers.
        public Refused(int status, String reason) {
            this(status, reason, Map.of());
        }
    }

    /// Dropped without an answer.
    record Ignored() implements Admission {}
}
