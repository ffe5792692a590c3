package fulcrum.call;

import java.util.List;
import java.util.Optional;

/// The live calls and legs of this server: who owns which leg, and a way to reach an owner.
///
/// Safe for use from any thread; nothing here blocks.
public interface Calls {
    /// Every live leg, in the order they began.
    List<LegCard> cards();

    Optional<LegCard> card(String legId);

    /// The leg itself, for its owner.
    Optional<Leg> leg(String legId);

    /// Puts a value into the inbox of the call that owns a leg.
    ///
    /// @return false when there is no such leg, or its owner has ended
    boolean postToOwner(String legId, Value value);

    /// Puts a value into a call's or a place's inbox.
    ///
    /// @return false when it has ended
    boolean post(String callId, Value value);

    /// Makes another call the owner of a leg: its unread events go first to the new owner, in order, behind the
    /// [Value.TakeAnswered] that tells of it; later ones follow. Only for the present owner.
    ///
    /// @param backlog events of the leg that the present owner has read but not used
    /// @return false when the new owner has ended: the leg stays where it is
    boolean handOver(String legId, String newCallId, long take, List<Value> backlog);
}
