package fulcrum.action.endpoint;

import fulcrum.action.CallerId;
import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Dial;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// On whose behalf endpoints are rung: the caller's, or that of an endpoint that sends the call on.
///
/// @param deviceId which device is not to be rung; empty for none
/// @param ownerIds whose devices are not to be rung; none where an endpoint sends the call on, which may be to another
///     phone of its own user
/// @param caller what the endpoints are shown
record Behalf(String deviceId, List<String> ownerIds, Dial.Caller caller) {
    private static final Set<String> DEVICES = Set.of("device", "mobile");

    static Behalf caller(Call call) {
        CallFacts facts = call.facts();
        String device = DEVICES.contains(facts.authorizingType()) ? facts.authorizingId() : "";
        Set<String> owners = new LinkedHashSet<>(facts.ownerIds());
        call.variables().owner().ifPresent(owners::add);
        return new Behalf(device, List.copyOf(owners), CallerId.forPhones(call).caller());
    }
}
