/// Keeps what others must not hear or change: SRTP, the keys of it in a session description, certificates for TLS.
/// Begin with [fulcrum.secure.SrtpSender] and [fulcrum.secure.SrtpReceiver], then [fulcrum.secure.CryptoLine] and
/// [fulcrum.secure.Certificates].
/// Sockets, SIP and media threads are not known here; keys are never part of a text that could be logged.
@NullMarked
package fulcrum.secure;

import org.jspecify.annotations.NullMarked;
