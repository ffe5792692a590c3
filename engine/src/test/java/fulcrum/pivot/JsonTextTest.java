package fulcrum.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void a_broken_text_is_told_with_line_and_column_and_what_stands_around_it() {
        var broken = broken("{\n  \"module\": \"tts\",\n  \"data\" {}\n}");
        assertThat(broken.message()).isEqualTo("invalid JSON");
        assertThat(broken.position().line()).isEqualTo(3);
        assertThat(broken.before()).endsWith("\"data\" ");
        assertThat(broken.pointer()).isEqualTo("/data");
    }

    @Test
    void an_unclosed_text_is_broken_at_its_end() {
        var broken = broken("{\"module\": \"tts\"");
        assertThat(broken.message()).isEqualTo("invalid JSON");
        assertThat(broken.after()).isEmpty();
        assertThat(broken.detail()).startsWith("Unexpected end-of-input").doesNotContain("Source");
    }

    @Test
    void data_behind_the_value_is_trailing_data() {
        assertThat(broken("{} {}").message()).isEqualTo("trailing data");
        assertThat(broken("{} nonsense").message()).isEqualTo("trailing data");
    }

    @Test
    void every_value_has_a_place_by_its_pointer() {
        var positions = new JsonText("{\n \"data\": {\n  \"a/b\": [1,\n 2]}}").positions();
        assertThat(positions.get("")).isEqualTo(new Position(1, 1));
        assertThat(positions.get("/data")).isEqualTo(new Position(2, 10));
        assertThat(positions.get("/data/a~1b/1")).isEqualTo(new Position(4, 2));
    }

    @Test
    void a_text_nested_too_deeply_is_broken_not_an_exception() {
        assertThat(broken("[".repeat(100_000)).message()).isEqualTo("invalid JSON");
    }

    private static JsonText.Broken broken(String text) {
        return new JsonText(text).parse().broken().orElseThrow();
    }
}
