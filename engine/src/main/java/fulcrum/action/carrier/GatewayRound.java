package fulcrum.action.carrier;

import fulcrum.call.Call;
import fulcrum.call.DialResult;
import fulcrum.call.GatewayRoute;
import fulcrum.call.HangupCause;
import fulcrum.call.MediaReference;
import fulcrum.call.RingPlan;
import fulcrum.call.RingTarget;
import fulcrum.directory.Document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tries gateways one after the other. The next one gets its turn when one is out of order or does not want us: no
/// answer of any kind, 401, 403, 407, 408, 488 or 5xx. What the called person or network has said (busy, rejected, no
/// such number) is an answer, and no other gateway is asked.
final class GatewayRound {
    private static final DialResult.Failed OVER =
            new DialResult.Failed(HangupCause.NORMAL_TEMPORARY_FAILURE, 500);

    private final CarrierNode node;
    private final Call call;
    private final GatewayDial dial;
    private final String pointer;
    private final boolean isPatient;
    private final Instant end;

    GatewayRound(CarrierNode node, Call call, GatewayDial dial, String pointer) {
        this.node = node;
        this.call = call;
        this.dial = dial;
        this.pointer = pointer;
        Duration wanted = Duration.ofSeconds(Math.max(0, node.timeout().orElse(0)));
        this.isPatient = wanted.isZero() || wanted.compareTo(node.patience()) >= 0;
        this.end = call.now().plus(isPatient ? node.patience() : wanted);
    }

    /// Calls another account of this server.
    DialResult within(Document account, String number) {
        return settled(call.ring(plan(RingTarget.of(dial.within(account, number)), false)));
    }

    DialResult through(List<GatewayRoute> routes) {
        DialResult.Failed last = OVER;
        for (int i = 0; i < routes.size() && call.now().isBefore(end); i++) {
            GatewayRoute route = routes.get(i);
            RingTarget target =
                    RingTarget.of(dial.to(route)).withProgressTimeout(route.progressTimeout());
            switch (call.ring(plan(target, route.ignoresEarlyMedia()))) {
                case DialResult.Answered answered -> {
                    return answered;
                }
                case DialResult.Failed failed -> last = failed;
            }
            if (!isNext(last)) {
                return settled(last);
            }
            call.notice(
                    pointer,
                    route.resourceName()
                            + " could not connect "
                            + route.uri()
                            + ": "
                            + last.cause()
                            + " "
                            + last.sipStatus());
        }
        return settled(last);
    }

    private RingPlan plan(RingTarget target, boolean isSilent) {
        RingPlan plan =
                RingPlan.inTurn(List.of(target)).withTimeout(Duration.between(call.now(), end));
        if (isSilent || node.ignoreEarlyMedia()) {
            plan = plan.ignoringEarlyMedia();
        }
        return MediaReference.sound(call.facts().accountId(), node.ringback())
                .map(plan::withRingback)
                .orElse(plan);
    }

    private static boolean isNext(DialResult.Failed failed) {
        return switch (failed.cause()) {
            case PROGRESS_TIMEOUT,
                    RECOVERY_ON_TIMER_EXPIRE,
                    GATEWAY_DOWN,
                    INVALID_GATEWAY,
                    USER_NOT_REGISTERED,
                    INCOMPATIBLE_DESTINATION ->
                    true;
            case USER_BUSY, NO_ANSWER, NO_USER_RESPONSE, UNALLOCATED_NUMBER, LOSE_RACE -> false;
            default -> {
                int status = failed.sipStatus();
                yield status == 401
                        || status == 403
                        || status == 407
                        || status == 408
                        || (status >= 500 && status < 600);
            }
        };
    }

    /// When nobody has answered in all the time that there is, that is a failure of the network's
    /// (actions/resources.md, "Carrier selection", 10), unless the flow wanted less time.
    private DialResult settled(DialResult result) {
        boolean isOver = isPatient && !call.now().isBefore(end);
        return isOver && result instanceof DialResult.Failed ? OVER : result;
    }
}
