package fulcrum.sdk;

import fulcrum.call.CallEvent;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// One row of the acceptance table: a scenario, and what must have come of it beyond what its steps expect.
///
/// The same row is played on virtual time and over a real network. So it expects nothing that only one of them can
/// keep: times are ranges, parameters are named one by one, and a sound counts as heard when it is recognised. A page
/// that is an [fulcrum.call.HttpAnswer.Unanswered] stands for a web server that fails in that way; a driver with a real
/// one fails as near to it as it can.
public final class TalkRow {
    private final String name;
    private final Scenario scenario;
    private final List<Function<Outcome, String>> expectations = new ArrayList<>();

    /// @param name the row's number in the table, and a word where there are several scenarios for it
    TalkRow(String name, Scenario scenario) {
        this.name = name;
        this.scenario = scenario;
    }

    public String name() {
        return name;
    }

    public Scenario scenario() {
        return scenario;
    }

    /// What did not come true, in words; empty when all is well.
    public List<String> wrong(Outcome outcome) {
        List<String> wrong = new ArrayList<>();
        outcome.crashes().forEach(crash -> wrong.add("crash: " + crash));
        for (Function<Outcome, String> expectation : expectations) {
            String complaint = expectation.apply(outcome);
            if (!complaint.isEmpty()) {
                wrong.add(complaint);
            }
        }
        return wrong;
    }

    private TalkRow expect(Function<Outcome, String> expectation) {
        expectations.add(expectation);
        return this;
    }

    private static String unless(boolean fine, String complaint) {
        return fine ? "" : complaint;
    }

    /// The web server saw these requests, in this order: `GET /pivot.php`.
    TalkRow asks(String... methodsAndPaths) {
        return expect(
                outcome -> {
                    List<String> seen =
                            outcome.requests().stream()
                                    .map(asked -> asked.request().method() + " " + asked.path())
                                    .toList();
                    return unless(
                            seen.equals(List.of(methodsAndPaths)),
                            "expected the requests " + List.of(methodsAndPaths) + ", saw " + seen);
                });
    }

    /// Looks at a request, the first being 0.
    private TalkRow request(int index, Function<Asked, String> look) {
        return expect(
                outcome ->
                        index < outcome.requests().size()
                                ? look.apply(outcome.requests().get(index))
                                : "there was no request " + index);
    }

    /// A request told this.
    TalkRow told(int index, String parameter, String value) {
        return request(
                index,
                asked -> {
                    String seen = asked.parameters().get(parameter);
                    return unless(
                            value.equals(seen),
                            "expected " + parameter + "=" + value + ", saw " + seen);
                });
    }

    /// A request told these, whatever they were.
    TalkRow toldSomething(int index, String... parameters) {
        for (String parameter : parameters) {
            request(
                    index,
                    asked ->
                            unless(
                                    !asked.parameter(parameter).isEmpty(),
                                    "expected a value of " + parameter));
        }
        return this;
    }

    /// A request told nothing under names that begin so.
    TalkRow toldNothingOf(int index, String beginning) {
        return request(
                index,
                asked ->
                        unless(
                                asked.parameters().keySet().stream()
                                        .noneMatch(name -> name.startsWith(beginning)),
                                "expected no parameter " + beginning + ", saw " + asked));
    }

    /// A request is one of a form: its body has the parameters, its URL has none.
    TalkRow isForm(int index) {
        return request(
                index,
                asked ->
                        unless(
                                asked.request()
                                                .headers()
                                                .getOrDefault("Content-Type", "")
                                                .equals("application/x-www-form-urlencoded")
                                        && !asked.request().url().contains("?")
                                        && !asked.request().body().isEmpty(),
                                "expected a form, saw " + asked.request()));
    }

    /// A request has no body.
    TalkRow hasNoBody(int index) {
        return request(
                index,
                asked ->
                        unless(
                                asked.request().body().isEmpty(),
                                "expected no body, saw " + asked.request().body()));
    }

    /// All requests are about the same call.
    TalkRow sameCallThroughout() {
        return expect(
                outcome ->
                        unless(
                                outcome.requests().stream()
                                                .map(asked -> asked.parameter("Call-ID"))
                                                .distinct()
                                                .count()
                                        == 1,
                                "expected one Call-ID"));
    }

