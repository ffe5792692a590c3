package fulcrum.action;

import fulcrum.action.endpoint.Attempt;
import fulcrum.action.endpoint.Endpoints;
import fulcrum.action.endpoint.Member;
import fulcrum.action.endpoint.Source;
import fulcrum.call.Call;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.WhenAbsent;
import fulcrum.flow.WholeData;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// Rings one device, wherever it is registered, and connects the caller with it.
///
/// Kazoo also reads `fail_on_single_reject`, which its schema does not know.
@Named("device")
@Doc(
        "Rings one device and connects the caller with it; the caller is answered when the device answers. A failure"
                + " goes on at the child named by its cause (USER_BUSY), else by its status (sip:486), else at `_`.")
@Example(
        """
        { "module": "device", "data": { "id": "0123456789abcdef0123456789abcdef", "timeout": 15 }, "children": {
          "USER_BUSY": { "module": "play", "data": { "id": "busy" } },
          "_": { "module": "hangup", "data": {} } } }""")
public record Device(
        @Doc("The device.") String id,
        @Doc("Ring the calling device itself, or another device of the caller's own user, too.")
                boolean canCallSelf,
        @Doc("Read by nobody: messages are not sent.") Optional<Boolean> canTextSelf,
        @Doc("Further SIP headers of the calls to the device, by name.") @Lenient
                ObjectNode customSipHeaders,
        @Doc("Wait so long before it rings, seconds.") @SchemaDefault("0") @Lenient int delay,
        @Doc("Whether several legs, such as those of a forwarded device, ring at once or in turn.")
                @SchemaDefault("simultaneous")
                @Choices({"simultaneous", "single"})
                @Lenient
                String dialStrategy,
        @Doc("The user part of the Request-URI, instead of the device's own.") @Lenient
                String staticInvite,
        @Doc("Send no caller id.") boolean suppressClid,
        @Doc("How long it rings, seconds; 20 when nothing is said, 40 for 0.")
                @SchemaDefault("0")
                @WhenAbsent("20")
                @Lenient
                int timeout,
        @WholeData ObjectNode data)
        implements Action {
    /// What Kazoo's engine waits when the device itself has no limit: the usual time, and as much in reserve.
    private static final Duration UNLIMITED = Duration.ofSeconds(40);

    @Override
    public Next run(Call call, Branches branches) {
        Endpoints endpoints = new Endpoints(call, Source.DEVICE, "");
        endpoints.addDevice(
                Member.of(
                        id,
                        delay,
                        timeout,
                        canCallSelf,
                        suppressClid,
                        staticInvite,
                        customSipHeaders));
        Attempt.Manner manner =
                new Attempt.Manner(
                        dialStrategy.equals("single"),
                        timeout > 0 ? Duration.ofSeconds(timeout) : UNLIMITED,
                        Optional.empty(),
                        false,
                        Json.flag(data, "fail_on_single_reject"),
                        true);
        return new Attempt(call, branches, endpoints).next(manner);
    }
}
