/// Speaks SIP: messages, transports, transactions, dialogs, offer/answer and digest, from bytes on a socket to a
/// session that was agreed. Begin reading at [fulcrum.sip.SipApplication], then [fulcrum.sip.SipMessage] and
/// [fulcrum.sip.Transports]. What a call means does not belong here, nor RTP: this room knows neither.
@NullMarked
package fulcrum.sip;

import org.jspecify.annotations.NullMarked;
