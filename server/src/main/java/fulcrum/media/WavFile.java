package fulcrum.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Reads WAV files: PCM of 8, 16, 24 or 32 bits, IEEE float of 32 or 64, A-law and µ-law, one to eight channels, any
/// rate of 1000 to 200 000 Hz.
///
/// ```text
/// "RIFF" size "WAVE"
///     "fmt " size  format channels rate bytesPerSecond blockAlign bits [more]
///     "data" size  samples
///     other chunks, in any order; an odd size is followed by one octet of padding
/// ```
///
/// A file whose `data` is shorter than it says, or says 0 or 4 294 967 295 because it was cut or streamed, gives what
/// is there. Everything else that is wrong is [BadAudio].
public final class WavFile {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int ALAW = 6;
    static final int ULAW = 7;
    static final int EXTENSIBLE = 0xFFFE;
    static final long UNKNOWN_SIZE = 0xFFFFFFFFL;

    private static final int MOST_CHANNELS = 8;
    private static final int MOST_CHUNKS = 1000;
    private static final int BLOCKS = 1024;

    private WavFile() {}

    private record Format(int code, int channels, int rate, int bits) {
        int blockBytes() {
            return channels * bits / 8;
        }
    }

    /// Reads from just behind "RIFF" on into a builder.
    static void read(ByteReader in, ClipBuilder to) {
        in.uint32("the size of the file");
        long at = in.position();
        if (!in.tag("\"WAVE\"").equals("WAVE")) {
            throw new BadAudio(at, "a RIFF file, but not of sound (no \"WAVE\")");
        }
        Format format = new Format(0, 0, 0, 0);
        for (int chunk = 0; chunk < MOST_CHUNKS; chunk++) {
            long start = in.position();
            String tag = in.tag("the \"data\" chunk");
            long size = in.uint32("the size of a chunk");
            if (tag.equals("data")) {
                if (format.code == 0) {
                    throw new BadAudio(start, "\"data\" comes before \"fmt \"");
                }
                readData(in, format, size == 0 ? UNKNOWN_SIZE : size, to);
                return;
            }
            if (tag.equals("fmt ")) {
                format = readFormat(in, size);
            } else {
                in.skip(size);
            }
            in.skip(size & 1);
        }
        throw new BadAudio(in.position(), "more than " + MOST_CHUNKS + " chunks before \"data\"");
    }

    private static Format readFormat(ByteReader in, long size) {
        long at = in.position();
        if (size < 16) {
            throw new BadAudio(at, "\"fmt \" has 16 octets or more, was " + size);
        }
        int code = in.uint16("the format");
        int channels = in.uint16("the number of channels");
        long rate = in.uint32("the sample rate");
        in.uint32("the octets a second");
        int block = in.uint16("the octets of a block");
        int bits = in.uint16("the bits of a sample");
        if (code == EXTENSIBLE && size >= 26) {
            in.skip(8);
            code = in.uint16("the real format");
            in.skip(size - 26);
        } else {
            in.skip(size - 16);
        }
        check(at, code, channels, rate, bits);
        Format format = new Format(code, channels, (int) rate, bits);
        if (block != format.blockBytes()) {
            throw new BadAudio(
                    at + 12, "a block has " + format.blockBytes() + " octets, was " + block);
        }
        return format;
    }

