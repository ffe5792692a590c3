package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

class MediaCacheTest {
    private static final MediaCache.Settings SMALL =
            new MediaCache.Settings(1000, 2500, Duration.ofSeconds(20));

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private MediaCache cache(MediaCache.Settings settings) {
        return cache(settings, LocalUrls.ALL);
    }

    private MediaCache cache(MediaCache.Settings settings, LocalUrls local) {
        GuardedClient client =
                new GuardedClient(
                        new AddressGuard(local), GuardedClient.Settings.of("Fulcrum/test"));
        open.add(client);
        return new MediaCache(client, folder.resolve("media"), settings, now::get);
    }

    private OddServer serve(OddServer server) {
        open.add(server);
        return server;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static CachedMedia get(MediaCache cache, String url) throws Exception {
        CompletableFuture<CachedMedia> media = new CompletableFuture<>();
        cache.fetch(url, media::complete);
        return media.get(30, TimeUnit.SECONDS);
    }

    private static String text(CachedMedia media) throws IOException {
        return Files.readString(((CachedMedia.Ready) media).file());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("media"))) {
            return files.toList();
        }
    }

    /// Sends a counter as body, with these headers; answers 304 when the counter's tag is asked for.
    private OddServer counting(String headers) {
        AtomicReference<Integer> count = new AtomicReference<>(0);
        return serve(
                OddServer.answering(
                        (request, connection) -> {
                            int number = count.updateAndGet(before -> before + 1);
                            String tag = request.header("if-none-match");
                            connection.send(
                                    tag.isEmpty()
                                            ? OddServer.ok(headers, "body " + number)
                                            : "HTTP/1.1 304 Same\r\n" + headers + "\r\n");
                            return true;
                        }));
    }

    @Test
    void what_is_fresh_is_not_asked_for_again() throws Exception {
        OddServer server =
                counting("Content-Type: Audio/MPEG; x=y\r\nCache-Control: max-age=60\r\n");
        MediaCache cache = cache(SMALL);
        CachedMedia first = get(cache, server.url("/a.mp3"));
        assertThat(text(first)).isEqualTo("body 1");
        assertThat(((CachedMedia.Ready) first).contentType()).isEqualTo("audio/mpeg");
        pass(Duration.ofSeconds(59));
        assertThat(get(cache, server.url("/a.mp3"))).isEqualTo(first);
        assertThat(server.requests()).hasSize(1);
        pass(Duration.ofSeconds(2));
        assertThat(text(get(cache, server.url("/a.mp3")))).isEqualTo("body 2");
    }

    @Test
    void what_is_stale_is_asked_for_with_its_tag_and_date_and_kept_when_it_is_the_same()
            throws Exception {
        OddServer server =
                counting(
                        String.join(
                                "\r\n",
                                "ETag: \"one\"",
                                "Last-Modified: Sun, 1 Mar 2026 02:00:00 GMT",
                                "Cache-Control: max-age=10",
                                ""));
        MediaCache cache = cache(SMALL);
        CachedMedia first = get(cache, server.url("/a.wav"));
        pass(Duration.ofSeconds(11));
        assertThat(get(cache, server.url("/a.wav"))).isEqualTo(first);
        OddServer.Request second = server.requests().get(1);
        assertThat(second.header("if-none-match")).isEqualTo("\"one\"");
        assertThat(second.header("if-modified-since")).isEqualTo("Sun, 1 Mar 2026 02:00:00 GMT");
        pass(Duration.ofSeconds(5));
        get(cache, server.url("/a.wav"));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void several_who_want_the_same_cause_one_fetch() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    await(all);
                                    connection.send(OddServer.ok("", "once"));
                                    return true;
                                }));
        MediaCache cache = cache(SMALL);
        List<CompletableFuture<CachedMedia>> wishes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CompletableFuture<CachedMedia> wish = new CompletableFuture<>();
            cache.fetch(server.url("/a"), wish::complete);
            wishes.add(wish);
        }
        all.countDown();
        for (CompletableFuture<CachedMedia> wish : wishes) {
            assertThat(text(wish.get(30, TimeUnit.SECONDS))).isEqualTo("once");
        }
        assertThat(server.requests()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_stale_file_serves_while_its_server_fails_unless_it_forbade_that() throws Exception {
        AtomicReference<String> answer =
                new AtomicReference<>(OddServer.ok("Cache-Control: max-age=10\r\n", "kept"));
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(String.valueOf(answer.get()));
                                    return true;
                                }));
        MediaCache cache = cache(SMALL);
        get(cache, server.url("/lenient"));
        answer.set(OddServer.ok("Cache-Control: max-age=10, must-revalidate\r\n", "kept"));
        get(cache, server.url("/strict"));
        pass(Duration.ofSeconds(11));
        answer.set("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
        assertThat(text(get(cache, server.url("/lenient")))).isEqualTo("kept");
        assertThat(get(cache, server.url("/strict")))
                .isEqualTo(new CachedMedia.Unavailable(HttpAnswer.Kind.BROKEN, "answered 500"));
        answer.set("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
        assertThat(get(cache, server.url("/lenient")))
                .isEqualTo(new CachedMedia.Unavailable(HttpAnswer.Kind.BROKEN, "answered 404"));
        server.close();
        assertThat(text(get(cache, server.url("/lenient")))).isEqualTo("kept");
    }

    @Test
    void what_is_too_large_or_forbidden_leaves_nothing_behind() throws Exception {
        OddServer server = serve(OddServer.sending("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1001)));
        CachedMedia large = get(cache(SMALL), server.url("/large"));
        assertThat(((CachedMedia.Unavailable) large).kind()).isEqualTo(HttpAnswer.Kind.TOO_LARGE);
        CachedMedia forbidden = get(cache(SMALL, LocalUrls.NONE), server.url("/large"));
        assertThat(((CachedMedia.Unavailable) forbidden).kind())
                .isEqualTo(HttpAnswer.Kind.FORBIDDEN_ADDRESS);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_comes_too_late_leaves_nothing_behind() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                                    connection.hang();
                                    return false;
                                }));
        MediaCache cache = cache(new MediaCache.Settings(1000, 2500, Duration.ofMillis(300)));
        CachedMedia late = get(cache, server.url("/late"));
        assertThat(((CachedMedia.Unavailable) late).kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
        assertThat(cache.bytes()).isZero();
        // the next wish begins anew
        CachedMedia again = get(cache, server.url("/late"));
        assertThat(again).isInstanceOf(CachedMedia.Unavailable.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void the_least_recently_used_make_room_but_not_what_somebody_just_got() throws Exception {
        OddServer server =
                serve(
                        OddServer.sending(
                                OddServer.ok("Cache-Control: max-age=9999\r\n", "x".repeat(900))));
        MediaCache cache = cache(SMALL);
        CachedMedia.Ready a = (CachedMedia.Ready) get(cache, server.url("/a"));
        CachedMedia.Ready b = (CachedMedia.Ready) get(cache, server.url("/b"));
        CachedMedia.Ready c = (CachedMedia.Ready) get(cache, server.url("/c"));
        assertThat(cache.bytes()).isEqualTo(2700);
        assertThat(a.file()).exists();
        pass(Duration.ofSeconds(61));
        get(cache, server.url("/a"));
        assertThat(cache.bytes()).isEqualTo(2700 - 900);
        assertThat(a.file()).exists();
        assertThat(b.file()).doesNotExist();
        assertThat(c.file()).exists();
        get(cache, server.url("/b"));
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void a_replaced_file_stays_for_a_minute_for_whoever_plays_it() throws Exception {
        OddServer server = counting("Cache-Control: no-cache\r\n");
        MediaCache cache = cache(SMALL);
        CachedMedia.Ready first = (CachedMedia.Ready) get(cache, server.url("/a"));
        CachedMedia.Ready second = (CachedMedia.Ready) get(cache, server.url("/a"));
        assertThat(text(second)).isEqualTo("body 2");
        assertThat(text(first)).isEqualTo("body 1");
        pass(Duration.ofSeconds(61));
        get(cache, server.url("/b"));
        assertThat(first.file()).doesNotExist();
        assertThat(second.file()).exists();
    }

    @Test
    void the_folder_begins_empty() throws Exception {
        Files.createDirectories(folder.resolve("media"));
        Files.writeString(folder.resolve("media").resolve("7.media"), "of an earlier run");
        cache(SMALL);
        assertThat(files()).isEmpty();
    }
}
