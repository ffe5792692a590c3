package fulcrum.call;

/// One place where a registered device is now.
///
/// @param uri the contact as the phone gave it, a SIP URI
/// @param binding names the connection it registered over, for [Dial#binding]; opaque
/// @param isEncrypted whether that connection is TLS
public record Contact(String uri, String binding, String userAgent, boolean isEncrypted) {}
