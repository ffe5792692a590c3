package fulcrum.call;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// The outermost frame of a call: carries out its body and, whatever happens there, sees the leg off, lets go of
/// everything the call holds and tells that it ended.
///
/// 1. [CallEvent.Started] is told, the body runs.
/// 2. When the body is over, the leg is hung up behind what it still plays, unless the body did that.
/// 3. When the body crashed, the leg is refused with 500, or hung up when it was answered.
/// 4. When the leg was given to another call, it is left alone.
/// 5. The holds are let go, the inbox ends, [CallEvent.Ended] is told.
public final class CallRun {
    /// A leg that was told to go at once is waited for this long: a BYE or a final answer gives up after 32 s
    /// (RFC 3261 §17.1.2.2, timer F).
    private static final Duration LEAVING = Duration.ofSeconds(33);

    private static final System.Logger LOG = System.getLogger(CallRun.class.getName());

    private CallRun() {}

    /// Runs a call on the calling thread until it is over. Never throws.
    ///
    /// @param body what the call is to do, normally a flow
    public static void run(Call call, Consumer<Call> body) {
        call.emit(
                new CallEvent.Started(
                        call.id(), call.facts().accountId(), call.started(), call.facts()));
        try {
            carryOut(call, body);
            call.lastErrands().run(call);
        } catch (GivenAway gone) {
            // the leg lives on in another call
        } catch (Throwable bug) {
            LOG.log(System.Logger.Level.ERROR, "call " + call.id() + " could not be ended", bug);
        } finally {
            close(call);
            call.emit(ended(call));
        }
    }

    private static void carryOut(Call call, Consumer<Call> body) {
        try {
            body.accept(call);
        } catch (GivenAway gone) {
            throw gone;
        } catch (CallEnded over) {
            return;
        } catch (Throwable bug) {
            if (call.hungUp().isEmpty()) {
                call.tell(new Order.StopPlaying());
                call.tell(new Order.Reject(500, "", Map.of()));
            }
            LOG.log(System.Logger.Level.ERROR, "call " + call.id() + " crashed", bug);
            call.notice("", "the call was ended because of a fault in the server: " + bug);
            seeOff(call, LEAVING);
            return;
        }
        if (call.hungUp().isEmpty()) {
            if (!call.isLeaving()) {
                call.hangUp(HangupCause.NORMAL_CLEARING, true);
            }
            seeOff(call, Call.FOREVER);
        }
    }

    /// Waits until the leg has gone. A flow that is injected now comes too late.
    private static void seeOff(Call call, Duration patience) {
        while (call.hungUp().isEmpty()) {
            try {
                call.await(value -> java.util.Optional.empty(), patience);
                return;
            } catch (CallEnded over) {
                return;
            } catch (FlowReplaced late) {
                call.notice("", "a flow that was injected came after the end of the call");
            }
        }
    }

    private static void close(Call call) {
        try {
            call.close();
        } catch (RuntimeException | Error bug) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "call " + call.id() + " could not let go of something",
                    bug);
        }
    }

    private static CallEvent.Ended ended(Call call) {
        LegEvent.HungUp how =
                call.hungUp()
                        .orElseGet(
                                () ->
                                        new LegEvent.HungUp(
                                                call.leg().id(),
                                                HangupCause.NORMAL_CLEARING,
                                                0,
                                                false));
        return new CallEvent.Ended(
                call.id(),
                call.facts().accountId(),
                call.now(),
                call.facts(),
                call.variables().caller(),
                call.started(),
                call.answeredAt(),
                how.cause(),
                how.sipStatus(),
                how.byPeer(),
                Map.copyOf(call.variables().channel()),
                call.variables().application().deepCopy());
    }
}
