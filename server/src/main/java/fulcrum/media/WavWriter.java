package fulcrum.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a WAV file of 16 bit samples while they come.
///
/// 1. Made: the header is on disk, with sizes that say "not known yet".
/// 2. [#write]: samples go out every few kilobytes, at the latest at [#flush()].
/// 3. [#close()]: the sizes are filled in.
///
/// A file that never got to step 3 plays in most programs, and [WavFile#mend] puts it right. One thread at a time, not
/// a media thread: it writes to disk.
public final class WavWriter implements AutoCloseable {
    /// Octets before the first sample.
    static final int HEADER = 44;

    private static final long MOST_DATA = WavFile.UNKNOWN_SIZE - HEADER;

    private final Path path;
    private final FileChannel file;
    private final int channels;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    private final int sampleRate;
    private long dataBytes;
    private boolean closed;

    /// Makes the file, or empties the one that is there.
    ///
    /// @param sampleRate samples a second of each channel
    /// @param channels 1 or 2
    /// @throws MediaFailed when it cannot be written
    public WavWriter(Path path, int sampleRate, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("1 or 2 channels, was " + channels);
        }
        this.path = path;
        this.channels = channels;
        this.sampleRate = sampleRate;
        try {
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new MediaFailed("cannot write " + path, e);
        }
        buffer.put(header(sampleRate, channels, WavFile.UNKNOWN_SIZE));
        flush();
    }

    /// Writes the 44 octets that come before the samples of a WAV file.
    ///
    /// @param dataBytes octets of samples, or 4 294 967 295 when not known yet
    static byte[] header(int sampleRate, int channels, long dataBytes) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF"))
                .putInt((int) Math.min(dataBytes + HEADER - 8, WavFile.UNKNOWN_SIZE));
        header.put(ascii("WAVEfmt ")).putInt(16);
        header.putShort((short) WavFile.PCM).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * channels * 2);
        header.putShort((short) (channels * 2)).putShort((short) 16);
        header.put(ascii("data")).putInt((int) dataBytes);
        return header.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Puts a whole WAV file of mono samples together in memory.
    public static byte[] bytes(short[] samples, int sampleRate) {
        ByteBuffer all =
                ByteBuffer.allocate(HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put(header(sampleRate, 1, 2L * samples.length));
        for (short sample : samples) {
            all.putShort(sample);
        }
        return all.array();
    }

    /// Adds samples; with two channels left and right take turns.
    ///
    /// @throws MediaFailed when the disk refuses, or when the file would be larger than WAV can say, 4 GiB
    public void write(short[] samples, int offset, int count) {
        if (dataBytes + 2L * count > MOST_DATA) {
            throw new MediaFailed(path + " is as large as a WAV file can be");
        }
        for (int i = offset; i < offset + count; i++) {
            if (buffer.remaining() < 2) {
                flush();
            }
            buffer.putShort(samples[i]);
        }
        dataBytes += 2L * count;
    }

    /// Hands everything written so far to the operating system, so that it survives the end of this process.
    public void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new MediaFailed("cannot write " + path, e);
        } finally {
            buffer.clear();
        }
    }

    /// Returns how long the sound is so far, in milliseconds.
    public long millis() {
        return dataBytes / (2L * channels) * 1000 / sampleRate;
    }

    /// Fills in the sizes and closes the file; calling it again does nothing.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            flush();
            WavFile.putNumber(file, 4, dataBytes + HEADER - 8);
            WavFile.putNumber(file, HEADER - 4, dataBytes);
            file.force(true);
        } catch (IOException e) {
            throw new MediaFailed("cannot finish " + path, e);
        }
    }

    @Override
    public String toString() {
        return "wav " + path.getFileName() + " " + millis() + " ms";
    }
}
