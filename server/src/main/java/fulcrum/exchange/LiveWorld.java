package fulcrum.exchange;

import fulcrum.call.Answer;
import fulcrum.call.Calls;
import fulcrum.call.Dial;
import fulcrum.call.EventSink;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.Question;
import fulcrum.call.Value;
import fulcrum.call.World;
import fulcrum.directory.BoundedText;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Numbers;
import fulcrum.directory.Saving;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The world as calls of this server see it. Questions are answered on threads of `workers` or of the HTTP client,
/// never on the call's own.
final class LiveWorld implements World {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWorld.class);

    private final Directory directory;
    private final GuardedClient client;
    private final AddressGuard guard;
    private final LiveCalls calls;
    private final Recordings recordings;
    private final EventSink events;
    private final Executor workers;
    private final Dialling dialling;
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
            Dialling dialling) {
        this.directory = directory;
        this.client = client;
        this.guard = guard;
        this.calls = calls;
        this.recordings = recordings;
        this.events = events;
        this.workers = workers;
        this.dialling = dialling;
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
        try {
            workers.execute(() -> inbox.post(new Value.Answered(number, answered(question))));
        } catch (RejectedExecutionException full) {
            inbox.post(
                    new Value.Answered(
                            number, new Answer.Failed("the server has too much to look up")));
        }
    }

    private Answer answered(Question<?> question) {
        try {
            return answer(question);
        } catch (RuntimeException failed) {
            LOG.warn("could not answer {}", question, failed);
            return new Answer.Failed(String.valueOf(failed.getMessage()));
        }
    }

    private Answer answer(Question<?> question) {
        return switch (question) {
            case Question.FindDocument find ->
                    new Answer.Found(directory.find(find.accountId(), find.id()));
            case Question.FindCallflow find ->
                    new Answer.Callflow(directory.callflowFor(find.accountId(), find.number()));
            case Question.Normalise plain -> new Answer.Normalised(normalised(plain));
            case Question.SaveDocument save -> saved(save.document());
            case Question.Matches matches -> new Answer.YesNo(isMatch(matches));
            case Question.JudgeUrls judge -> new Answer.RefusedUrls(judged(judge.urls()));
            case Question.NewIds ids -> new Answer.Ids(fresh(ids.count()));
            case Question.KeepRecording keep -> {
                recordings.keep(keep.recordingId(), keep.media());
                yield saved(keep.media());
            }
            case Question.Fetch fetch -> throw new IllegalStateException("the client answers this");
        };
    }

    private Answer saved(Document document) {
        return switch (directory.save(document)) {
            case Saving.Saved saved -> new Answer.Stored(Optional.of(saved.document()));
            case Saving.Conflict conflict -> new Answer.Stored(Optional.empty());
        };
    }

    private String normalised(Question.Normalise plain) {
        return Numbers.normalise(plain.number(), directory.find(plain.accountId(), plain.planId()));
    }

    private static boolean isMatch(Question.Matches matches) {
        try {
            return BoundedText.finds(
                    Pattern.compile(matches.pattern()).matcher(new BoundedText(matches.text())));
        } catch (PatternSyntaxException bad) {
            return matches.otherwise();
        }
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
