package fulcrum.secure;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/// AES in counter mode as SRTP uses it (RFC 3711 §4.1.1). Built of single blocks, since the JDK's own counter mode
/// cannot be begun anew without garbage. For one thread.
///
/// The counter of a packet's block `n`, 16 octets, is
///
/// ```
///  session salt (14)                          | 0 0
///  XOR  0 0 0 0 | SSRC (4) | packet index (6) | n (2)
/// ```
final class CounterMode {
    private static final int BLOCK = 16;
    private static final int PREFIX = 14;

    /// Blocks made at a time: enough for 20 ms of G.711.
    private static final int BLOCKS = 16;

    private final Cipher aes;
    private final byte[] salt;
    private final byte[] prefix = new byte[PREFIX];
    private final byte[] counters = new byte[BLOCK * BLOCKS];
    private final byte[] stream = new byte[BLOCK * BLOCKS];

    CounterMode(byte[] key, byte[] salt) {
        aes = KeyDerivation.aes(key);
        this.salt = salt.clone();
    }

    /// Encrypts or decrypts, which is the same.
    ///
    /// @param index of the packet, 48 bits
    void apply(byte[] data, int from, int to, int ssrc, long index) {
        begin(ssrc, index);
        int block = 0;
        for (int at = from; at < to; ) {
            int blocks = Math.min(BLOCKS, (to - at + BLOCK - 1) / BLOCK);
            keyStream(block, blocks);
            block += blocks;
            int end = Math.min(to, at + blocks * BLOCK);
            for (int i = 0; at < end; i++, at++) {
                data[at] ^= stream[i];
            }
        }
    }

    private void begin(int ssrc, long index) {
        System.arraycopy(salt, 0, prefix, 0, PREFIX);
        for (int i = 0; i < 4; i++) {
            prefix[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            prefix[8 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
    }

    private void keyStream(int first, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int at = i * BLOCK;
            System.arraycopy(prefix, 0, counters, at, PREFIX);
            counters[at + PREFIX] = (byte) ((first + i) >>> 8);
            counters[at + PREFIX + 1] = (byte) (first + i);
        }
        try {
            aes.update(counters, 0, blocks * BLOCK, stream, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException("both arrays have the same length", impossible);
        }
    }
}
