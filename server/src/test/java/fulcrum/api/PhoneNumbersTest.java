package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(OneHouse.class)
class PhoneNumbersTest {
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    private final ApiHouse house;
    private final Client acme;
    private final String numbers;
    private final String number = "+1212555" + NEXT.incrementAndGet();
    private final String one;

    PhoneNumbersTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.numbers = acme.account("phone_numbers");
        this.one = numbers + "/" + number.substring(2);
    }

    @Test
    void a_number_is_added_read_changed_and_released() {
        Answer made =
                acme.put(one, "{\"cnam\":{\"display_name\":\"Acme\"},\"state\":\"aging\"}").is(201);
        assertThat(made.id()).isEqualTo(number);
        assertThat(made.at("state")).isEqualTo("in_service");
        assertThat(made.data().path("features").toString()).isEqualTo("[\"cnam\"]");
        assertThat(made.at("_read_only", "features", "settings", "cnam", "display_name"))
                .isEqualTo("Acme");
        assertThat(acme.get(numbers + "/%2B" + number.substring(1)).is(200).id()).isEqualTo(number);
        acme.patch(one, "{\"prepend\":{\"enabled\":true,\"name\":\"A: \"}}").is(200);
        assertThat(acme.get(one).data().path("features").toString())
                .isEqualTo("[\"cnam\",\"prepend\"]");
        assertThat(acme.post(one, "{}").is(200).data().has("cnam")).isFalse();
        assertThat(house.directory.number(number).orElseThrow().accountId())
                .isEqualTo(acme.accountId());
        assertThat(acme.delete(one).is(200).at("state")).isEqualTo("released");
        acme.get(one).is(404);
        acme.put(one, "{\"create_with_state\":\"reserved\"}").is(201);
        assertThat(acme.get(one).at("state")).isEqualTo("reserved");
    }

    @Test
    void the_list_is_an_object_by_number() {
        acme.put(one, "{}").is(201);
        Answer list = acme.get(numbers).is(200);
        assertThat(list.at("numbers", number, "state")).isEqualTo("in_service");
        assertThat(list.at("numbers", number, "assigned_to")).isEqualTo(acme.accountId());
        assertThat(list.data().path("cascade_quantity").intValue()).isZero();
        assertThat(list.json().path("page_size").intValue()).isEqualTo(1);
        assertThat(acme.get(numbers + "?filter_state=reserved").data().path("numbers").isEmpty())
                .isTrue();
        assertThat(
                        house.top()
                                .get(house.top().account("phone_numbers"))
                                .data()
                                .path("cascade_quantity")
                                .intValue())
                .isPositive();
    }

    @Test
    void a_number_belongs_to_one_account() {
        acme.put(one, "{}").is(201);
        assertThat(acme.put(one, "{}").is(409).json().path("message").asString())
                .isEqualTo("number_exists");
        Client other = house.below(house.top());
        String theirs = other.account("phone_numbers/" + number.substring(2));
        other.put(theirs, "{}").is(403);
        other.get(theirs).is(404);
        other.put(theirs + "/activate", "{}").is(404);
        other.get(theirs + "/identify").is(404);
        assertThat(acme.get(one + "/identify").is(200).at("account_id"))
                .isEqualTo(acme.accountId());
        assertThat(
                        house.top()
                                .get(house.top().account("phone_numbers/" + number + "/identify"))
                                .at("number"))
                .isEqualTo(number);
    }

    @Test
    void a_number_is_reserved_and_activated() {
        assertThat(acme.put(one + "/reserve", "{}").is(201).at("state")).isEqualTo("reserved");
        assertThat(acme.put(one + "/activate", "{}").is(201).at("state")).isEqualTo("in_service");
    }

    @Test
    void what_is_no_public_number_is_refused() {
        Answer refused = acme.put(numbers + "/1001", "{}").is(400);
        assertThat(refused.json().path("message").asString()).isEqualTo("client error");
        assertThat(refused.at("1001", "error")).isEqualTo("not_reconcilable");
        acme.put(one, "{\"cnam\":{\"display_name\":\"much too long a name\"}}")
                .refuses("cnam.display_name", "maxLength");
        acme.put(one, "{\"create_with_state\":\"x\"}").refuses("create_with_state", "enum");
    }

    @Test
    void several_numbers_are_handled_at_once() {
        String path = numbers + "/collection";
        acme.put(path, "{}").refuses("numbers", "required");
        acme.put(path, "{\"numbers\":[]}").refuses("numbers", "minimum");
        acme.put(path, "{\"numbers\":\"1\"}").refuses("numbers", "type");
        acme.put(path, "{\"numbers\":[\"" + number + "\",\"" + number.substring(2) + "\"]}")
                .refuses("numbers", "uniqueItems");
        Answer made = acme.put(path, "{\"numbers\":[\"" + number + "\",\"12\"]}").is(201);
        assertThat(made.at("success", number, "state")).isEqualTo("in_service");
        assertThat(made.at("error", "12", "code")).isEqualTo("400");
        Answer patched =
                acme.patch(path, "{\"numbers\":[\"" + number + "\"],\"carrier_name\":\"c\"}")
                        .is(200);
        assertThat(patched.at("success", number, "carrier_name")).isEqualTo("c");
        acme.put(path + "/activate", "{\"numbers\":[\"" + number + "\"]}").is(201);
        Answer gone =
                acme.send(
                                acme.request(path)
                                        .method(
                                                "DELETE",
                                                java.net.http.HttpRequest.BodyPublishers.ofString(
                                                        "{\"data\":{\"numbers\":[\""
                                                                + number
                                                                + "\"]}}")))
                        .is(200);
        assertThat(gone.at("success", number, "state")).isEqualTo("released");
    }

    @Test
    void use_is_found_out_anew() {
        acme.put(
                        acme.account("callflows"),
                        "{\"numbers\":[\""
                                + number
                                + "\"],\"flow\":{\"module\":\"hangup\",\"data\":{}}}")
                .is(201);
        assertThat(acme.put(one, "{\"used_by\":\"me\"}").is(201).at("used_by"))
                .isEqualTo("callflow");
        assertThat(acme.post(numbers + "/fix", "{}").is(200).at("success", number, "used_by"))
                .isEqualTo("callflow");
        acme.post(numbers + "/fix/" + number.substring(2), "{}").is(200);
        acme.post(numbers + "/fix/+14155559999", "{}").is(404);
    }

    @Test
    void the_top_account_deletes_a_number_for_good() {
        acme.put(one, "{}").is(201);
        assertThat(acme.delete(one + "?hard=true").is(200).at("state")).isEqualTo("released");
        acme.put(one, "{}").is(201);
        assertThat(house.top().delete(one + "?hard=true").is(200).at("state")).isEqualTo("deleted");
    }

    @ParameterizedTest
    @CsvSource({
        "8005550100, tollfree_us",
        "9005550100, toll_us",
        "911, emergency",
        "6845550100, caribbean",
        "4155550100, did_us",
        "442071234567, international",
        "1001, unknown"
    })
    void numbers_have_classes(String dialled, String name) {
        Answer found = acme.get(numbers + "/classifiers/" + dialled).is(200);
        assertThat(found.at("name")).isEqualTo(name);
        assertThat(found.at("number")).isEqualTo(dialled);
        assertThat(acme.get(numbers + "/classifiers").data().path(name).path("regex").asString())
                .isEqualTo(found.at("regex"));
    }
}
