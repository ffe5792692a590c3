package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.RateBuckets;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.WatchedDirectory;
import fulcrum.media.RtpPorts;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.NameAddress;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.Protocol;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;
import fulcrum.sip.SipResponse;
import fulcrum.sip.SipSettings;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;
import fulcrum.sip.TimerThread;
import fulcrum.sip.TransportLimits;
import fulcrum.sip.Transports;
import fulcrum.storage.Attachments;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.SqlDirectory;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;
import fulcrum.web.LocalUrls;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Who reads the database when a request comes whose documents nobody has asked for yet, over real sockets.
@Timeout(60)
class ColdDirectoryTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final String REALM = "office.example";
    private static final String NUMBER = "+14155550100";
    private static final InetSocketAddress FREE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final DataFolder folder = DataFolder.throwAway();
    private final Database database = Database.in(folder);
    private final SqlDirectory inner = new SqlDirectory(database);

    /// The threads on which the directory itself was asked; what is at hand may be asked on any.
    private final List<String> readers = new CopyOnWriteArrayList<>();

    private final WatchedDirectory directory = new WatchedDirectory(watched());
    private final ExecutorService workers =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("worker-1").factory());
    private final List<Runnable> worked = new CopyOnWriteArrayList<>();
    private final AddressGuard guard = new AddressGuard(LocalUrls.ALL);
    private final GuardedClient client =
            new GuardedClient(guard, GuardedClient.Settings.of("test"));
    private final Recordings recordings =
            new Recordings(folder.folder("recordings"), new Attachments(folder, database));
    private final TimerThread timer = new TimerThread();
    private final Stack stack = new Stack(new SipSettings(), timer, new SecureRandom()::nextLong);
    private Optional<Exchange> exchange = Optional.empty();
    private Optional<Transports> transports = Optional.empty();

    private Directory watched() {
        return (Directory)
                Proxy.newProxyInstance(
                        Directory.class.getClassLoader(),
                        new Class<?>[] {Directory.class},
                        (self, method, arguments) -> {
                            if (!method.getName().equals("atHand")) {
                                readers.add(Thread.currentThread().getName());
                            }
                            try {
                                return method.invoke(inner, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    @BeforeEach
    void open() {
        exchange =
                Optional.of(
                        Exchange.open(
                                new Exchange.Parts(
                                        FREE,
                                        new SipSettings(),
                                        RtpPorts.ephemeral(),
                                        new RateBuckets(0, 0),
                                        directory,
                                        client,
                                        guard,
                                        (wish, ready) ->
                                                ready.accept(new Sounds.Outcome.Failed("silent")),
                                        recordings,
                                        EventSink.NONE,
                                        work -> {
                                            worked.add(work);
                                            workers.execute(work);
                                        },
                                        Clock.systemUTC(),
                                        ColdDirectoryTest::asksAndRefuses,
                                        facts -> Journal.NONE)));
        Transports opened = Transports.open(FREE, stack.listener(), new TransportLimits());
        stack.startOn(opened, new Nobody());
        transports = Optional.of(opened);
        save("account", ACCOUNT, "{\"realm\":\"%s\"}".formatted(REALM));
        save("callflow", "1", "{\"numbers\":[\"%s\"]}".formatted(NUMBER));
        save("resource", "2", "{\"gateways\":[{\"server\":\"127.0.0.1\"}]}");
        readers.clear();
    }

    private void save(String type, String id, String body) {
        directory.save(Document.fresh(ACCOUNT, type, id, Json.object(body), Instant.now()));
    }

    @AfterEach
    void close() {
        transports.ifPresent(Transports::close);
        timer.close();
        exchange.ifPresent(Exchange::close);
        recordings.close();
        client.close();
        workers.close();
        database.close();
        folder.close();
    }

    private static void asksAndRefuses(Call call) {
        String number = call.facts().request().user();
        var account = call.ask(new Question.FindDocument(ACCOUNT, ACCOUNT)).document();
        var flow = call.ask(new Question.FindCallflow(ACCOUNT, number)).match();
        var normal = call.ask(new Question.Normalise(ACCOUNT, ACCOUNT, "4155550100")).number();
        boolean yes = call.ask(new Question.Matches("^\\+1", number, false)).yes();
        int ids = call.ask(new Question.NewIds(2)).ids().size();
        boolean good =
                account.isPresent() && flow.isPresent() && normal.equals(NUMBER) && yes && ids == 2;
        call.tell(new Order.Reject(good ? 486 : 500, "Said by the flow", Map.of()));
    }

    /// Takes nothing in.
    private static final class Nobody implements SipApplication {
        @Override
        public Admission admit(SipRequest request, Connection from) {
            return new Admission.Refused(486, "Busy Here");
        }

        @Override
        public void invited(Invitation invitation) {
            throw new IllegalStateException("nobody is admitted");
        }

        @Override
        public void requested(IncomingRequest request) {
            throw new IllegalStateException("nobody is admitted");
        }
    }

    private Connection flow(Protocol protocol) {
        return transports.orElseThrow().toward(protocol, exchange.orElseThrow().sipAddress());
    }

    private int statusOfCall(Protocol protocol) {
        CompletableFuture<SessionEvent> end = new CompletableFuture<>();
        SipUri target = SipUri.of("14155550100", "127.0.0.1", 0);
        var _ =
                stack.invite(
                        OutgoingInvite.to(target, NameAddress.of(SipUri.of("1", "here", 0)))
                                .over(flow(protocol)),
                        event -> {
                            if (event instanceof SessionEvent.Refused) {
                                end.complete(event);
                            }
                        });
        return ((SessionEvent.Refused) end.orTimeout(40, TimeUnit.SECONDS).join()).status();
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"UDP", "TCP"})
    void a_call_is_looked_up_by_workers_and_the_next_one_by_nobody(Protocol protocol) {
        assertThat(statusOfCall(protocol)).isEqualTo(486);
        assertThat(readers).isNotEmpty().containsOnly("worker-1");

        readers.clear();
        worked.clear();
        assertThat(statusOfCall(protocol)).isEqualTo(486);
        assertThat(readers).isEmpty();
        assertThat(worked).isEmpty();
    }

    @Test
    void a_changed_callflow_is_in_force_for_the_next_call() {
        assertThat(statusOfCall(Protocol.UDP)).isEqualTo(486);
        directory.remove(ACCOUNT, "1");

        assertThat(statusOfCall(Protocol.UDP)).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"UDP", "TCP"})
    void a_registration_is_looked_up_by_workers_and_its_repetition_by_nobody(Protocol protocol) {
        assertThat(statusOfRegistration(protocol)).isEqualTo(401);
        assertThat(readers).isNotEmpty().containsOnly("worker-1");

        readers.clear();
        assertThat(statusOfRegistration(protocol)).isEqualTo(401);
        assertThat(readers).isEmpty();
    }

    private int statusOfRegistration(Protocol protocol) {
        String self = "<sip:desk@" + REALM + ">";
        SipRequest register =
                SipRequest.of("REGISTER", SipUri.of("", REALM, 0))
                        .with("Max-Forwards", "70")
                        .with("From", self + ";tag=t")
                        .with("To", self)
                        .with("Call-ID", stack.token())
                        .with("CSeq", "1 REGISTER");
        CompletableFuture<SipResponse> answer = new CompletableFuture<>();
        stack.request(register, Optional.of(flow(protocol)), answer::complete);
        return answer.orTimeout(40, TimeUnit.SECONDS).join().status();
    }
}
