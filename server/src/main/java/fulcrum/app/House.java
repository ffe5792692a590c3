package fulcrum.app;

import fulcrum.action.Actions;
import fulcrum.api.ApiParts;
import fulcrum.api.ApiServer;
import fulcrum.api.ApiSettings;
import fulcrum.api.LiveLegs;
import fulcrum.api.MasterAccount;
import fulcrum.api.SavedDocuments;
import fulcrum.call.EventSink;
import fulcrum.call.RateBuckets;
import fulcrum.directory.Document;
import fulcrum.directory.WatchedDirectory;
import fulcrum.event.CallLog;
import fulcrum.event.EventFan;
import fulcrum.event.EventQueue;
import fulcrum.event.Metrics;
import fulcrum.event.Records;
import fulcrum.exchange.Exchange;
import fulcrum.exchange.Recordings;
import fulcrum.exchange.SoundLibrary;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.mail.Mailer;
import fulcrum.media.RtpPorts;
import fulcrum.sip.SipSettings;
import fulcrum.speech.Prompts;
import fulcrum.speech.Voices;
import fulcrum.storage.Attachments;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.Housekeeping;
import fulcrum.storage.MonthlyStore;
import fulcrum.storage.SqlDirectory;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;
import fulcrum.web.MediaCache;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The whole server: every part, made in the order in which it stands on the others, and ended in the opposite one.
final class House implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final DataFolder folder;
    private final WatchedDirectory directory;
    private final Document master;
    private final MonthlyStore monthly;
    private final Exchange exchange;
    private final Tls tls;
    private final ApiServer api;
    private final InetSocketAddress http;
    private final Readiness readiness;

    /// Builds and opens everything; what was made is ended again when a later part fails.
    ///
    /// @param furnishing what a command or a test wants otherwise than the server has it
    static House open(Config config, Furnishing furnishing) {
        Deque<AutoCloseable> made = new ArrayDeque<>();
        try {
            return new House(config, furnishing, made);
        } catch (RuntimeException failed) {
            closeAll(made);
            throw failed;
        }
    }

    private House(Config config, Furnishing furnishing, Deque<AutoCloseable> made) {
        Clock clock = Clock.systemUTC();
        folder = keep(made, furnishing.folder(config));
        Voices voices = keep(made, Voices.in(folder.folder("speech")));
        Database database = keep(made, Database.in(folder));
        directory = new WatchedDirectory(new SqlDirectory(database));
        monthly = new MonthlyStore(database);
        Attachments attachments = new Attachments(folder, database);
        keep(made, new Housekeeping(monthly, attachments, clock).start());
        master = FirstStart.masterAccount(directory, config, clock);

        AddressGuard guard = new AddressGuard(config.localUrls());
        GuardedClient client =
                keep(made, new GuardedClient(guard, GuardedClient.Settings.of(Version.AGENT)));
        MediaCache cache =
                new MediaCache(
                        client, folder.folder("web-media"), MediaCache.Settings.DEFAULT, clock);

        Metrics metrics = keep(made, new Metrics());
        Records records = new Records(monthly, Version.NODE);
        EventQueue queue = keep(made, new EventQueue(records));
        Mailer mailer =
                keep(made, new Mailer(config.mailServer(), folder.folder("mail"), clock).start());
        EventSink events =
                new EventFan(List.of(new CallLog(), queue, metrics, mailer, furnishing.watcher()));

        Workers workers = keep(made, new Workers());
        Prompts prompts = new Prompts(directory, attachments);
        Recordings recordings =
                keep(made, new Recordings(folder.folder("recordings"), attachments));
        SoundLibrary library =
                new SoundLibrary(prompts, voices, cache, recordings, workers.executor());

        FlowRouter router = new FlowRouter();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        tls = Tls.of(config);
        exchange =
                keep(
                        made,
                        Exchange.open(
                                new Exchange.Parts(
                                        config.sip().address(),
                                        new SipSettings(
                                                        Version.AGENT,
                                                        "",
                                                        Duration.ofMinutes(5),
                                                        100_000)
                                                .challengingWith(config.sipDigest().algorithms())
                                                .withPublicAddress(
                                                        config.publicAddress().orElse("")),
                                        ports(config.rtpPorts()),
                                        new RateBuckets(
                                                config.callBucket().calls(),
                                                config.callBucket().perSecond()),
                                        directory,
                                        client,
                                        guard,
                                        furnishing.sounds(library),
                                        recordings,
                                        events,
                                        workers.executor(),
                                        clock,
                                        furnishing.body(
                                                call ->
                                                        interpreter.run(
                                                                router.flowFor(call), call)),
                                        furnishing.journals()),
                                tls.sip()));
        readiness = new Readiness(metrics);
        http = config.http().address();
        Gauges gauges = new Gauges(metrics);
        gauges.ofCalls(exchange);
        gauges.ofQueues(queue, workers, voices, database, mailer);
        gauges.ofLosses(queue, records, voices);
        api =
                keep(
                        made,
                        new ApiServer(
                                http.getAddress().getHostAddress(),
                                http.getPort(),
                                new ApiParts(
                                        directory,
                                        monthly,
                                        attachments,
                                        Actions.catalog(),
                                        LiveLegs.of(exchange.calls()),
                                        new PhoneBook(exchange),
                                        url -> guard.judge(url).isEmpty(),
                                        new SpeakingMedia(voices),
                                        SavedDocuments.none(),
                                        readiness,
                                        clock,
                                        ApiSettings.standard(
                                                Version.NUMBER,
                                                sipHost(config),
                                                exchange.sipAddress().getPort()))));
        tls.open(api);
        api.start();
        voices.warmUp(); // last, so that a start that fails is not held up by it
        parts.addAll(made);
    }

    private static <P extends AutoCloseable> P keep(Deque<AutoCloseable> made, P part) {
        made.push(part);
        return part;
    }

    private static RtpPorts ports(PortRange range) {
        return range.first() == 0
                ? RtpPorts.ephemeral()
                : RtpPorts.range(range.first(), range.last());
    }

    /// The address phones register at, where one is known that they can reach; else they are told the API's host.
    private static String sipHost(Config config) {
        boolean any = config.sip().address().getAddress().isAnyLocalAddress();
        return config.publicAddress().orElse(any ? "" : config.sip().host());
    }

    WatchedDirectory directory() {
        return directory;
    }

    MonthlyStore monthly() {
        return monthly;
    }

    /// The account at the top, with its API key.
    Document master() {
        return master;
    }

    String apiKey() {
        return MasterAccount.apiKeyOf(master);
    }

    Exchange exchange() {
        return exchange;
    }

    InetSocketAddress sipAddress() {
        return exchange.sipAddress();
    }

    /// Where SIP over TLS listens; empty without a certificate.
    Optional<InetSocketAddress> tlsAddress() {
        return exchange.tlsAddress();
    }

    /// The port of HTTPS; empty without a certificate.
    OptionalInt httpsPort() {
        return api.securePort();
    }

    /// Reads the certificate again.
    void reload() {
        tls.reload(api);
    }

    /// The API's address.
    URI apiUri() {
        String host = http.getAddress().isAnyLocalAddress() ? "127.0.0.1" : http.getHostString();
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create("http://" + literal + ":" + api.port());
    }

    /// Takes no new calls and lets running ones go on for a while.
    void drain(Duration patience) {
        readiness.drain();
        exchange.drain();
        exchange.finish(patience);
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> made) {
        while (!made.isEmpty()) {
            AutoCloseable part = made.pop();
            try {
                part.close();
            } catch (Exception failed) {
                System.getLogger(House.class.getName())
                        .log(System.Logger.Level.ERROR, "could not end " + part, failed);
            }
        }
    }
}
