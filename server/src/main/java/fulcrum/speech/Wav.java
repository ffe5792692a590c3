package fulcrum.speech;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Writes and recognises our own WAV files: the plain 44-byte header, one channel, 16-bit linear samples.
final class Wav {
    private static final int HEADER = 44;
    private static final int SAMPLE_BYTES = 2;

    private Wav() {}

    static byte[] of(short[] samples, int sampleRate) {
        int bytes = samples.length * SAMPLE_BYTES;
        ByteBuffer wav = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 1); // linear, one channel
        wav.putInt(sampleRate).putInt(sampleRate * SAMPLE_BYTES);
        wav.putShort((short) SAMPLE_BYTES).putShort((short) (8 * SAMPLE_BYTES));
        wav.put(ascii("data")).putInt(bytes);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether a file is one of ours and whole; a crash can leave one that is not.
    static boolean isWhole(Path file) throws IOException {
        long size = Files.size(file);
        if (size <= HEADER) {
            return false;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // a channel may give less than it has
            }
        }
        return !header.hasRemaining() && header.getInt(HEADER - 4) == size - HEADER;
    }

    /// How long a file of ours lasts, by its size.
    static Duration length(long fileBytes, int sampleRate) {
        return Duration.ofMillis((fileBytes - HEADER) * 1000 / SAMPLE_BYTES / sampleRate);
    }
}
