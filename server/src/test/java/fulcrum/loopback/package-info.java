/// Scenarios over real SIP and RTP on loopback: the same text as on virtual time, with a server of one's own.
@NullMarked
package fulcrum.loopback;

import org.jspecify.annotations.NullMarked;
