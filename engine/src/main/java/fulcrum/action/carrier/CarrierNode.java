package fulcrum.action.carrier;

import fulcrum.flow.Action;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What [Resources] and [Offnet] have in common: all their fields, as described there.
interface CarrierNode extends Action {
    /// The schema of custom headers: a map of them, or two of those under `in` and `out` (resources.md §0.7).
    String HEADERS =
            """
            {"type":"object","anyOf":[
              {"type":"object","additionalProperties":false,
               "patternProperties":{"^[a-zA-z0-9_\\\\-]+$":{"type":"string"}}},
              {"properties":{
                "in":{"type":"object","additionalProperties":false,
                      "patternProperties":{"^[a-zA-z0-9_\\\\-]+$":{"type":"string"}}},
                "out":{"type":"object","additionalProperties":false,
                       "patternProperties":{"^[a-zA-z0-9_\\\\-]+$":{"type":"string"}}}}}]}""";

    boolean useLocalResources();

    String huntAccountId();

    String toDid();

    boolean doNotNormalize();

    boolean bypassE164();

    String callerIdType();

    String fromUriRealm();

    boolean formatFromUri();

    boolean emitAccountId();

    ObjectNode customSipHeaders();

    boolean ignoreEarlyMedia();

    String ringback();

    List<String> outboundFlags();

    List<String> dynamicFlags();

    Optional<Integer> timeout();

    boolean assertsIdentity();

    boolean ensuresValidCallerId();

    boolean deniesInvalidEmergencyCid();

    Duration patience();

    int shortestCorrection();

    int longestCorrection();

    /// Whose own carriers are meant; empty: those that serve all accounts.
    ///
    /// @param accountId the calling account
    default String huntAccountId(String accountId) {
        if (!useLocalResources()) {
            return "";
        }
        return huntAccountId().isEmpty() ? accountId : huntAccountId();
    }
}
