package fulcrum.action.carrier;

import fulcrum.call.Call;
import fulcrum.call.Order;
import fulcrum.call.Sound;

import java.util.Map;

/// What a caller hears who calls for help from an account that is not set up for that, where the system refuses it.
final class EmergencyRefusal {
    private static final String PROMPT = "stepswitch-emergency_not_configured";
    private static final int STATUS = 486;

    private EmergencyRefusal() {}

    static void tell(Call call) {
        Sound prompt =
                new Sound.Prompt(call.facts().accountId(), PROMPT, call.variables().language());
        call.tell(new Order.Progress());
        call.tell(new Order.Play(call.nextNumber(), prompt, 1));
        call.tell(new Order.Reject(STATUS, "", Map.of()));
    }
}
