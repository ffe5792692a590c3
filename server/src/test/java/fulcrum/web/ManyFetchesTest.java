package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class ManyFetchesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static CompletableFuture<HttpAnswer> fetch(GuardedClient client, String url) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(new HttpAsk("GET", url, Map.of(), "", LONG, 1000), answer::complete);
        return answer;
    }

    private static GuardedClient client(int mostAtOnce) {
        return new GuardedClient(
                new AddressGuard(LocalUrls.ALL),
                new GuardedClient.Settings("Fulcrum/test", mostAtOnce, mostAtOnce, 5));
    }

    @Test
    void of_many_at_once_each_gets_its_own_answer_over_no_more_connections_than_allowed()
            throws Exception {
        try (OddServer server =
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(
                                            OddServer.ok("", request.line().split(" ", -1)[1]));
                                    return true;
                                });
                GuardedClient client = client(20)) {
            List<CompletableFuture<HttpAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(fetch(client, server.url("/" + i)));
            }
            for (int i = 0; i < 300; i++) {
                HttpAnswer answer = answers.get(i).get(60, TimeUnit.SECONDS);
                assertThat(((HttpAnswer.Response) answer).body()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void closing_ends_what_is_under_way_and_what_comes_afterwards() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (OddServer server =
                OddServer.answering(
                        (request, connection) -> {
                            asked.countDown();
                            connection.hang();
                            return false;
                        })) {
            GuardedClient client = client(20);
            CompletableFuture<HttpAnswer> underWay = fetch(client, server.url("/"));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            client.close();
            CompletableFuture<HttpAnswer> after = fetch(client, server.url("/"));
            for (CompletableFuture<HttpAnswer> each : List.of(underWay, after)) {
                HttpAnswer answer = each.get(30, TimeUnit.SECONDS);
                assertThat(((HttpAnswer.Unanswered) answer).kind())
                        .isEqualTo(HttpAnswer.Kind.BROKEN);
            }
        }
    }
}
