/// Calls that go out through carriers: the actions `resources` and `offnet`, and what both are made of.
///
/// Begin with [fulcrum.action.carrier.Outgoing]. Which gateways there are is chosen in the directory; nothing here
/// knows SIP.
@org.jspecify.annotations.NullMarked
package fulcrum.action.carrier;
