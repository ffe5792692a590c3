/// Asks a web server what to do next with a call: the request in two dialects, and the reading of the answer.
/// Begin with [fulcrum.pivot.PivotAsk], then [fulcrum.pivot.FlowReader].
/// What the returned flow does is the business of `action`; how bytes reach the web server is the world's.
@NullMarked
package fulcrum.pivot;

import org.jspecify.annotations.NullMarked;
