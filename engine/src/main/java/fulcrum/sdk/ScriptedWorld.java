package fulcrum.sdk;

import fulcrum.call.Answer;
import fulcrum.call.CallEvent;
import fulcrum.call.Dial;
import fulcrum.call.EventSink;
import fulcrum.call.GatewayRoute;
import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.call.Inbox;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.OutboundAsk;
import fulcrum.call.Question;
import fulcrum.call.Sound;
import fulcrum.call.TollGuard;
import fulcrum.call.Value;
import fulcrum.call.World;
import fulcrum.directory.CarrierChoice;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.MemoryDirectory;
import fulcrum.directory.OutboundLimits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// The world of a scenario: documents in memory, a web server that answers as told, persons as far ends, identifiers
/// from a seed. Questions are answered at the same virtual instant, except where the web server takes its time.
public final class ScriptedWorld implements World {
    private final Baton baton;
    private final Stage stage;
    private final WebServer server;
    private final ScriptedCalls calls = new ScriptedCalls();
    private final Directory directory = new MemoryDirectory();
    private final Random chance;
    private final Callees callees;
    private final TollGuard tollGuard = new TollGuard();
    private final Map<String, ScriptedPhone> phones = new LinkedHashMap<>();
    private final Map<String, Integer> requestCounts = new HashMap<>();
    private final List<Asked> requests = new ArrayList<>();
    private final List<CallEvent> told = new ArrayList<>();
    private final List<TimedLine> lines = new ArrayList<>();
    private int outstanding;

    /// A line of the transcript.
    public record TimedLine(Duration at, String text) {
        @Override
        public String toString() {
            return String.format(java.util.Locale.ROOT, "%8.3f  %s", at.toMillis() / 1000.0, text);
        }
    }

    /// @param server answers what no page of the stage is for
    public ScriptedWorld(Baton baton, Stage stage, WebServer server) {
        this.baton = baton;
        this.stage = stage;
        this.server = server;
        this.chance = new Random(stage.seed());
        this.callees = new Callees(this, stage);
        stage.documents().forEach(directory::save);
        stage.callflows().forEach(this::saveCallflow);
    }

    private void saveCallflow(String number, String flow) {
        var body = Json.object();
        body.putArray("numbers").add(number);
        body.set("flow", Json.MAPPER.readTree(flow));
        directory.save(
                Document.fresh(stage.accountId(), "callflow", freshId(), body, Baton.BEGINNING));
    }

    @Override
    public ScriptedCalls calls() {
        return calls;
    }

    @Override
    public EventSink events() {
        return this::tell;
    }

    private void tell(CallEvent event) {
        told.add(event);
        switch (event) {
            case CallEvent.NodeEntered node -> note("node " + node.path() + ": " + node.module());
            case CallEvent.Noticed noticed ->
                    note("notice " + noticed.path() + ": " + noticed.message());
            case CallEvent.Exchanged exchanged when !exchanged.problem().isEmpty() ->
                    note("problem: " + exchanged.problem());
            case CallEvent other -> {
                // persons and the web server tell the rest
            }
        }
    }

    public Directory directory() {
        return directory;
    }

    Baton baton() {
        return baton;
    }

    Stage stage() {
        return stage;
    }

    List<Asked> requests() {
        return requests;
    }

    List<CallEvent> told() {
        return told;
    }

    List<TimedLine> lines() {
        return lines;
    }

    /// Whether a web server is thinking.
    boolean isAsking() {
        return outstanding > 0;
    }

    void note(String text) {
        lines.add(new TimedLine(baton.elapsed(), text));
    }

    void after(Duration delay, String lane, Runnable work) {
        baton.after(delay, lane, work);
    }

    ScriptedPhone phone(String name) {
        return phones.computeIfAbsent(name, key -> new ScriptedPhone(key, this));
    }

    Map<String, ScriptedPhone> phones() {
        return phones;
    }

    Optional<ScriptedLeg> leg(String legId) {
        return calls.leg(legId).map(ScriptedLeg.class::cast);
    }

    Duration length(Sound sound) {
        Duration told = stage.lengths().get(Heard.name(sound));
        return told == null ? Heard.usualLength(sound) : told;
    }

    boolean isMissing(Sound sound) {
        return stage.missing().contains(Heard.name(sound));
    }

    @Override
    public void ask(long number, Question<?> question, Inbox inbox) {
        if (question instanceof Question.Fetch fetch) {
            fetch(number, fetch.request(), inbox);
        } else {
            answer(number, inbox, answerTo(question));
        }
    }

