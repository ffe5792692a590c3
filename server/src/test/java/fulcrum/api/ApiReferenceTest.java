package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiReferenceTest {
    @Test
    void the_page_lists_every_route_with_a_sentence() {
        String page = ApiReference.page();
        assertThat(page)
                .contains("| PUT | `/v2/api_auth` | anybody | Logs in with an API key. |")
                .contains("| PUT | `/v2/accounts/{A}/callflows` | account | Creates a callflow. |")
                .contains("| GET | `/v2/about` | any token |")
                .contains("| POST | `/v2/accounts/{A}/media/{id}/raw` |");
        assertThat(page.lines().filter(line -> line.startsWith("| ") && line.endsWith("|  |")))
                .isEmpty();
    }
}
