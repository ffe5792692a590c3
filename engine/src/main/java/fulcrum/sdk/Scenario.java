package fulcrum.sdk;

import fulcrum.call.HttpAnswer;
import fulcrum.directory.CarrierChoice;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A story of persons who call, press keys and hear things, and the world it plays in. It is data: the same scenario
/// runs on virtual time and, with the built-in phone, over real SIP and RTP.
///
/// ```java
/// var call = callTo(FLOW).hears("enter_pin").presses("12#").hears("thanks").plays();
/// assertEquals("12", call.kept("pin"));
/// ```
///
/// The words without a person are the caller's. A sound is named by its media or prompt id, its URL or its words.
/// Everything lasts in virtual time: speech 60 ms a character, media 2 s, unless [#lasts] says otherwise.
public final class Scenario {
    /// Where handlers of scenarios live; a driver with a real web server puts its own address in its place.
    public static final String WEB = "http://handler.example";

    /// The account that scenarios play in.
    public static final String ACCOUNT = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";

    /// The number that [#callTo] puts its flow on.
    public static final String NUMBER = "12345";

    /// Where carriers of scenarios have their gateway. Whoever is called there is the person whose name is the number;
    /// a driver with a network puts that person's address in its place.
    public static final String GATEWAY = "gateway.example";

    static final String CALLER = "caller";
    private static final String CALLER_NUMBER = "+14155550100";

    private final List<Step> steps = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final Map<String, String> callflows = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();
    private final Map<String, String> registrations = new LinkedHashMap<>();
    private final Set<String> unreachable = new LinkedHashSet<>();
    private final Map<String, Robot> robots = new LinkedHashMap<>();
    private final List<WebPage> pages = new ArrayList<>();
    private final Map<String, Duration> lengths = new LinkedHashMap<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<String> forbidden = new ArrayList<>();
    private final Map<String, Person> persons = new LinkedHashMap<>();
    private Duration handlerTakes = Duration.ZERO;
    private long seed = 1;

    /// A scenario in which nobody has called yet.
    public static Scenario scenario() {
        return new Scenario();
    }

    /// The caller calls a number that this flow answers.
    public static Scenario callTo(String flowJson) {
        return callFrom("Ann Lee", CALLER_NUMBER, flowJson);
    }

    /// As [#callTo], with a caller id.
    public static Scenario callFrom(String name, String callerNumber, String flowJson) {
        return callFrom(name, callerNumber, Map.of(), flowJson);
    }

    /// As [#callTo], with a caller id and custom SIP headers.
    public static Scenario callFrom(
            String name, String callerNumber, Map<String, String> headers, String flowJson) {
        return new Scenario()
                .callflow(NUMBER, flowJson)
                .add(new Step.Calls(CALLER, NUMBER, name, callerNumber, headers));
    }

    /// A pivot node that asks [#WEB] at a path.
    public static String pivotTo(String path) {
        var flow = Json.object();
        flow.put("module", "pivot");
        flow.putObject("data").put("voice_url", WEB + path);
        return flow.toString();
    }

    /// The caller, as a person like the others.
    public Person caller() {
        return person(CALLER, CALLER_NUMBER);
    }

    /// A person who can be reached under `sip:NAME@anything`, and call.
    public Person person(String name) {
        return person(name, name);
    }

    private Person person(String name, String callerNumber) {
        return persons.computeIfAbsent(name, key -> new Person(this, key, callerNumber));
    }

    Scenario add(Step step) {
        persons.computeIfAbsent(step.person(), key -> new Person(this, key, key));
        steps.add(step);
        return this;
    }

    /// Adds steps as they are.
    public Scenario does(List<Step> more) {
        more.forEach(this::add);
        return this;
    }

    /// Several steps at the same instant.
    public Scenario atOnce(Step... together) {
        for (Step step : together) {
            persons.computeIfAbsent(step.person(), key -> new Person(this, key, key));
        }
        return add(new Step.AtOnce(List.of(together)));
    }

    public Scenario presses(String keys) {
        return add(new Step.Presses(CALLER, keys));
    }

    public Scenario says(String text) {
        return add(new Step.Says(CALLER, text));
    }

    public Scenario waits(Duration time) {
        return add(new Step.Waits(CALLER, time));
    }

    /// The next sound is this one; the step is over as soon as it is recognised.
    public Scenario hears(String what) {
        return add(new Step.Hears(CALLER, what, false));
    }

    /// The next sound is this one; the step is over when the sound is.
    public Scenario hearsAllOf(String what) {
        return add(new Step.Hears(CALLER, what, true));
    }

    public Scenario hearsNothing(Duration time) {
        return add(new Step.HearsNothing(CALLER, time));
    }

    /// The server sends these keys to the caller.
    public Scenario receives(String keys) {
        return add(new Step.Receives(CALLER, keys));
    }

