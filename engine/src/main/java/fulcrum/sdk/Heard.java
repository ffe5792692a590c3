package fulcrum.sdk;

import fulcrum.call.Sound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A sound that reached a person.
///
/// @param length of one time; a sound that is played for ever is repeated
public record Heard(Instant at, Sound sound, Duration length) {
    /// What it is called in scenarios: a prompt's or media's id, a URL, the words of a speech.
    public String name() {
        return name(sound);
    }

    static String name(Sound sound) {
        return switch (sound) {
            case Sound.Media media -> {
                String reference = media.reference();
                boolean isDocument = reference.startsWith("/") && reference.lastIndexOf('/') > 0;
                yield isDocument ? reference.substring(reference.lastIndexOf('/') + 1) : reference;
            }
            case Sound.Prompt prompt -> prompt.id();
            case Sound.Speech speech -> speech.text();
            case Sound.Recorded recorded -> recorded.recordingId();
            case Sound.Tone tone -> tone.script();
            case Sound.Silence silence -> "silence";
        };
    }

    /// Whether this is what a scenario means by a name.
    public boolean is(String what) {
        return name().equals(what)
                || (sound instanceof Sound.Media media
                        && media.reference().startsWith("prompt://")
                        && List.of(media.reference().split("/", -1)).contains(what));
    }

    static boolean isSilent(Sound sound) {
        return sound instanceof Sound.Silence
                || (sound instanceof Sound.Media media
                        && media.reference().startsWith("silence_stream:"));
    }

    /// How long a sound lasts unless the scenario says otherwise: speech 60 ms a character, media and prompts 2 s,
    /// a tone script 500 ms.
    public static Duration usualLength(Sound sound) {
        return switch (sound) {
            case Sound.Speech speech -> Duration.ofMillis(60L * speech.text().length());
            case Sound.Silence silence -> silence.length();
            case Sound.Tone tone -> Duration.ofMillis(500);
            case Sound.Media media when isSilent(media) -> silence(media.reference());
            case Sound.Media media when media.reference().startsWith("tone_stream:") ->
                    Duration.ofMillis(500);
            case Sound.Media media -> Duration.ofSeconds(2);
            case Sound.Prompt prompt -> Duration.ofSeconds(2);
            case Sound.Recorded recorded -> Duration.ofSeconds(2);
        };
    }

    private static Duration silence(String reference) {
        String millis = reference.replaceAll("^\\D+", "").replaceAll("\\D.*$", "");
        return Duration.ofMillis(millis.isEmpty() ? 0 : Long.parseLong(millis));
    }
}
