package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;

/// Hands out the MPEG frames of a file one after the other and nothing else: no tags, no garbage, no half frames.
///
/// A frame counts when another one that fits it follows, or the end of the file or a tag. All frames must have the
/// version, layer, sample rate and number of channels of the first one. Header of a frame (ISO 11172-3 §2.4.2.3):
///
/// ```text
/// 11111111 111VVLLP BBBBRRXp CCcccccc   V version, L layer, B bit rate, R sample rate, p padding, C channels
/// ```
final class Mp3Frames extends InputStream {
    private static final int[] RATES = {44100, 48000, 32000};
    private static final int[] KILOBITS_1 = {
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0
    };
    private static final int[] KILOBITS_2 = {
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0
    };

    /// What all frames of a file have in common: version, layer and sample rate.
    private static final int COMMON = 0xFFFE0C00;

    /// No frame is longer: 160 kbit/s at 8000 Hz, padded.
    private static final int LONGEST = 1441;

    /// The first frame must come within this many octets.
    static final int MOST_GARBAGE = 256 * 1024;

    private static final String ID3 = "ID3";

    private final ByteReader in;
    private final byte[] window = new byte[16 * 1024];
    private int start;
    private int filled;
    private boolean atEnd;
    private int frameEnd;
    private int first;

    /// @param in stands at the first octet of the file
    Mp3Frames(ByteReader in) {
        this.in = in;
        skipTag();
    }

    /// Skips a tag of ID3 version 2, whose size has 7 bits an octet.
    private void skipTag() {
        fill(10);
        while (filled - start >= 10
                && ByteReader.tag(window, start).startsWith(ID3)
                && (window[start + 6] | window[start + 7] | window[start + 8] | window[start + 9])
                        >= 0) {
            int size = 0;
            for (int i = 6; i < 10; i++) {
                size = (size << 7) + window[start + i];
            }
            long footer = (window[start + 5] & 0x10) != 0 ? 10 : 0;
            long skip = 10 + size + footer;
            long here = Math.min(skip, filled - start);
            start += (int) here;
            in.skip(skip - here);
            fill(10);
        }
        frameEnd = start;
    }

    /// Makes sure that `count` octets can be looked at, if the file has them.
    private void fill(int count) {
        if (filled - start >= count || atEnd) {
            return;
        }
        System.arraycopy(window, start, window, 0, filled - start);
        frameEnd -= start;
        filled -= start;
        start = 0;
        int got = in.read(window, filled, window.length - filled);
        filled += got;
        atEnd = filled < window.length;
    }

    /// Tells whether bytes that begin a file look like MP3: a tag, or two frames in a row.
    static boolean isLikely(byte[] bytes, int length) {
        if (length >= 10 && ByteReader.tag(bytes, 0).startsWith(ID3)) {
            return true;
        }
        for (int at = 0; at + 4 <= length; at++) {
            int header = Bytes.int32(bytes, at);
            int next = at + frameBytes(header);
            if (next > at && next + 4 <= length && isAlike(header, Bytes.int32(bytes, next))) {
                return true;
            }
        }
        return false;
    }

    /// Returns the octets of the frame that a header begins, 0 when it is no header of layer III.
    static int frameBytes(int header) {
        int version = header >> 19 & 3;
        int layer = header >> 17 & 3;
        int rateIndex = header >> 10 & 3;
        if ((header & 0xFFE00000) != 0xFFE00000 || version == 1 || layer != 1 || rateIndex == 3) {
            return 0;
        }
        boolean isFirst = version == 3;
        int kilobits = (isFirst ? KILOBITS_1 : KILOBITS_2)[header >> 12 & 15];
        int rate = RATES[rateIndex] >> (isFirst ? 0 : version == 2 ? 1 : 2);
        int bytes = (isFirst ? 144 : 72) * kilobits * 1000 / rate;
        return bytes == 0 ? 0 : bytes + (header >> 9 & 1);
    }

    private static boolean isAlike(int one, int other) {
        return ((one ^ other) & COMMON) == 0
                && isMono(one) == isMono(other)
                && frameBytes(other) > 0;
    }

    private static boolean isMono(int header) {
        return (header & 0xC0) == 0xC0;
    }

    /// Finds the next frame and returns whether there is one.
    private boolean find() {
        long searched = 0;
        start = frameEnd;
        while (true) {
            fill(LONGEST + 4);
            if (filled - start < 4) {
                return end();
            }
            int length = frame();
            if (length > 0) {
                first = first == 0 ? Bytes.int32(window, start) : first;
                frameEnd = start + length;
                return true;
            }
            start++;
            if (first == 0 && ++searched > MOST_GARBAGE) {
                return end();
            }
        }
    }

    private boolean end() {
        atEnd = true;
        start = filled;
        frameEnd = filled;
        return false;
    }

    /// Returns the octets of the frame at `start`, 0 when none is there.
    private int frame() {
        int header = Bytes.int32(window, start);
        int length = frameBytes(header);
        if (length == 0 || length > filled - start || (first != 0 && !isAlike(first, header))) {
            return 0;
        }
        int next = start + length;
        if (next + 4 > filled) {
            return atEnd && first != 0 ? length : 0;
        }
        boolean isFollowed =
                isAlike(header, Bytes.int32(window, next)) || (first != 0 && isTag(next));
        return isFollowed ? length : 0;
    }

    private boolean isTag(int at) {
        String tag = ByteReader.tag(window, at);
        return tag.startsWith("TAG") || tag.startsWith("APET") || tag.startsWith(ID3);
    }

    /// Tells whether any frame was found so far.
    boolean isFound() {
        return first != 0;
    }

    /// Returns where it reads now, from the start of the file.
    long position() {
        return in.position() - (filled - start);
    }

    @Override
    public int read() {
        if (start == frameEnd && !find()) {
            return -1;
        }
        return window[start++] & 0xFF;
    }

    @Override
    public int read(byte @Nullable [] out, int offset, int length) {
        if (out == null || length == 0) {
            return 0;
        }
        if (start == frameEnd && !find()) {
            return -1;
        }
        int count = Math.min(length, frameEnd - start);
        System.arraycopy(window, start, out, offset, count);
        start += count;
        return count;
    }
}
