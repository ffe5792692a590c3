package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

@ExtendWith(OneHouse.class)
class ListingTest {
    private final Client acme;
    private final String menus;

    ListingTest(ApiHouse house) {
        this.acme = house.below(house.top());
        this.menus = acme.account("menus");
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            acme.put(menus, "{\"name\":\"m" + (char) ('a' + i) + "\"}").is(201);
        }
    }

    @Test
    void pages_follow_one_another_until_the_list_ends() {
        fill(7);
        for (String order : new String[] {"", "&ascending=true"}) {
            List<String> seen = new ArrayList<>();
            String next = "";
            int pages = 0;
            do {
                String from = next.isEmpty() ? "" : "&start_key=" + next;
                Answer page = acme.get(menus + "?page_size=3" + order + from).is(200);
                seen.addAll(page.column("name"));
                assertThat(page.json().path("page_size").intValue()).isEqualTo(page.data().size());
                assertThat(page.json().path("start_key").asString()).isNotEmpty();
                next = page.json().path("next_start_key").asString("");
                pages++;
            } while (!next.isEmpty());
            List<String> all = List.of("ma", "mb", "mc", "md", "me", "mf", "mg");
            assertThat(seen).isEqualTo(order.isEmpty() ? all.reversed() : all);
            assertThat(pages).isEqualTo(3);
        }
    }

    @Test
    void a_bare_key_is_a_cursor_too() {
        fill(4);
        assertThat(acme.get(menus + "?start_key=mc").column("name"))
                .containsExactly("mc", "mb", "ma");
        assertThat(acme.get(menus + "?ascending=true&start_key=mb&end_key=mc").column("name"))
                .containsExactly("mb", "mc");
        assertThat(acme.get(menus + "?start_key=zz").column("name")).hasSize(4);
    }

    @Test
    void without_paging_everything_comes_and_no_paging_keys() {
        fill(4);
        Answer all = acme.get(menus + "?paginate=false&page_size=2").is(200);
        assertThat(all.data().size()).isEqualTo(4);
        assertThat(all.json().has("page_size")).isFalse();
        assertThat(all.json().has("start_key")).isFalse();
        assertThat(all.json().has("next_start_key")).isFalse();
    }

    @Test
    void an_empty_list_is_a_list() {
        Answer none = acme.get(menus).is(200);
        assertThat(none.data().isArray()).isTrue();
        assertThat(none.json().path("page_size").intValue()).isZero();
    }

    @Test
    void a_list_in_chunks_puts_its_data_first_and_numbers_as_texts() {
        fill(1);
        Answer list = acme.get(menus + "?is_chunked=true").is(200);
        assertThat(list.text()).startsWith("{\"data\":[");
        assertThat(list.json().path("page_size").isString()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"page_size=0", "page_size=-1", "page_size=x", "chunk_size=51", "chunk_size=0"})
    void a_size_that_is_none_is_a_faulty_request(String query) {
        Answer refused = acme.get(menus + "?" + query).is(404);
        assertThat(refused.json().path("message").asString()).isEqualTo("faulty_request");
        assertThat(refused.at("message")).isEqualTo("faulty request");
    }

    /// Two menus: `ma` with retries 2 and a flag, `mb` with retries 5 and an exit sound.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter_name=ma | ma",
                "filter_name=mx | -",
                "filter_not_name=ma | mb",
                "filter_retries=5 | mb",
                "filter_retries=[2,5] | mb,ma",
                "filter_retries=[\"2\"] | ma",
                "filter_retries=[2 | -",
                "filter_media.exit_media=true | mb",
                "filter_media.nothing= | mb,ma",
                "filter_not_flags=[] | mb,ma",
                "has_key=media.exit_media | mb",
                "key_missing=media.exit_media | ma",
                "has_key=media | mb,ma",
                "has_value=media | mb",
                "value_missing=media | ma",
                "missing_value=flags | mb",
                "filter_pvt_type=menu | mb,ma",
                "created_from=1 | mb,ma",
                "created_from=99999999999 | -",
                "created_to=1 | -",
                "modified_from=1&modified_to=99999999999 | mb,ma",
                "created_from=soon | -",
                "filter_retries=5&filter_name=ma | -",
                "unknown=1 | mb,ma"
            })
    void filters_keep_what_they_name(String query, String names) {
        acme.put(menus, "{\"name\":\"ma\",\"retries\":2,\"flags\":[\"x\"]}").is(201);
        acme.put(menus, "{\"name\":\"mb\",\"retries\":5,\"media\":{\"exit_media\":true}}").is(201);
        String encoded =
                query.contains("[")
                        ? query.substring(0, query.indexOf('=') + 1)
                                + URLEncoder.encode(
                                        query.substring(query.indexOf('=') + 1),
                                        StandardCharsets.UTF_8)
                        : query;
        List<String> wanted = names.equals("-") ? List.of() : List.of(names.split(","));
        assertThat(acme.get(menus + "?" + encoded).is(200).column("name")).isEqualTo(wanted);
    }

    @Test
    void a_page_is_full_although_a_filter_drops_rows() {
        for (int i = 0; i < 6; i++) {
            acme.put(menus, "{\"name\":\"m" + i + "\",\"retries\":" + (i % 2 + 1) + "}").is(201);
        }
        Answer page = acme.get(menus + "?filter_retries=1&page_size=2").is(200);
        assertThat(page.column("name")).containsExactly("m4", "m2");
        String next = page.json().path("next_start_key").asString();
        assertThat(
                        acme.get(menus + "?filter_retries=1&page_size=2&start_key=" + next)
                                .column("name"))
                .containsExactly("m0");
    }
}
