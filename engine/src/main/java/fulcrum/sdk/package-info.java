/// The offline simulator and what authors of handlers use: scenarios, a builder of flows, journals and their replay.
/// Begin with [fulcrum.sdk.Scenario], then [fulcrum.sdk.ScriptedDriver], which plays one on virtual time, and
/// [fulcrum.sdk.Baton], which makes threads take turns there.
/// What a call means does not belong here: the simulator is the same engine with another leg, world and clock.
@NullMarked
package fulcrum.sdk;

import org.jspecify.annotations.NullMarked;
