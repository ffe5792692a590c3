/// The actions of callflows, one record each: the record is the node's data, and its schema, its check and its
/// reference page are read off it.
/// Begin with [fulcrum.action.CollectDtmf], then [fulcrum.action.Menu]; [fulcrum.action.Actions] finds them all.
/// How a call waits, plays or collects belongs into `call`; where a flow goes from here, into `flow`. An action never
/// uses another one.
@NullMarked
package fulcrum.action;

import org.jspecify.annotations.NullMarked;
