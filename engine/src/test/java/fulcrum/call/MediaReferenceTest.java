package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaReferenceTest {
    @Test
    void nothing_is_no_media() {
        assertThat(MediaReference.sound("acc", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"welcome, /acc/welcome", "silence, /acc/silence", "0123abcd, /acc/0123abcd"})
    void a_name_without_a_slash_is_a_media_document_of_the_account(String value, String reference) {
        assertThat(MediaReference.sound("acc", value)).contains(new Sound.Media(reference));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system_media/en-us/vm-goodbye",
                "system_media_vm-goodbye",
                "local_stream://moh",
                "silence_stream://500",
                "tone_stream://%(500,100,440)",
                "http://a.example/b.mp3",
                "https://a.example/b.wav?x=1",
                "prompt://acc/vm-goodbye/en-us",
                "/other/doc",
                "tts://abc"
            })
    void everything_else_is_used_as_it_is(String value) {
        assertThat(MediaReference.sound("acc", value)).contains(new Sound.Media(value));
    }
}
