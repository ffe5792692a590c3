/// The callflow model: what a node is, which flow a call gets, how it is walked, and how each action is described once.
/// Begin with [fulcrum.flow.FlowInterpreter], then [fulcrum.flow.Action] and [fulcrum.flow.ActionCatalog].
/// What a single action does belongs into `action`; how a call plays or collects belongs into `call`.
@NullMarked
package fulcrum.flow;

import org.jspecify.annotations.NullMarked;
