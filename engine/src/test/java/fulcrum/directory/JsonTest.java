package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.OptionalLong;

class JsonTest {
    private static ObjectNode x(String value) {
        return Json.object("{\"x\":" + value + "}");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'\"a\"', a", "12, 12", "true, true", "1.5, 1.5", "'\" \"', ' '"})
    void a_value_counts_as_its_text(String value, String text) {
        assertThat(Json.text(x(value), "x")).contains(text);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"\"", "null", "{}", "[]", "{\"y\":1}"})
    void empty_null_and_trees_are_no_text(String value) {
        assertThat(Json.text(x(value), "x")).isEmpty();
        assertThat(Json.text(x(value), "absent")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "true, true",
                "'\"true\"', true",
                "false, false",
                "'\"false\"', false",
                "'\"True\"', false",
                "'\"yes\"', false",
                "1, false",
                "null, false",
                "{}, false"
            })
    void only_true_is_true(String value, boolean flag) {
        assertThat(Json.flag(x(value), "x")).isEqualTo(flag);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "20, 20",
                "'\"20\"', 20",
                "-3, -3",
                "'\"-3\"', -3",
                "0, 0",
                "62167219200, 62167219200"
            })
    void whole_numbers_may_be_written_as_text(String value, long number) {
        assertThat(Json.whole(x(value), "x")).isEqualTo(OptionalLong.of(number));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "1.5",
                "\"1.5\"",
                "\"a\"",
                "\"\"",
                "true",
                "null",
                "{}",
                "99999999999999999999",
                "\"+1\""
            })
    void anything_else_is_no_whole_number(String value) {
        assertThat(Json.whole(x(value), "x")).isEmpty();
    }

    @Test
    void the_texts_of_an_array_leave_out_what_is_no_value() {
        assertThat(Json.texts(x("[\"a\",1,null,{},[],true]"), "x"))
                .containsExactly("a", "1", "true");
        assertThat(Json.texts(x("\"a\""), "x")).isEmpty();
        assertThat(Json.texts(x("{}"), "y")).isEmpty();
    }

    @Test
    void a_path_leads_through_objects_only() {
        ObjectNode root = Json.object("{\"a\":{\"b\":{\"c\":1}},\"n\":null,\"t\":\"text\"}");

        assertThat(Json.at(root, "a", "b", "c")).map(Object::toString).contains("1");
        assertThat(Json.at(root)).contains(root);
        assertThat(Json.at(root, "a", "x", "c")).isEmpty();
        assertThat(Json.at(root, "n")).isEmpty();
        assertThat(Json.at(root, "t", "x")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[]", "1", "null", "\"{}\""})
    void a_text_that_is_no_object_is_refused(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