    /// Between the first request and the second lies so much time.
    TalkRow secondRequestAfter(Duration least, Duration most) {
        return expect(
                outcome -> {
                    if (outcome.requests().size() < 2) {
                        return "there was no second request";
                    }
                    Duration between =
                            Duration.between(
                                    outcome.requests().get(0).at(), outcome.requests().get(1).at());
                    return unless(
                            between.compareTo(least) >= 0 && between.compareTo(most) <= 0,
                            "expected "
                                    + least
                                    + " to "
                                    + most
                                    + " between the requests, not "
                                    + between);
                });
    }

    /// The caller heard exactly these sounds, in this order.
    TalkRow heard(String... sounds) {
        return expect(
                outcome ->
                        unless(
                                outcome.heard().equals(List.of(sounds)),
                                "expected to be heard "
                                        + List.of(sounds)
                                        + ", not "
                                        + outcome.heard()));
    }

    /// The server ended the answered call.
    TalkRow isAnsweredAndEnds() {
        return ends(true, 0);
    }

    /// The server refused the call with this status.
    TalkRow isRefused(int status) {
        return ends(false, status);
    }

    private TalkRow ends(boolean answered, int status) {
        return expect(
                outcome -> {
                    Ending ending = outcome.ending();
                    boolean fine =
                            !ending.byPerson()
                                    && ending.answered() == answered
                                    && ending.sipStatus() == status;
                    return unless(
                            fine,
                            "expected the server to end the %s call with %d, but %s"
                                    .formatted(
                                            answered ? "answered" : "unanswered", status, ending));
                });
    }

    TalkRow lasted(Duration least, Duration most) {
        return expect(
                outcome ->
                        unless(
                                outcome.lasted().compareTo(least) >= 0
                                        && outcome.lasted().compareTo(most) <= 0,
                                "expected it to last "
                                        + least
                                        + " to "
                                        + most
                                        + ", not "
                                        + outcome.lasted()));
    }

    /// The flow came to a node of this module, be it that Fulcrum has the action or not yet.
    ///
    /// @param path where the node stands in its flow
    TalkRow comesTo(String path, String module) {
        return expect(
                outcome -> {
                    boolean entered =
                            outcome.events(CallEvent.NodeEntered.class).stream()
                                    .anyMatch(
                                            node ->
                                                    node.path().equals(path)
                                                            && node.module().equals(module));
                    boolean skipped =
                            outcome.notices().stream()
                                    .anyMatch(
                                            notice ->
                                                    notice.path().equals(path)
                                                            && notice.message()
                                                                    .contains(
                                                                            "the action "
                                                                                    + module));
                    return unless(
                            entered || skipped,
                            "expected to come to %s at '%s', saw %s"
                                    .formatted(module, path, outcome.notices()));
                });
    }

    /// The caller left an answered call, and this person was hung up on.
    TalkRow isLeft(String person) {
        return expect(
                outcome ->
                        unless(
                                outcome.ending().byPerson() && !outcome.ending(person).byPerson(),
                                "expected the caller to leave and "
                                        + person
                                        + " to be hung up on, but "
                                        + outcome.endings()));
    }

    /// A lamp was set by hand, once.
    ///
    /// @param state `terminated`, `early` or `confirmed`
    TalkRow lights(String presenceId, String state) {
        return expect(
                outcome -> {
                    List<String> set =
                            outcome.events(CallEvent.PresenceSet.class).stream()
                                    .map(lamp -> lamp.presenceId() + " " + lamp.state())
                                    .toList();
                    return unless(
                            set.equals(List.of(presenceId + " " + state)),
                            "expected %s %s, saw %s".formatted(presenceId, state, set));
                });
    }

    TalkRow receivedKeys(String keys) {
        return expect(
                outcome ->
                        unless(
                                outcome.received().equals(keys),
                                "expected the keys " + keys + ", not " + outcome.received()));
    }

    /// The debug store got so many documents.
    TalkRow debugDocuments(int count) {
        return expect(
                outcome -> {
                    int seen = outcome.events(CallEvent.PivotDebug.class).size();
                    return unless(
                            seen == count, "expected " + count + " debug documents, not " + seen);
                });
    }

    /// One of the debug documents has this text at this pointer.
    TalkRow debugged(String pointer, String value) {
        return expect(
                outcome -> {
                    List<ObjectNode> documents =
                            outcome.events(CallEvent.PivotDebug.class).stream()
                                    .map(CallEvent.PivotDebug::document)
                                    .toList();
                    boolean found =
                            documents.stream()
                                    .anyMatch(one -> one.at(pointer).asString("").equals(value));
                    return unless(
                            found,
                            "expected %s=%s in a debug document, saw %s"
                                    .formatted(pointer, value, documents));
                });
    }

    @Override
    public String toString() {
        return name;
    }
}
