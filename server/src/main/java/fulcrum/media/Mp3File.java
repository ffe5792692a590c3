package fulcrum.media;

import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

import org.jspecify.annotations.Nullable;

/// Reads MP3 files with the JLayer decoder, which only ever sees whole frames that [Mp3Frames] found.
///
/// Tags and garbage before, between and behind frames are skipped. A frame that cannot be decoded is left out; a file
/// in which most cannot is [BadAudio].
public final class Mp3File {
    private static final int BAD_FRAMES = 50;

    private Mp3File() {}

    /// Reads a file into a builder.
    ///
    /// @param in stands at the first octet of the file
    static void read(ByteReader in, ClipBuilder to) {
        Mp3Frames frames = new Mp3Frames(in);
        Bitstream stream = new Bitstream(frames);
        Decoder decoder = new Decoder();
        int good = 0;
        int bad = 0;
        for (Header header = next(stream, frames); header != null; header = next(stream, frames)) {
            if (decode(decoder, header, stream, to)) {
                good++;
            } else if (++bad > BAD_FRAMES + good) {
                throw new BadAudio(frames.position(), "most MPEG frames are damaged");
            }
            stream.closeFrame();
        }
        if (good == 0) {
            String what =
                    frames.isFound()
                            ? "no MPEG frame can be decoded"
                            : "no MPEG frame within 256 KB";
            throw new BadAudio(frames.position(), what);
        }
    }

    private static @Nullable Header next(Bitstream stream, Mp3Frames frames) {
        try {
            return stream.readFrame();
        } catch (JavaLayerException | IndexOutOfBoundsException e) {
            throw new BadAudio(frames.position(), "the MPEG frames do not follow each other", e);
        }
    }

    /// Decodes a frame; false when its content is damaged, which JLayer tells in many ways.
    private static boolean decode(
            Decoder decoder, Header header, Bitstream stream, ClipBuilder to) {
        SampleBuffer samples;
        try {
            samples = (SampleBuffer) decoder.decodeFrame(header, stream);
        } catch (JavaLayerException
                | IndexOutOfBoundsException
                | NullPointerException
                | ArithmeticException _) {
            return false;
        }
        int channels = samples.getChannelCount();
        short[] mixed = samples.getBuffer();
        int count = samples.getBufferLength() / channels;
        for (int i = 0; channels == 2 && i < count; i++) {
            mixed[i] = (short) ((mixed[2 * i] + mixed[2 * i + 1]) / 2);
        }
        to.add(mixed, 0, count, samples.getSampleFrequency());
        return true;
    }
}
