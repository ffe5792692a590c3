package fulcrum.action;

import fulcrum.action.endpoint.Attempt;
import fulcrum.action.endpoint.Endpoints;
import fulcrum.action.endpoint.Member;
import fulcrum.action.endpoint.RingWishes;
import fulcrum.action.endpoint.Source;
import fulcrum.call.Call;
import fulcrum.call.RingPlan;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// Rings all devices of a user, those where he is hot-desked included, and connects the caller with the first who
/// answers.
@Named("user")
@Doc(
        "Rings all devices of a user and connects the caller with the first that answers, which answers the caller,"
                + " too. A failure goes on at the child named by its cause (USER_BUSY), else by its status (sip:486),"
                + " else at `_`.")
@Example(
        """
        { "module": "user", "data": { "id": "0123456789abcdef0123456789abcdef", "timeout": 25 }, "children": {
          "USER_BUSY": { "module": "play", "data": { "id": "busy" } },
          "_": { "module": "hangup", "data": {} } } }""")
public record User(
        @Doc("The user.") String id,
        @Doc(
                        "Ring the user's devices although it is the user who calls; the calling device is never rung.")
                boolean canCallSelf,
        @Doc("Read by nobody: messages are not sent.") Optional<Boolean> canTextSelf,
        @Doc("Further SIP headers of the calls to the devices, by name.") @Lenient
                ObjectNode customSipHeaders,
        @Doc("Wait so long before they ring, seconds.") @SchemaDefault("0") @Lenient int delay,
        @Doc("One device's refusal ends the attempt.") Optional<Boolean> failOnSingleReject,
        @Doc("The user part of the Request-URI, instead of the devices' own.") @Lenient
                String staticInvite,
        @Doc("Whether the devices ring at once or one after the other.")
                @SchemaDefault("simultaneous")
                @Choices({"simultaneous", "single"})
                @Lenient
                String strategy,
        @Doc("Send no caller id.") boolean suppressClid,
        @Doc("How long they ring, seconds; 20 when less than 1.") @SchemaDefault("20") @Lenient
                int timeout)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Endpoints endpoints = new Endpoints(call, Source.USER, "");
        endpoints.addUser(
                Member.of(
                        id,
                        delay,
                        timeout,
                        canCallSelf,
                        suppressClid,
                        staticInvite,
                        customSipHeaders));
        boolean isInTurn = strategy.equals("single");
        boolean wanted =
                call.variables()
                        .channel(RingWishes.FAIL_ON_REJECT)
                        .filter("true"::equals)
                        .isPresent();
        Attempt.Manner manner =
                new Attempt.Manner(
                        isInTurn,
                        timeout > 0 ? Duration.ofSeconds(timeout) : RingPlan.USUAL,
                        Optional.empty(),
                        !isInTurn,
                        failOnSingleReject.orElse(wanted),
                        true);
        return new Attempt(call, branches, endpoints).next(manner);
    }
}
