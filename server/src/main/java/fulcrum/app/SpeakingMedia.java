package fulcrum.app;

import fulcrum.api.Speaker;
import fulcrum.speech.Spoken;
import fulcrum.speech.Utterance;
import fulcrum.speech.Voices;

import java.io.IOException;
import java.nio.file.Files;

/// Has the server's voices speak media documents whose source is a text.
final class SpeakingMedia implements Speaker {
    private final Voices voices;

    SpeakingMedia(Voices voices) {
        this.voices = voices;
    }

    @Override
    public byte[] wav(String text, String voice, String language) {
        return switch (voices.say(new Utterance(text, voice, language, "")).join()) {
            case Spoken.Audio audio -> {
                try {
                    yield Files.readAllBytes(audio.file());
                } catch (IOException failed) {
                    throw Speaker.failed("the speech could not be read: " + failed.getMessage());
                }
            }
            case Spoken.Nothing nothing -> throw Speaker.failed(nothing.reason());
        };
    }
}
