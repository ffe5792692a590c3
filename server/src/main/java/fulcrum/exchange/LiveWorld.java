package fulcrum.exchange;

import fulcrum.call.Answer;
import fulcrum.call.Calls;
import fulcrum.call.Contact;
import fulcrum.call.Dial;
import fulcrum.call.EventSink;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.Question;
import fulcrum.call.Value;
import fulcrum.call.World;
import fulcrum.directory.BoundedText;
import fulcrum.directory.Directory;
import fulcrum.directory.LookUps;
import fulcrum.directory.NotAtHand;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The world as calls of this server see it.
///
/// What needs neither a disk nor more than some microseconds is answered at once, on the call's own thread: documents
/// that are in memory, patterns that have said yes or no after a few steps. Everything else is answered on threads of
/// `workers` or of the HTTP client. The call cannot tell the difference: the answer is in its inbox.
final class LiveWorld implements World {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWorld.class);

    /// More URLs than this are judged by a worker.
    private static final int URLS_AT_ONCE = 16;

    private final Directory directory;
    private final LookUps memory;
    private final GuardedClient client;
    private final AddressGuard guard;
    private final LiveCalls calls;
    private final Recordings recordings;
    private final EventSink events;
    private final Executor workers;
    private final Registrar registrar;
    private final Dialling dialling;
    private final Carriers carriers;
    private final Clock clock;
    private final SecureRandom chance = new SecureRandom();

    /// @param workers platform threads; refuses work when too much waits
    LiveWorld(
            Directory directory,
            GuardedClient client,
            AddressGuard guard,
            LiveCalls calls,
            Recordings recordings,
            EventSink events,
            Executor workers,
            Registrar registrar,
            Dialling dialling,
            Carriers carriers,
            Clock clock) {
        this.directory = directory;
        this.memory = directory.atHand();
        this.client = client;
        this.guard = guard;
        this.calls = calls;
        this.recordings = recordings;
        this.events = events;
        this.workers = workers;
        this.registrar = registrar;
        this.dialling = dialling;
        this.carriers = carriers;
        this.clock = clock;
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public EventSink events() {
        return events;
    }

    @Override
    public Leg dial(Dial dial, String callId, Inbox inbox) {
        return dialling.dial(dial, callId);
    }

    @Override
    public void ask(long number, Question<?> question, Inbox inbox) {
        if (question instanceof Question.Fetch fetch) {
            client.fetch(fetch.request(), answer -> inbox.post(new Value.Answered(number, answer)));
            return;
        }
        Optional<Answer> atHand = atHand(question);
        if (atHand.isPresent()) {
            inbox.post(new Value.Answered(number, atHand.get()));
            return;
        }
        try {
            workers.execute(() -> inbox.post(new Value.Answered(number, answered(question))));
        } catch (RejectedExecutionException full) {
            inbox.post(
                    new Value.Answered(
                            number, new Answer.Failed("the server has too much to look up")));
        }
    }

    /// The answer, where the call's own thread may give it.
    private Optional<Answer> atHand(Question<?> question) {
        return switch (question) {
            case Question.FindDocument _,
                    Question.FindDocuments _,
                    Question.Contacts _,
                    Question.FindCallflow _,
                    Question.FindNumber _,
                    Question.MayGoOut _,
                    Question.LeftCarriers _,
                    Question.Normalise _,
                    Question.NewIds _ ->
                    fromMemory(question);
            case Question.JudgeUrls judge when judge.urls().size() <= URLS_AT_ONCE ->
                    fromMemory(question);
            case Question.Matches matches ->
                    BoundedText.findsSoon(matches.pattern(), matches.text()).map(Answer.YesNo::new);
            case Question.JudgeUrls _,
                    Question.ApplyDialPlan _,
                    Question.FindGateways _,
                    Question.FindInLists _,
                    Question.LiveLegs _,
                    Question.SaveDocument _,
                    Question.KeepRecording _,
                    Question.Fetch _ ->
                    Optional.empty();
        };
    }

    private Optional<Answer> fromMemory(Question<?> question) {
        try {
            return Optional.of(answer(question, memory));
        } catch (NotAtHand _) {
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failure(question, failed));
        }
    }

    private static Answer failure(Question<?> question, RuntimeException failed) {
        LOG.warn("could not answer {}", question, failed);
        return new Answer.Failed(String.valueOf(failed.getMessage()));
    }

    private Answer answered(Question<?> question) {
        try {
            return answer(question, directory);
        } catch (RuntimeException failed) {
            return failure(question, failed);
        }
    }

    private Answer answer(Question<?> question, LookUps documents) {
        return switch (question) {
            case Question.OfDocuments<?> of -> of.answer(documents);
            case Question.LiveLegs legs -> new Answer.Legs(live(legs.accountId()));
            case Question.Contacts find ->
                    new Answer.Contacts(contacts(find.accountId(), find.deviceId()));
            case Question.FindGateways find ->
                    carriers.gateways(find.wish(), documents, chance::nextInt);
            case Question.MayGoOut may ->
                    carriers.mayGoOut(may.ask(), documents, live(may.ask().accountId()), clock);
            case Question.LeftCarriers left -> {
                carriers.left(left.accountId(), left.callId());
                yield new Answer.YesNo(true);
            }
            case Question.SaveDocument save -> Answer.Stored.of(directory.save(save.document()));
            case Question.Matches matches -> matches.answer();
            case Question.JudgeUrls judge -> new Answer.RefusedUrls(judged(judge.urls()));
            case Question.NewIds ids -> new Answer.Ids(fresh(ids.count()));
            case Question.KeepRecording keep -> {
                recordings.keep(keep.recordingId(), keep.media());
                yield Answer.Stored.of(directory.save(keep.media()));
            }
            case Question.Fetch fetch -> throw new IllegalStateException("the client answers this");
        };
    }

    private List<LegCard> live(String accountId) {
        return calls.cards().stream().filter(card -> card.accountId().equals(accountId)).toList();
    }

    private List<Contact> contacts(String accountId, String deviceId) {
        return registrar.of(accountId, deviceId).stream()
                .map(
                        binding ->
                                new Contact(
                                        binding.contact().toString(),
                                        binding.token(),
                                        binding.userAgent(),
                                        binding.connection().protocol().name().equals("TLS")))
                .toList();
    }

    private Map<String, String> judged(List<String> urls) {
        Map<String, String> refused = new TreeMap<>();
        for (String url : urls) {
            guard.judge(url).ifPresent(reason -> refused.put(url, reason));
        }
        return refused;
    }

    private List<String> fresh(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[16];
            chance.nextBytes(bytes);
            ids.add(HexFormat.of().formatHex(bytes));
        }
        return ids;
    }
}
