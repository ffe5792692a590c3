package fulcrum.sip;

import java.util.Arrays;

/// The body of a message, as a piece of the array it was read from.
final class Body {
    static final Body NONE = of(new byte[0]);

    private final byte[] bytes;
    private final int start;
    private final int length;

    Body(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    static Body of(byte[] bytes) {
        return new Body(bytes.clone(), 0, bytes.length);
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    void writeTo(byte[] out, int at) {
        System.arraycopy(bytes, start, out, at, length);
    }
}
