package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;

class SpeakableTextTest {
    private static String words(String text) {
        return String.join(" ", SpeakableText.of(text).pieces());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain words, one.|plain words, one.",
                "naïve café, Ångström|naive cafe, Angstrom",
                "Straße, Łódź, Ærø|Strasse, Lodz, Aero",
                "“quoted” — it’s…|\"quoted\" , it's...",
                "€ 50, 20 °C, ½|euro 50, 20 degrees C, 1/2",
                "hi 🙂 there|hi there",
                "Привет, world|, world",
                "a\u0000b\u001bc\u200bd|a b c d",
                "5 < 6 & 7 > 3|5 < 6 & 7 > 3",
                "the <b>bold</b> one|the <b>bold</b> one",
                "<speak>Hello <break time=\"1s\"/>you &amp; me &lt;3</speak>|Hello you & me <3",
                "<?xml version=\"1.0\"?><speak version=\"1.1\">Hi<!-- no --></speak>|Hi"
            },
            delimiter = '|')
    void a_text_becomes_what_can_be_spoken(String text, String spoken) {
        assertThat(words(text)).isEqualTo(spoken);
    }

    @Test
    void white_space_of_any_kind_is_one_space() {
        assertThat(words("  two\tspaces\r\n\nand lines\u00a0 ")).isEqualTo("two spaces and lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u0000\u0007", "🙂🙂", "Привет", "<speak><break/></speak>"})
    void a_text_of_which_nothing_is_left_has_no_pieces(String text) {
        assertThat(SpeakableText.of(text).pieces()).isEmpty();
    }

    @Test
    void a_long_text_is_cut_into_pieces_behind_sentences() {
        String sentence = "This is a sentence of some length, and it ends here. ";
        SpeakableText text = SpeakableText.of(sentence.repeat(20));

        assertThat(text.pieces()).hasSizeGreaterThan(2);
        assertThat(text.pieces())
                .allSatisfy(
                        piece -> {
                            assertThat(piece.strip()).endsWith("here.");
                            assertThat(piece.length()).isLessThanOrEqualTo(400);
                        });
        assertThat(words(sentence.repeat(20)).replaceAll("\\s+", " "))
                .isEqualTo(sentence.repeat(20).strip());
        assertThat(text.isCut()).isFalse();
    }

    @Test
    void without_sentences_it_is_cut_behind_words_and_without_words_anywhere() {
        assertThat(SpeakableText.of("word ".repeat(200)).pieces())
                .allSatisfy(piece -> assertThat(piece.strip()).startsWith("word").endsWith("word"));
        assertThat(SpeakableText.of("x".repeat(1000)).pieces())
                .containsExactly("x".repeat(400), "x".repeat(400), "x".repeat(200));
    }

    @Test
    void a_text_that_is_too_long_is_cut_behind_a_word_and_says_so() {
        SpeakableText text = SpeakableText.of(String.join(" ", Collections.nCopies(2000, "word")));

        assertThat(text.isCut()).isTrue();
        String kept = String.join(" ", text.pieces()).replaceAll("\\s+", " ");
        assertThat(kept.length()).isBetween(4990, 5000);
        assertThat(kept).endsWith("word");
    }
}
