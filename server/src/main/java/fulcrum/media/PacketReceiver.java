package fulcrum.media;

import java.net.InetSocketAddress;

/// Is handed packets of another protocol that share the RTP port: STUN or DTLS (RFC 7983).
///
/// Called on the media thread; the bytes are only valid during the call.
public interface PacketReceiver {
    /// Takes one packet that begins at 0.
    void receive(byte[] packet, int length, InetSocketAddress source);
}