    public Scenario isRinging(String person) {
        return add(new Step.IsRinging(person));
    }

    public Scenario isBridgedTo(String person) {
        return add(new Step.IsBridgedTo(CALLER, person));
    }

    public Scenario hangsUp() {
        return add(new Step.HangsUp(CALLER));
    }

    public Scenario isHungUp() {
        return add(new Step.IsHungUp(CALLER, -1));
    }

    /// @param sipStatus of an unanswered call; 0 for an answered one
    public Scenario isHungUp(int sipStatus) {
        return add(new Step.IsHungUp(CALLER, sipStatus));
    }

    /// Puts a flow on a number, or on `no_match`.
    public Scenario callflow(String number, String flowJson) {
        callflows.put(number, flowJson);
        return this;
    }

    /// Who vouches for the caller.
    public Scenario comesFrom(Origin origin) {
        origins.put(CALLER, origin);
        return this;
    }

    /// The person has a phone that is registered as this device; several persons may have one of the same.
    public Scenario registers(String name, String deviceId) {
        person(name);
        registrations.put(name, deviceId);
        return this;
    }

    /// Whoever rings this person gets no answer of any kind.
    public Scenario isUnreachable(String name) {
        person(name);
        unreachable.add(name);
        return this;
    }

    /// A person who takes part by himself.
    public Scenario robot(String name, Robot robot) {
        person(name);
        robots.put(name, robot);
        return this;
    }

    /// A document of the account, such as a menu.
    public Scenario document(String type, String id, String bodyJson) {
        documents.add(Document.fresh(ACCOUNT, type, id, Json.object(bodyJson), Baton.BEGINNING));
        return this;
    }

    /// A carrier that takes every number.
    ///
    /// @param isGlobal it serves all accounts; otherwise it is the account's own
    public Scenario carrier(String id, boolean isGlobal) {
        var body = Json.object().put("name", id);
        body.putArray("rules").add(".*");
        body.putArray("gateways").addObject().put("server", GATEWAY);
        Document resource = Document.fresh(ACCOUNT, "resource", id, body, Baton.BEGINNING);
        documents.add(resource.withHidden(Json.object().put(CarrierChoice.GLOBAL, isGlobal)));
        return this;
    }

    /// The web server's next answer: 200 with this JSON.
    public Scenario webServerAnswers(String json) {
        return webServerAnswersAt("", json);
    }

    /// The next answer for a path of the web server: 200 with this JSON.
    public Scenario webServerAnswersAt(String path, String json) {
        return webServerAnswersAt(path, 200, "application/json", json);
    }

    /// @param contentType empty: none is sent
    public Scenario webServerAnswersAt(String path, int status, String contentType, String body) {
        pages.add(WebPage.of(path, status, contentType, body));
        return this;
    }

    /// The web server's next answer, or failure, for any path.
    public Scenario webServerAnswers(HttpAnswer answer) {
        return webServerAnswersAt("", answer);
    }

    /// The next answer, or failure, for a path of the web server.
    public Scenario webServerAnswersAt(String path, HttpAnswer answer) {
        pages.add(new WebPage(path, answer, Duration.ZERO));
        return this;
    }

    public Scenario handlerTakes(Duration time) {
        handlerTakes = time;
        return this;
    }

    /// How long a sound lasts.
    public Scenario lasts(String sound, Duration length) {
        lengths.put(sound, length);
        return this;
    }

    /// A sound that cannot be played.
    public Scenario cannotPlay(String sound) {
        missing.add(sound);
        return this;
    }

    /// URLs that begin so may not be fetched.
    public Scenario forbids(String beginningOfUrl) {
        forbidden.add(beginningOfUrl);
        return this;
    }

    /// The seed of identifiers; 1 when nothing is said.
    public Scenario seed(long number) {
        seed = number;
        return this;
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /// The names of everybody in it, in the order they appear.
    public List<String> persons() {
        return List.copyOf(persons.keySet());
    }

    public Stage stage() {
        return new Stage(
                ACCOUNT,
                "scenario.example",
                List.copyOf(documents),
                new LinkedHashMap<>(callflows),
                new LinkedHashMap<>(origins),
                new LinkedHashMap<>(registrations),
                new LinkedHashSet<>(unreachable),
                new LinkedHashMap<>(robots),
                List.copyOf(pages),
                new LinkedHashMap<>(lengths),
                new LinkedHashSet<>(missing),
                List.copyOf(forbidden),
                handlerTakes,
                seed);
    }

    /// Plays it on virtual time, with the flows of its callflows.
    ///
    /// @throws StepFailed when an expectation does not come true
    public Outcome plays() {
        return plays(ScriptedDriver.flows());
    }

    /// Plays it with a driver.
    ///
    /// @throws StepFailed when an expectation does not come true
    public Outcome plays(Driver driver) {
        return driver.run(this);
    }
}
