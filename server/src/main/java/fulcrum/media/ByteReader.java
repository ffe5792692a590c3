package fulcrum.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads a file's octets one after the other and knows where it is; numbers have the lowest octet first, as in WAV.
final class ByteReader {
    private final InputStream in;
    private final byte[] few = new byte[8];
    private long position;

    /// @param position where `in` stands already
    ByteReader(InputStream in, long position) {
        this.in = in;
        this.position = position;
    }

    /// Returns the octet that is read next, from the start of the file.
    long position() {
        return position;
    }

    /// Reads up to `length` octets and returns how many there were; fewer only at the end of the file.
    int read(byte[] out, int offset, int length) {
        try {
            int count = in.readNBytes(out, offset, length);
            position += count;
            return count;
        } catch (IOException e) {
            throw new MediaFailed("cannot read sound at octet " + position, e);
        }
    }

    /// Skips octets and returns how many there were.
    long skip(long count) {
        long left = count;
        byte[] sink = new byte[(int) Math.min(count, 8192)];
        while (left > 0) {
            int got = read(sink, 0, (int) Math.min(left, sink.length));
            if (got == 0) {
                break;
            }
            left -= got;
        }
        return count - left;
    }

    /// Reads a number of 2 octets.
    int uint16(String what) {
        need(2, what);
        return (int) number(2);
    }

    /// Reads a number of 4 octets.
    long uint32(String what) {
        need(4, what);
        return number(4);
    }

    private long number(int octets) {
        long value = 0;
        for (int i = octets - 1; i >= 0; i--) {
            value = (value << 8) + (few[i] & 0xFF);
        }
        return value;
    }

    /// Reads four characters.
    String tag(String what) {
        need(4, what);
        return tag(few, 0);
    }

    static String tag(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private void need(int count, String what) {
        long at = position;
        if (read(few, 0, count) < count) {
            throw new BadAudio(at, "the file ends where " + what + " should be");
        }
    }
}
