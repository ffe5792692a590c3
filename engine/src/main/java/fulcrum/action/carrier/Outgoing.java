package fulcrum.action.carrier;

import fulcrum.action.CallerId;
import fulcrum.action.CallingEndpoint;
import fulcrum.call.Answer;
import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.DialResult;
import fulcrum.call.GatewayRoute;
import fulcrum.call.HangupCause;
import fulcrum.call.OutboundAsk;
import fulcrum.call.Question;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.Document;
import fulcrum.directory.NumberClass;
import fulcrum.directory.Numbers;
import fulcrum.flow.Branches;
import fulcrum.flow.CallRestriction;
import fulcrum.flow.Next;

import java.util.List;
import java.util.Optional;

/// One call's way out (actions/resources.md, "Behaviour" and "Carrier selection").
///
/// 1. The number; one that an account of this server has is called within, unless the account's own carriers are meant.
/// 2. The gateways that take it; else those that take it with the digits that the caller left out.
/// 3. The account's limits, which no call for help is asked about.
/// 4. The gateways, one after the other, as [GatewayRound] does it.
/// 5. Connected, or on at the child that the failure names.
final class Outgoing {
    private static final String EMERGENCY = "emergency";

    /// Numbers for help are not longer than this.
    private static final int SHORT = 5;

    private final CarrierNode node;
    private final Call call;
    private final Branches branches;
    private final CallingEndpoint endpoint;
    private final String accountId;

    Outgoing(CarrierNode node, Call call, Branches branches) {
        this.node = node;
        this.call = call;
        this.branches = branches;
        this.endpoint = CallingEndpoint.of(call);
        this.accountId = call.facts().accountId();
    }

    Next next() {
        String number = new Destination(node, call, endpoint).number();
        if (node.huntAccountId(accountId).isEmpty()) {
            Optional<Document> within = OwnNumber.calledWithin(call, number);
            if (within.isPresent()) {
                GatewayRound round = round(false);
                return outcome(round.within(within.get(), number));
            }
        }
        Answer.Gateways found = gateways(number);
        String dialled = number;
        if (found.routes().isEmpty()) {
            Optional<String> corrected = corrected(number);
            if (corrected.isPresent()) {
                dialled = corrected.get();
                found = gateways(dialled);
            }
        }
        if (found.routes().isEmpty()) {
            call.notice(branches.pointer(), "no carrier takes " + number + ": " + found.why());
            return outcome(new DialResult.Failed(HangupCause.NO_ROUTE_DESTINATION, 404));
        }
        return out(dialled, found.routes());
    }

    private Next out(String number, List<GatewayRoute> routes) {
        boolean isEmergency = routes.stream().anyMatch(GatewayRoute::isEmergency);
        if (isEmergency) {
            String shown = CallerId.forCarriers(call, CallerId.EMERGENCY).number();
            if (node.deniesInvalidEmergencyCid() && !Numbers.isReconcilable(shown)) {
                call.notice(branches.pointer(), "'" + shown + "' is no caller id to call for help");
                EmergencyRefusal.tell(call);
                return Next.STOP;
            }
            alarm("emergency_call", number + " is called as " + shown);
        }
        if (!isForHelp(number, isEmergency)) {
            Optional<DialResult.Failed> refused = refusedByLimits(number);
            if (refused.isPresent()) {
                return outcome(refused.get());
            }
        }
        DialResult result = round(isEmergency).through(routes);
        if (result instanceof DialResult.Failed) {
            call.ask(new Question.LeftCarriers(accountId, call.id()));
        }
        return outcome(result);
    }

    private GatewayRound round(boolean isEmergency) {
        String pointer = branches.pointer();
        return new GatewayRound(
                node, call, new GatewayDial(node, call, endpoint, isEmergency, pointer), pointer);
    }

    /// That a resource calls itself one for emergencies is not enough: with it any number would pass the limits.
    private static boolean isForHelp(String number, boolean isEmergency) {
        return NumberClass.of(number).equals(EMERGENCY)
                || (isEmergency && number.length() <= SHORT);
    }

    private Answer.Gateways gateways(String number) {
        List<String> flags = OutgoingFlags.of(node, call, endpoint, branches.pointer());
        String shown = CallerId.forCarriers(call, node.callerIdType()).number();
        CarrierWish wish =
                new CarrierWish(accountId, node.huntAccountId(accountId), number, shown, flags);
        return call.ask(new Question.FindGateways(wish));
    }

    /// The number with the first digits of the caller's in front, where that many are missing (seven-digit dialling).
    private Optional<String> corrected(String number) {
        String own = Numbers.normalise(CallerId.forCarriers(call, node.callerIdType()).number());
        int missing = own.length() - number.length();
        boolean isShort =
                number.matches("\\d+")
                        && missing >= node.shortestCorrection()
                        && missing <= node.longestCorrection();
        if (!isShort) {
            return Optional.empty();
        }
        String whole = own.substring(0, missing) + number;
        Optional<String> forbidden = CallRestriction.forbids(call, whole);
        forbidden.ifPresent(
                why -> call.notice(branches.pointer(), whole + " is not tried: " + why));
        return forbidden.isPresent() ? Optional.empty() : Optional.of(whole);
    }

    private Optional<DialResult.Failed> refusedByLimits(String number) {
        String shown = CallerId.forCarriers(call, node.callerIdType()).number();
        OutboundAsk ask = new OutboundAsk(accountId, call.id(), Numbers.normalise(number), shown);
        Answer.Outbound answer = call.ask(new Question.MayGoOut(ask));
        if (answer.why().isEmpty()) {
            return Optional.empty();
        }
        call.notice(branches.pointer(), "the call may not go out: " + answer.why());
        if (answer.isAlarm()) {
            alarm("toll_fraud", answer.why());
        }
        return Optional.of(new DialResult.Failed(answer.cause(), answer.cause().sipStatus()));
    }

    private void alarm(String kind, String message) {
        call.emit(new CallEvent.Alarmed(call.id(), accountId, call.now(), kind, message));
    }

    private Next outcome(DialResult result) {
        return switch (result) {
            case DialResult.Answered answered -> {
                call.bridge(answered.leg(), answered.music());
                call.ask(new Question.LeftCarriers(accountId, call.id()));
                yield Next.STOP;
            }
            case DialResult.Failed failed -> failed(failed);
        };
    }

    private Next failed(DialResult.Failed failed) {
        for (String key : failed.childKeys()) {
            if (branches.exists(key)) {
                return Next.child(key);
            }
        }
        if (!branches.has("_")) {
            DefaultResponse.tell(call, failed.cause());
        }
        return Next.STOP;
    }
}
