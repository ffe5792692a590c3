package fulcrum.media;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Reads sound files of any kind we know into clips; the kind is told by the content, never by a name.
///
/// Reads as it goes: beside the clip itself (see [Clip] for its size) it takes some 100 kB, however long the file.
/// A minute takes about 10 ms as WAV of 8000 Hz, 150 ms of 44 100 Hz and 350 ms as MP3, so it is not for a call's or a
/// media thread.
public final class AudioFile {
    /// The longest sound that is read unless told otherwise.
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final int LOOK = 64 * 1024;

    /// What a file contains.
    public enum Kind {
        WAV("audio/wav", "wav"),
        MP3("audio/mpeg", "mp3");

        private final String contentType;
        private final String extension;

        Kind(String contentType, String extension) {
            this.contentType = contentType;
            this.extension = extension;
        }

        /// Returns the media type of HTTP.
        public String contentType() {
            return contentType;
        }

        /// Returns the usual ending of a file name, without the dot.
        public String extension() {
            return extension;
        }
    }

    private AudioFile() {}

    /// Tells what bytes contain; empty when it is no kind we know. Looks at the first 64 KB only.
    public static Optional<Kind> kind(byte[] bytes) {
        return kind(bytes, Math.min(bytes.length, LOOK));
    }

    private static Optional<Kind> kind(byte[] bytes, int length) {
        if (length >= 12 && ByteReader.tag(bytes, 0).equals("RIFF")) {
            return Optional.of(Kind.WAV);
        }
        return Mp3Frames.isLikely(bytes, length) ? Optional.of(Kind.MP3) : Optional.empty();
    }

    /// Reads bytes.
    ///
    /// @throws BadAudio when they are no sound that we can read, or longer than [#LONGEST]
    public static Clip read(byte[] bytes) {
        return read(new ByteArrayInputStream(bytes), LONGEST);
    }

    /// Reads a file.
    ///
    /// @throws BadAudio when it is no sound that we can read, or longer than [#LONGEST]
    /// @throws MediaFailed when the disk refuses
    public static Clip read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, LONGEST);
        } catch (IOException e) {
            throw new MediaFailed("cannot read " + path, e);
        }
    }

    /// Reads a stream to its end; who opened it closes it.
    ///
    /// @param longest what is longer is refused before more of it is kept
    /// @throws BadAudio when it is no sound that we can read, or too long
    /// @throws MediaFailed when the stream fails
    public static Clip read(InputStream stream, Duration longest) {
        BufferedInputStream in = new BufferedInputStream(stream, LOOK);
        ClipBuilder builder = new ClipBuilder(longest);
        switch (look(in).orElseThrow(() -> new BadAudio(0, "neither WAV nor MP3"))) {
            case WAV -> {
                ByteReader reader = new ByteReader(in, 0);
                reader.skip(4);
                WavFile.read(reader, builder);
            }
            case MP3 -> Mp3File.read(new ByteReader(in, 0), builder);
        }
        if (builder.samples() == 0) {
            throw new BadAudio(0, "there is no sound in it");
        }
        return builder.build();
    }

    private static Optional<Kind> look(BufferedInputStream in) {
        try {
            in.mark(LOOK);
            byte[] start = in.readNBytes(LOOK);
            in.reset();
            return kind(start, start.length);
        } catch (IOException e) {
            throw new MediaFailed("cannot read sound", e);
        }
    }
}
