/// The API that actions are written in: a call, its legs, what it waits for and what it asks of the world.
/// Begin with [fulcrum.call.Call], then [fulcrum.call.Waiting], the one place where a call waits, and
/// [fulcrum.call.World], the one door to everything that is not the call itself.
/// No SIP, no sound, no clock, no disk: legs and the world are ports that the server and the simulator fill in.
@NullMarked
package fulcrum.call;

import org.jspecify.annotations.NullMarked;
