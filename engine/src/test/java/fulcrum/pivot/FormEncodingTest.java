package fulcrum.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;

class FormEncodingTest {
    @Test
    void spaces_are_plus_and_other_bytes_are_upper_case_hex() {
        assertThat(
                        encoded(
                                "{\"Caller-ID-Name\": \"Ann Lee\", \"Caller-ID-Number\":"
                                        + " \"+14155550100\"}"))
                .isEqualTo("Caller-ID-Name=Ann+Lee&Caller-ID-Number=%2B14155550100");
        assertThat(encoded("{\"a\": \"é/?&=~._-\"}")).isEqualTo("a=%C3%A9%2F%3F%26%3D~._-");
    }

    @Test
    void objects_and_arrays_have_literal_brackets_to_any_depth() {
        assertThat(
                        encoded(
                                "{\"Digits\": {\"pin\": \"12\"}, \"User-ID\": [\"u1\", \"u2\"],"
                                        + " \"a\": {\"b\": {\"c\": 1}}}"))
                .isEqualTo("Digits[pin]=12&User-ID[]=u1&User-ID[]=u2&a[b][c]=1");
        assertThat(encoded("{\"a\": {\"b\": [true, false]}}"))
                .isEqualTo("a[b][]=true&a[b][]=false");
    }

    @Test
    void empty_objects_and_nulls_leave_no_pair_but_empty_texts_do() {
        assertThat(encoded("{\"v\": {}, \"w\": [], \"n\": null, \"Digits\": {\"pin\": \"\"}}"))
                .isEqualTo("Digits[pin]=");
    }

    @Test
    void names_are_encoded_too() {
        assertThat(encoded("{\"v\": {\"X Y&\": \"1\"}}")).isEqualTo("v[X+Y%26]=1");
    }

    @Test
    void an_existing_query_stays_in_front_and_a_fragment_behind() {
        assertThat(PivotAsk.withQuery("http://h/p", "a=1")).isEqualTo("http://h/p?a=1");
        assertThat(PivotAsk.withQuery("http://h/p?x=2", "a=1")).isEqualTo("http://h/p?x=2&a=1");
        assertThat(PivotAsk.withQuery("http://h/p?", "a=1")).isEqualTo("http://h/p?a=1");
        assertThat(PivotAsk.withQuery("http://h/p?x=2#top", "a=1"))
                .isEqualTo("http://h/p?x=2&a=1#top");
    }

    private static String encoded(String json) {
        return FormEncoding.encode(Json.object(json));
    }
}
