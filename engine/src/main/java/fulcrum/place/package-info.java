/// What lives longer than a call and is shared by calls: one thread and one inbox each.
/// Begin with [fulcrum.place.Queue], then [fulcrum.place.QueueSeat], through which a call waits in one.
/// Calls wait for places, a place never waits for a call; what an action makes of a place belongs into `action`.
@NullMarked
package fulcrum.place;

import org.jspecify.annotations.NullMarked;
