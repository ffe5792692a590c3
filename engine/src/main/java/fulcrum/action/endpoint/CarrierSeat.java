package fulcrum.action.endpoint;

import fulcrum.call.Answer;
import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.OutboundAsk;
import fulcrum.call.Question;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an attempt takes of the account's limits for calls to carriers (see [fulcrum.call.TollGuard]), and gives back.
final class CarrierSeat {
    private final Call call;
    private final Endpoints endpoints;
    private List<String> refusal = List.of();
    private boolean isTaken;

    CarrierSeat(Call call, Endpoints endpoints) {
        this.call = call;
        this.endpoints = endpoints;
    }

    /// The legs of the attempt that may be rung: of those to one number outside the best only, where others ring beside
    /// it; none that the limits refuse.
    ///
    /// @param all all gateways of the number, to be tried one after the other
    List<Rung> admitted(boolean all) {
        Map<OutboundAsk, Boolean> asked = new LinkedHashMap<>();
        List<Rung> admitted = new ArrayList<>();
        for (Rung leg : endpoints.rung()) {
            if (leg.outward().isEmpty()) {
                admitted.add(leg);
            } else if (all || !asked.containsKey(leg.outward().get())) {
                if (asked.computeIfAbsent(leg.outward().get(), this::isAllowed)) {
                    admitted.add(leg);
                }
            }
        }
        return admitted;
    }

    private boolean isAllowed(OutboundAsk ask) {
        Answer.Outbound answer = call.ask(new Question.MayGoOut(ask));
        if (answer.why().isEmpty()) {
            isTaken = true;
            return true;
        }
        endpoints.leftOut(ask.number() + " may not be called: " + answer.why());
        refusal = List.of(answer.cause().name(), "sip:" + answer.cause().sipStatus());
        if (answer.isAlarm()) {
            String accountId = call.facts().accountId();
            call.emit(
                    new CallEvent.Alarmed(
                            call.id(), accountId, call.now(), "toll_fraud", answer.why()));
        }
        return false;
    }

    /// The children for when nobody may be rung because of the limits; none when they refused nothing.
    List<String> refusal() {
        return refusal;
    }

    /// Somebody has answered.
    ///
    /// @param isWithin a phone of the account, so that nothing goes out any more
    void talks(boolean isWithin) {
        if (isWithin) {
            leave();
        }
    }

    void leave() {
        if (isTaken) {
            isTaken = false;
            call.ask(new Question.LeftCarriers(call.facts().accountId(), call.id()));
        }
    }
}