    private Answer answerTo(Question<?> question) {
        return switch (question) {
            case Question.LiveLegs legs -> live(legs.accountId());
            case Question.Contacts find -> new Answer.Contacts(callees.contacts(find.deviceId()));
            case Question.OfDocuments<?> of -> of.answer(directory);
            case Question.FindGateways find -> gateways(find.wish());
            case Question.MayGoOut may -> mayGoOut(may.ask());
            case Question.LeftCarriers left -> {
                tollGuard.leave(left.accountId(), left.callId());
                yield new Answer.YesNo(true);
            }
            case Question.SaveDocument save -> Answer.Stored.of(directory.save(save.document()));
            case Question.KeepRecording keep -> Answer.Stored.of(directory.save(keep.media()));
            case Question.Matches matches -> matches.answer();
            case Question.JudgeUrls judge -> judged(judge.urls());
            case Question.NewIds ids -> new Answer.Ids(fresh(ids.count()));
            case Question.Fetch fetch -> throw new IllegalStateException("takes its time");
        };
    }

    private List<String> fresh(int count) {
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fresh.add(freshId());
        }
        return fresh;
    }

    private void answer(long number, Inbox inbox, Answer answer) {
        answerAfter(Duration.ZERO, number, inbox, answer);
    }

    private void answerAfter(Duration delay, long number, Inbox inbox, Answer answer) {
        outstanding++;
        baton.after(
                delay,
                "world",
                () -> {
                    outstanding--;
                    inbox.post(new Value.Answered(number, answer));
                });
    }

    private Answer live(String accountId) {
        return new Answer.Legs(legs(accountId));
    }

    private List<LegCard> legs(String accountId) {
        return calls.cards().stream().filter(card -> card.accountId().equals(accountId)).toList();
    }

    private Answer gateways(CarrierWish wish) {
        CarrierChoice.Result chosen = CarrierChoice.of(wish, directory, chance::nextInt);
        return new Answer.Gateways(
                chosen.gateways().stream().map(GatewayRoute::of).toList(), chosen.why());
    }

    private Answer mayGoOut(OutboundAsk ask) {
        OutboundLimits limits = OutboundLimits.of(directory, ask.accountId());
        return tollGuard.ask(ask, limits, legs(ask.accountId()), baton.now());
    }

    private Answer judged(List<String> urls) {
        Map<String, String> refused = new TreeMap<>();
        for (String url : urls) {
            if (isForbidden(url)) {
                refused.put(url, "may not be fetched");
            }
        }
        return new Answer.RefusedUrls(refused);
    }

    private boolean isForbidden(String url) {
        return stage.forbidden().stream().anyMatch(url::startsWith);
    }

    /// A document id from the seed.
    String freshId() {
        return String.format("%016x%016x", chance.nextLong(), chance.nextLong());
    }

    private void fetch(long number, HttpAsk request, Inbox inbox) {
        WebPage page = page(request);
        HttpAnswer given = page.answer();
        Duration takes = page.takes().isZero() ? stage.handlerTakes() : page.takes();
        if (takes.compareTo(request.deadline()) > 0) {
            takes = request.deadline();
            given = new HttpAnswer.Unanswered(HttpAnswer.Kind.TIMEOUT, "no answer within " + takes);
        }
        requests.add(new Asked(baton.now(), request, given));
        note("asks " + request.method() + " " + request.url());
        note(
                switch (given) {
                    case HttpAnswer.Response response ->
                            "gets " + response.status() + " " + response.body();
                    case HttpAnswer.Unanswered none -> "gets no answer: " + none.reason();
                });
        answerAfter(takes, number, inbox, given);
    }

    private WebPage page(HttpAsk request) {
        if (isForbidden(request.url())) {
            return page(
                    new HttpAnswer.Unanswered(
                            HttpAnswer.Kind.FORBIDDEN_ADDRESS, "may not be fetched"));
        }
        String path = Asked.path(request.url());
        List<WebPage> own = stage.pages().stream().filter(one -> one.path().equals(path)).toList();
        List<WebPage> fitting =
                own.isEmpty()
                        ? stage.pages().stream().filter(one -> one.path().isEmpty()).toList()
                        : own;
        if (fitting.isEmpty()) {
            return page(server.answer(request));
        }
        int count = requestCounts.merge(own.isEmpty() ? "" : path, 1, Integer::sum);
        WebPage found = fitting.get(Math.min(count, fitting.size()) - 1);
        HttpAnswer answer = found.answer();
        return answer instanceof HttpAnswer.Response response && response.url().isEmpty()
                ? new WebPage(
                        path,
                        new HttpAnswer.Response(
                                response.status(),
                                response.headers(),
                                response.body(),
                                request.url()),
                        found.takes())
                : found;
    }

    private static WebPage page(HttpAnswer answer) {
        return new WebPage("", answer, Duration.ZERO);
    }

    @Override
    public Leg dial(Dial dial, String callId, Inbox inbox) {
        return callees.ring(dial, callId);
    }
}