    private static void check(long at, int code, int channels, long rate, int bits) {
        Set<Integer> fitting =
                switch (code) {
                    case PCM -> Set.of(8, 16, 24, 32);
                    case FLOAT -> Set.of(32, 64);
                    case ALAW, ULAW -> Set.of(8);
                    default ->
                            throw new BadAudio(at, "format " + code + " is not one that we read");
                };
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new BadAudio(at + 2, "1 to " + MOST_CHANNELS + " channels, was " + channels);
        }
        if (rate < 1000 || rate > 200_000) {
            throw new BadAudio(at + 4, "the sample rate is 1000 to 200000 Hz, was " + rate);
        }
        if (!fitting.contains(bits)) {
            throw new BadAudio(
                    at + 14, "format " + code + " with " + bits + " bits is not one that we read");
        }
    }

    private static void readData(ByteReader in, Format format, long size, ClipBuilder to) {
        int block = format.blockBytes();
        byte[] bytes = new byte[BLOCKS * block];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        short[] mono = new short[BLOCKS];
        long left = size;
        int read = bytes.length;
        while (read == bytes.length && left >= block) {
            read = in.read(bytes, 0, (int) Math.min(left - left % block, bytes.length));
            left -= read;
            int count = read / block;
            for (int i = 0; i < count; i++) {
                mono[i] = mono(buffer, i * block, format);
            }
            to.add(mono, 0, count, format.rate);
        }
    }

    private static short mono(ByteBuffer in, int at, Format format) {
        double sum = 0;
        int step = format.bits / 8;
        for (int channel = 0; channel < format.channels; channel++) {
            sum += sample(in, at + channel * step, format);
        }
        long mean = Math.round(sum / format.channels);
        return (short) Math.clamp(mean, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static double sample(ByteBuffer in, int at, Format format) {
        return switch (format.code) {
            case ALAW -> Alaw.decode(in.get(at));
            case ULAW -> Ulaw.decode(in.get(at));
            case FLOAT -> real(format.bits == 32 ? in.getFloat(at) : in.getDouble(at));
            default ->
                    switch (format.bits) {
                        case 8 -> ((in.get(at) & 0xFF) - 128) * 256;
                        case 16 -> in.getShort(at);
                        case 24 -> (in.getShort(at + 1) * 256 + (in.get(at) & 0xFF)) / 256.0;
                        default -> in.getInt(at) / 65536.0;
                    };
        };
    }

    /// What is no number sounds like nothing; what is beyond full scale is cut off, lest it drown the other channels.
    private static double real(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -1, 1) * 32768;
    }

    /// Mends the sizes in a file that was cut off while it was written, and tells whether it had to.
    ///
    /// Only a file whose sound reaches to its end is changed; half a sample at the end is cut off.
    ///
    /// @throws BadAudio when it is not a WAV file with a "fmt " and a "data" chunk
    /// @throws MediaFailed when the file cannot be read or written
    public static boolean mend(Path path) {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return mend(file);
        } catch (IOException e) {
            throw new MediaFailed("cannot mend " + path, e);
        }
    }

    private static boolean mend(FileChannel file) throws IOException {
        if (!tag(file, 0).equals("RIFF") || !tag(file, 8).equals("WAVE")) {
            throw new BadAudio(0, "not a WAV file");
        }
        int block = 0;
        for (long at = 12; at + 8 <= file.size(); ) {
            long size = number(file, at + 4) & 0xFFFFFFFFL;
            String tag = tag(file, at);
            if (tag.equals("data") && block > 0) {
                return mendData(file, at + 8, size, block);
            }
            if (tag.equals("fmt ") && at + 22 <= file.size()) {
                block = number(file, at + 18) >>> 16;
            }
            at += 8 + size + (size & 1);
        }
        throw new BadAudio(file.size(), "the file ends where the \"data\" chunk should be");
    }

    private static boolean mendData(FileChannel file, long start, long said, int block)
            throws IOException {
        long there = (file.size() - start) / block * block;
        boolean isCut = (said == 0 && there > 0) || said > there;
        if (!isCut) {
            return false;
        }
        file.truncate(start + there);
        putNumber(file, start - 4, there);
        putNumber(file, 4, start + there - 8);
        file.force(true);
        return true;
    }

    private static String tag(FileChannel file, long at) throws IOException {
        byte[] four = new byte[4];
        fill(file, ByteBuffer.wrap(four), at);
        return ByteReader.tag(four, 0);
    }

    private static int number(FileChannel file, long at) throws IOException {
        ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, four, at);
        return four.getInt(0);
    }

    private static void fill(FileChannel file, ByteBuffer to, long at) throws IOException {
        while (to.hasRemaining()) {
            if (file.read(to, at + to.position()) < 0) {
                throw new BadAudio(at, "the file ends within its header");
            }
        }
    }

    static void putNumber(FileChannel file, long at, long value) throws IOException {
        ByteBuffer four =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).flip();
        while (four.hasRemaining()) {
            file.write(four, at + four.position());
        }
    }
}
