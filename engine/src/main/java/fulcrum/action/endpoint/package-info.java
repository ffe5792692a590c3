/// Whom the ringing actions ring: devices, users and groups made into the legs of a plan, and the attempt itself.
/// Begin with [fulcrum.action.endpoint.Endpoints], then [fulcrum.action.endpoint.Attempt].
/// What a leg or a bridge does belongs into `call`; the actions, with their data, are one folder up.
@NullMarked
package fulcrum.action.endpoint;

import org.jspecify.annotations.NullMarked;
