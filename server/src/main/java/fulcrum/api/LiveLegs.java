package fulcrum.api;

import fulcrum.call.Calls;
import fulcrum.call.HangupCause;
import fulcrum.call.LegCard;
import fulcrum.call.Value;

import java.util.List;

/// The live legs, as `channels` shows them. Safe for use from any thread; nothing here waits.
public interface LiveLegs {
    /// Every live leg, in the order they began.
    List<LegCard> cards();

    /// Asks the owner of a leg to end it.
    ///
    /// @return false when there is no such leg any more
    boolean hangUp(String legId);

    /// Makes the owner of a leg go on with another flow; what runs is unwound.
    ///
    /// @param flowJson one node with its children
    /// @return false when there is no such leg any more
    boolean follow(String legId, String flowJson);

    /// The legs of this server's calls.
    static LiveLegs of(Calls calls) {
        return new LiveLegs() {
            @Override
            public List<LegCard> cards() {
                return calls.cards();
            }

            @Override
            public boolean hangUp(String legId) {
                return calls.postToOwner(
                        legId, new Value.HangupAsked(legId, HangupCause.NORMAL_CLEARING));
            }

            @Override
            public boolean follow(String legId, String flowJson) {
                return calls.postToOwner(legId, new Value.FlowInjected(legId, flowJson));
            }
        };
    }
}
