package fulcrum.api;

import fulcrum.directory.Document;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The bytes of media documents: uploaded ones, and ones that are spoken.
final class Sounds {
    private static final Set<String> TYPES =
            Set.of(
                    "audio/x-wav",
                    "audio/wav",
                    "audio/mpeg",
                    "audio/mp3",
                    "audio/ogg",
                    "video/x-flv",
                    "video/h264",
                    "video/mpeg",
                    "video/quicktime",
                    "video/mp4",
                    "video/webm");

    private final Uploads uploads;
    private final Speaker speaker;

    Sounds(Uploads uploads, Speaker speaker) {
        this.uploads = uploads;
        this.speaker = speaker;
    }

    /// A file of a type that media take; one that came without a type gets it from its first bytes.
    ///
    /// @throws Refusal 415 for any other type
    static UploadedFile checked(UploadedFile file) {
        String type = file.contentType();
        boolean isUntold = type.contains("base64") || type.equals("application/octet-stream");
        String known = isUntold ? typeOf(file.content()) : type;
        if (!TYPES.contains(known)) {
            throw Refusal.of(415, "unsupported_media_type", "unsupported media type");
        }
        return new UploadedFile(file.name(), known, file.content());
    }

    private static String typeOf(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        boolean isFrame =
                start.length() > 1 && start.charAt(0) == 0xff && (start.charAt(1) & 0xe0) == 0xe0;
        if (start.equals("RIFF")) {
            return "audio/x-wav";
        } else if (start.startsWith("ID3") || isFrame) {
            return "audio/mpeg";
        }
        return start.equals("OggS") ? "audio/ogg" : "";
    }

    void keep(Document media, UploadedFile file) {
        uploads.keep(media, file);
    }

    Optional<Content> content(Document media) {
        return uploads.content(media);
    }

    void remove(Document media) {
        uploads.remove(media);
    }

    /// Makes the sound of a `tts` document when its text or voice is new.
    void speak(Optional<Document> before, Document media) {
        if (media.text("media_source").filter("tts"::equals).isEmpty()) {
            return;
        }
        String text = media.text("tts", "text").orElse("");
        String voice = media.text("tts", "voice").orElse("female/en-US");
        boolean isSame =
                before.filter(old -> old.text("media_source").filter("tts"::equals).isPresent())
                        .filter(old -> old.text("tts", "text").orElse("").equals(text))
                        .filter(
                                old ->
                                        old.text("tts", "voice")
                                                .orElse("female/en-US")
                                                .equals(voice))
                        .isPresent();
        if (!isSame) {
            byte[] wav = speaker.wav(text, voice, media.text("language").orElse("en-us"));
            uploads.keep(media, new UploadedFile("text_to_speech.wav", "audio/x-wav", wav));
        }
    }
}
