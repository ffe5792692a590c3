package fulcrum.web;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import javax.net.ssl.SSLException;

/// Makes HTTP requests to other people's servers: handlers, webhooks, media.
///
/// Each request runs on a virtual thread of its own and has one deadline for everything, from waiting for a connection
/// to the last byte of the body, redirects included. A single thread (`web-deadlines`) reports those that are too late,
/// and interrupts them. Connections are kept and used again; every new one goes through the [AddressGuard], also
/// on each redirect. Thread-safe.
public final class GuardedClient implements AutoCloseable {
    private static final Duration TIDYING = Duration.ofSeconds(30);

    /// @param userAgent what the client calls itself, `Fulcrum/<version>`
    /// @param mostAtOnce requests under way at the same time, at least 1; more wait, within their deadline
    /// @param mostPerHost connections to one host and port
    /// @param mostRedirects redirects that are followed, 0 or more
    public record Settings(String userAgent, int mostAtOnce, int mostPerHost, int mostRedirects) {
        /// 2000 at once, 1000 to one host, 5 redirects.
        public static Settings of(String userAgent) {
            return new Settings(userAgent, 2000, 1000, 5);
        }
    }

    private final Settings settings;
    private final GuardedConnections connections;
    private final Semaphore places;
    private final Deadlines deadlines = new Deadlines("web-deadlines");
    private final Thread tidying;

    public GuardedClient(AddressGuard guard, Settings settings) {
        this.settings = settings;
        this.connections = new GuardedConnections(guard, settings);
        this.places = new Semaphore(settings.mostAtOnce());
        this.tidying = Thread.ofVirtual().name("web-tidying").start(this::tidy);
    }

    private void tidy() {
        try {
            while (true) {
                Thread.sleep(TIDYING);
                connections.closeIdle();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes a request.
    ///
    /// @param done told the answer exactly once, at most 20 ms after the deadline, on a thread of the client; must not
    ///     block
    public void fetch(HttpAsk ask, Consumer<HttpAnswer> done) {
        exchange(
                ask,
                (head, body) ->
                        new HttpAnswer.Response(
                                head.status(),
                                head.headers(),
                                Body.text(head, body, ask.maxBody()),
                                head.url()),
                new Ending<HttpAnswer.Response>() {
                    @Override
                    public void got(HttpAnswer.Response response) {
                        done.accept(response);
                    }

                    @Override
                    public void failed(HttpAnswer.Unanswered why) {
                        done.accept(why);
                    }
                });
    }

    /// How an exchange ends: exactly one of the two is called, once.
    interface Ending<T> {
        void got(T result);

        void failed(HttpAnswer.Unanswered why);
    }

    <T> void exchange(HttpAsk ask, BodyReader<T> reader, Ending<T> ending) {
        Exchange<T> exchange = new Exchange<>(ask, reader, ending);
        exchange.begin();
    }

    @Override
    public void close() {
        tidying.interrupt();
        deadlines.close();
        connections.close();
    }

    /// One request on its way. What comes first counts: its end or its deadline.
    private final class Exchange<T> implements Runnable, Deadlines.Timed {
        private final HttpAsk ask;
        private final BodyReader<T> reader;
        private final Ending<T> ending;
        private final long due;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread = Thread.ofVirtual().name("web-fetch").unstarted(this);

        Exchange(HttpAsk ask, BodyReader<T> reader, Ending<T> ending) {
            this.ask = ask;
            this.reader = reader;
            this.ending = ending;
            this.due = deadlines.now() + ask.deadline().toNanos();
        }

        void begin() {
            if (deadlines.isClosed()) {
                ending.failed(
                        new HttpAnswer.Unanswered(HttpAnswer.Kind.BROKEN, "the client is closed"));
                return;
            }
            deadlines.begin(this);
            thread.start();
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public void tooLate() {
            if (over.compareAndSet(false, true)) {
                thread.interrupt();
                ending.failed(late());
            }
        }

        private HttpAnswer.Unanswered late() {
            String within = ask.deadline().toMillis() + " ms";
            return new HttpAnswer.Unanswered(
                    HttpAnswer.Kind.TIMEOUT, "no complete answer within " + within);
        }

        @Override
        public void run() {
            try {
                places.acquire();
            } catch (InterruptedException late) {
                return; // the deadline has been told already
            }
            Runnable tell;
            try {
                T result = walk();
                tell = () -> ending.got(result);
            } catch (IOException | RuntimeException failure) {
                tell = () -> ending.failed(why(failure));
            } finally {
                places.release();
                deadlines.end(this);
            }
            if (over.compareAndSet(false, true)) {
                tell.run();
            }
        }

        private T walk() throws IOException {
            Hop hop = Hop.first(ask);
            for (int redirects = 0; ; redirects++) {
                try (OpenAnswer answer = connections.ask(hop)) {
                    Head head = Head.of(answer.response(), hop.url());
                    Optional<Hop> next = hop.next(head);
                    if (next.isEmpty()) {
                        T result = reader.read(head, answer.body());
                        answer.finish();
                        return result;
                    }
                    if (redirects == settings.mostRedirects()) {
                        throw new BadFetch(
                                HttpAnswer.Kind.TOO_MANY_REDIRECTS,
                                "more than " + settings.mostRedirects() + " redirects");
                    }
                    hop = next.get();
                    answer.finish();
                }
            }
        }

        private HttpAnswer.Unanswered why(Exception failure) {
            return switch (failure) {
                case BadFetch bad -> new HttpAnswer.Unanswered(bad.kind(), bad.reason());
                case ForbiddenAddress forbidden ->
                        no(HttpAnswer.Kind.FORBIDDEN_ADDRESS, "may not be fetched", forbidden);
                case UnknownHostException unknown ->
                        no(HttpAnswer.Kind.UNKNOWN_HOST, "there is no such host", unknown);
                case ConnectException refused ->
                        no(HttpAnswer.Kind.REFUSED, "nobody answers there", refused);
                case NoRouteToHostException unreachable ->
                        no(HttpAnswer.Kind.REFUSED, "no way leads there", unreachable);
                case SSLException untrusted ->
                        no(HttpAnswer.Kind.TLS, "no trusted TLS connection", untrusted);
                case InterruptedIOException late -> late();
                case IOException broken ->
                        no(HttpAnswer.Kind.BROKEN, "the exchange broke off", broken);
                default -> no(HttpAnswer.Kind.BROKEN, "the request could not be made", failure);
            };
        }

        private static HttpAnswer.Unanswered no(
                HttpAnswer.Kind kind, String words, Exception detail) {
            return new HttpAnswer.Unanswered(kind, words + ": " + detail.getMessage());
        }
    }
}
