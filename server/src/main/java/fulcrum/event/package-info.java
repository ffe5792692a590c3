/// Tells others what calls do: call detail records, pivot debug documents, log lines, counters.
/// Begin with [fulcrum.event.EventFan], which passes each event on to the parts that want it.
/// What happens on a call is decided elsewhere; nothing here may hold a call up.
@NullMarked
package fulcrum.event;

import org.jspecify.annotations.NullMarked;
