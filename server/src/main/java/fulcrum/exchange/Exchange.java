package fulcrum.exchange;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Calls;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.call.RateBuckets;
import fulcrum.directory.WatchedDirectory;
import fulcrum.media.Media;
import fulcrum.media.RtpPorts;
import fulcrum.sip.NameAddress;
import fulcrum.sip.Protocol;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipSettings;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;
import fulcrum.sip.TimerThread;
import fulcrum.sip.TlsSettings;
import fulcrum.sip.TransportLimits;
import fulcrum.sip.Transports;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// The switchboard with everything it stands on: SIP, sound, live calls, the registrar.
///
/// 1. [#open] takes the sockets; from then on messages are answered.
/// 2. [#drain] refuses new calls; running ones go on.
/// 3. [#close] ends what is left.
public final class Exchange implements AutoCloseable {
    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final TimerThread timer = new TimerThread();
    private final Stack stack;
    private final Transports transports;
    private final Media media;
    private final TrustedPeers trusted;
    private final Registrar registrar;
    private final Switchboard switchboard;
    private final Carriers carriers;
    private final ScheduledExecutorService watchdog;

    /// What the exchange needs.
    ///
    /// @param sip where to listen, UDP and TCP; port 0 takes a free one
    /// @param rtpPorts where sound is sent from and received
    /// @param callBuckets how many calls one address may begin for one account
    /// @param workers platform threads for questions to disks; refuses work when too much waits
    /// @param body what a call does, normally a flow
    /// @param journals keeps what enters a call's inbox
    public record Parts(
            InetSocketAddress sip,
            SipSettings settings,
            RtpPorts rtpPorts,
            RateBuckets callBuckets,
            WatchedDirectory directory,
            GuardedClient client,
            AddressGuard guard,
            Sounds sounds,
            Recordings recordings,
            EventSink events,
            Executor workers,
            Clock clock,
            Consumer<Call> body,
            Function<CallFacts, Journal> journals) {}

    private Exchange(Parts parts, Optional<TlsSettings> tls) {
        SecureRandom random = new SecureRandom();
        stack = new Stack(parts.settings(), timer, random::nextLong);
        transports = Transports.open(parts.sip(), tls, stack.listener(), new TransportLimits());
        media = Media.start(parts.rtpPorts());
        trusted = new TrustedPeers(parts.directory());
        parts.directory().watch(trusted::changed);
        registrar = new Registrar(parts.clock());
        watchdog =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("exchange").daemon().factory());
        LiveCalls calls = new LiveCalls();
        LegWorld legWorld =
                new LegWorld(
                        calls,
                        media,
                        parts.sounds(),
                        parts.recordings(),
                        new LegAddresses(
                                parts.sip().getAddress(),
                                remote -> stack.addressFor(remote, Protocol.UDP)),
                        parts.clock(),
                        timer,
                        watchdog);
        Within within = new Within();
        carriers = new Carriers(parts.directory(), messenger(), timer, parts.workers());
        parts.directory().watch(carriers::changed);
        LiveWorld world =
                new LiveWorld(
                        parts.directory(),
                        parts.client(),
                        parts.guard(),
                        calls,
                        parts.recordings(),
                        parts.events(),
                        parts.workers(),
                        registrar,
                        new Dialling(stack, legWorld, registrar, within, this::sipAddress),
                        carriers,
                        parts.clock());
        switchboard =
                new Switchboard(
                        new Doorkeeper(trusted, stack.nonces(), stack::nowMillis, within),
                        new Enquiries(parts.directory(), parts.workers()),
                        stack.listener(),
                        registrar,
                        legWorld,
                        world,
                        parts.callBuckets(),
                        parts.body(),
                        parts.journals());
    }

    /// Takes the sockets and begins to serve.
    ///
    /// @throws fulcrum.sip.SipFailed when a port is taken
    public static Exchange open(Parts parts) {
        return open(parts, Optional.empty());
    }

    /// Takes the sockets, that for TLS too, and begins to serve.
    ///
    /// @throws fulcrum.sip.SipFailed when a port is taken
    public static Exchange open(Parts parts, Optional<TlsSettings> tls) {
        Exchange exchange = new Exchange(parts, tls);
        exchange.trusted.awaitReady();
        exchange.stack.startOn(exchange.transports, exchange.switchboard);
        exchange.carriers.start();
        var _ =
                exchange.watchdog.scheduleWithFixedDelay(
                        () -> exchange.switchboard.watch(BUSY),
                        WATCH.toMillis(),
                        WATCH.toMillis(),
                        TimeUnit.MILLISECONDS);
        return exchange;
    }

    /// Where SIP listens, with the real port.
    public InetSocketAddress sipAddress() {
        return transports.listening(Protocol.UDP);
    }

    /// Where SIP over TLS listens, with the real port; empty when it is not set up.
    public Optional<InetSocketAddress> tlsAddress() {
        return transports.speaks(Protocol.TLS)
                ? Optional.of(transports.listening(Protocol.TLS))
                : Optional.empty();
    }

    public Switchboard switchboard() {
        return switchboard;
    }

    public Registrar registrar() {
        return registrar;
    }

    public Calls calls() {
        return switchboard.calls();
    }

    public Carriers carriers() {
        return carriers;
    }

    private Messenger messenger() {
        return new Messenger() {
            @Override
            public void send(SipRequest request, String contactUser, Consumer<SipResponse> answer) {
                stack.request(request, contactUser, answer);
            }

            @Override
            public String token() {
                return stack.token();
            }
        };
    }

    /// How many RTP paths are open.
    public int paths() {
        return media.paths();
    }

    /// How many SIP sessions there are, those included that only wait for the end of their BYE.
    public int sessions() {
        return stack.sessionCount();
    }

    /// How many SIP transactions there are, those included that only wait for stray copies.
    public int transactions() {
        return stack.transactionCount();
    }

    /// How many malformed SIP messages came since the start.
    public long malformed() {
        return transports.malformedCount();
    }

    /// Sends a NOTIFY outside any subscription (RFC 3265 §3.2, as phones expect `check-sync`) to every contact of a
    /// device; does not wait for answers.
    ///
    /// @param contentType and `body`: empty for a NOTIFY without a body
    public void notify(
            String accountId, String deviceId, String event, String contentType, String body) {
        for (Binding binding : registrar.of(accountId, deviceId)) {
            NameAddress self = NameAddress.of(SipUri.of(binding.username(), binding.realm(), 0));
            SipRequest notify =
                    SipRequest.of("NOTIFY", binding.contact())
                            .with("Max-Forwards", "70")
                            .with("From", self.withTag(stack.token()).toString())
                            .with("To", self.toString())
                            .with("Call-ID", stack.token())
                            .with("CSeq", "1 NOTIFY")
                            .with("Contact", stack.contact(binding.connection()))
                            .with("Event", event)
                            .with("Subscription-State", "terminated");
            if (!contentType.isEmpty()) {
                notify = notify.withBody(contentType, body.getBytes(StandardCharsets.UTF_8));
            }
            stack.request(notify, Optional.of(binding.connection()), answer -> {});
        }
    }

    /// Refuses new calls from now on.
    public void drain() {
        switchboard.drain();
    }

    /// Waits until no leg is left, at most `patience`; then asks every call to end and waits a little more.
    public void finish(Duration patience) {
        awaitNoLegs(patience);
        switchboard.hangUpAll();
        awaitNoLegs(Duration.ofSeconds(2));
    }

    private void awaitNoLegs(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (switchboard.legCount() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        carriers.close();
        trusted.close();
        transports.close();
        media.close();
        timer.close();
    }
}
