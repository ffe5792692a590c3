/// The only room that sees both SIP and sound: makes a dialog and an RTP path into a leg, keeps the registrar, and
/// answers the questions that calls ask of the world. Begin with [fulcrum.exchange.Switchboard], then
/// [fulcrum.exchange.SipLeg] and [fulcrum.exchange.LiveWorld]. What a call does is the business of the engine; how
/// packets and messages look is that of `media` and `sip`.
@NullMarked
package fulcrum.exchange;

import org.jspecify.annotations.NullMarked;
