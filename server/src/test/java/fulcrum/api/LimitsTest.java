package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class LimitsTest {
    private static ApiSettings patience(ApiSettings settings, Duration patience) {
        return settings.withBucket(0, 0).withBodyPatience(patience);
    }

    @Test
    void whoever_asks_too_often_has_to_wait() {
        try (ApiHouse house = new ApiHouse(settings -> settings.withBucket(100, 10))) {
            Client top = house.top();
            Answer first = top.get("/v2/about").is(200);
            assertThat(first.json().path("tokens").path("consumed").intValue()).isEqualTo(1);
            int left = first.json().path("tokens").path("remaining").intValue();
            assertThat(left).isEqualTo(99);
            for (int i = 0; i < left; i++) {
                top.get("/v2/about").is(200);
            }
            Answer refused = top.get("/v2/about").is(429);
            assertThat(refused.json().path("message").asString()).isEqualTo("too_many_requests");
            house.clock.move(Duration.ofSeconds(1));
            for (int i = 0; i < 10; i++) {
                top.get("/v2/about").is(200);
            }
            top.get("/v2/about").is(429);
            house.stranger().get("/healthz").is(200);
        }
    }

    @Test
    void a_login_costs_much_and_so_does_a_wrong_token() {
        try (ApiHouse house = new ApiHouse(settings -> settings.withBucket(100, 10))) {
            Client stranger = house.stranger();
            for (int i = 0; i < 2; i++) {
                stranger.put("/v2/api_auth", Json.object().put("api_key", "f".repeat(64))).is(404);
            }
            stranger.put("/v2/api_auth", Json.object().put("api_key", ApiHouse.KEY)).is(429);
            house.clock.move(Duration.ofSeconds(10));
            Client forger = new Client(house.server.port(), "x.y.z", "");
            for (int i = 0; i < 2; i++) {
                forger.get("/v2/about").is(401);
            }
            forger.get("/v2/about").is(429);
        }
    }

    @Test
    void an_address_that_a_stranger_claims_is_not_believed() {
        try (ApiHouse house = new ApiHouse(settings -> settings.withBucket(70, 10))) {
            for (int i = 0; i < 2; i++) {
                claimed(house, "10.0.0." + i + ", 192.0.2.1").is(404);
            }
            claimed(house, "10.0.0.9, 192.0.2.1").is(429);
            claimed(house, "10.0.0.9, 192.0.2.2").is(404);
        }
    }

    private static Answer claimed(ApiHouse house, String address) {
        Client stranger = house.stranger();
        String body = "{\"data\":{\"api_key\":\"" + "f".repeat(64) + "\"}}";
        return stranger.send(
                stranger.request("/v2/api_auth")
                        .header("X-Forwarded-For", address)
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() {
        try (ApiHouse house =
                new ApiHouse(settings -> patience(settings, Duration.ofMillis(300)))) {
            String head = "PUT /v2/api_auth HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{";
            String answer = RawHttp.send(house.server.port(), head);
            assertThat(answer).matches("(?s)|HTTP/1.1 4\\d\\d.*");
            house.top().get("/v2/about").is(200);
        }
    }

    @Test
    void many_slow_clients_do_not_keep_others_waiting() throws IOException {
        try (ApiHouse house =
                new ApiHouse(settings -> patience(settings, Duration.ofSeconds(60)))) {
            List<Socket> slow = new ArrayList<>();
            String head = "PUT /v2/api_auth HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{";
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.server.port());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                slow.add(socket);
            }
            house.top().get("/v2/about").is(200);
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void of_many_who_want_a_name_at_once_one_gets_it()
            throws InterruptedException, ExecutionException {
        try (ApiHouse house = new ApiHouse();
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            Client acme = house.below(house.top());
            String device =
                    "{\"name\":\"d\",\"sip\":{\"username\":\"wanted\",\"password\":\"secret1\"}}";
            List<Callable<Answer>> wishes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                wishes.add(() -> acme.put(acme.account("devices"), device));
            }
            int winners = 0;
            for (Future<Answer> wish : crowd.invokeAll(wishes)) {
                if (wish.get().status() == 201) {
                    winners++;
                } else {
                    wish.get().refuses("sip.username", "unique");
                }
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    void what_was_saved_is_there_after_a_new_start() {
        try (ApiHouse house = new ApiHouse()) {
            String menu =
                    house.top().put(house.top().account("menus"), "{\"name\":\"m\"}").is(201).id();
            house.server.drain(Duration.ofSeconds(5));
            assertThat(house.ids(house.master.id(), "menu")).containsExactly(menu);
            assertThat(
                            MasterAccount.ensure(house.directory, "x", "x.example", "", house.clock)
                                    .id())
                    .isEqualTo(house.master.id());
        }
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line() {
        try (ApiHouse house = new ApiHouse()) {
            ApiServer second = house.another(house.server.port());
            assertThatThrownBy(second::start)
                    .isInstanceOf(ApiFailed.class)
                    .hasMessageContaining("127.0.0.1:" + house.server.port());
            second.stop();
        }
    }
}
