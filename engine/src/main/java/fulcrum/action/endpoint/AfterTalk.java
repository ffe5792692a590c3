package fulcrum.action.endpoint;

import fulcrum.action.Onward;
import fulcrum.call.Call;
import fulcrum.flow.Branches;
import fulcrum.flow.Next;

import java.util.Optional;

/// What becomes of the caller when a conversation is over, by the channel variables that an earlier `after_bridge` set.
final class AfterTalk {
    private AfterTalk() {}

    static Next next(Call call, Branches branches) {
        Optional<String> extension = call.variables().channel(RingWishes.TRANSFER);
        if (extension.filter(number -> !number.isEmpty()).isPresent()) {
            call.variables().putChannel(RingWishes.TRANSFER, "", false); // once
            return Onward.dialled(call, branches, extension.get());
        }
        if (is(call, RingWishes.PARK)) {
            call.notice(
                    branches.pointer(),
                    "the caller was to be parked, which Fulcrum cannot yet: he is hung up on");
            return Next.HARD_STOP;
        }
        return is(call, RingWishes.HANG_UP) ? Next.HARD_STOP : Next.STOP;
    }

    private static boolean is(Call call, String variable) {
        return call.variables().channel(variable).filter("true"::equals).isPresent();
    }
}
