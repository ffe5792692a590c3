package fulcrum.sdk;

import java.time.Duration;
import java.util.Map;

/// A person of a scenario: each method adds a step to it, in the order written.
public final class Person {
    private final Scenario scenario;
    private final String name;
    private final String callerNumber;

    Person(Scenario scenario, String name, String callerNumber) {
        this.scenario = scenario;
        this.name = name;
        this.callerNumber = callerNumber;
    }

    public String name() {
        return name;
    }

    private Person does(Step step) {
        scenario.add(step);
        return this;
    }

    public Person calls(String number) {
        return does(new Step.Calls(name, number, name, callerNumber, Map.of()));
    }

    public Person presses(String keys) {
        return does(new Step.Presses(name, keys));
    }

    public Person says(String text) {
        return does(new Step.Says(name, text));
    }

    public Person waits(Duration time) {
        return does(new Step.Waits(name, time));
    }

    public Person hears(String what) {
        return does(new Step.Hears(name, what, false));
    }

    public Person hearsAllOf(String what) {
        return does(new Step.Hears(name, what, true));
    }

    public Person hearsNothing(Duration time) {
        return does(new Step.HearsNothing(name, time));
    }

    public Person receives(String keys) {
        return does(new Step.Receives(name, keys));
    }

    public Person isRinging() {
        return does(new Step.IsRinging(name));
    }

    public Person answers() {
        return does(new Step.Answers(name));
    }

    public Person refuses(int status) {
        return does(new Step.Refuses(name, status));
    }

    /// Points a ringing call to another SIP URI (302).
    public Person pointsTo(String uri) {
        return does(new Step.PointsTo(name, uri));
    }

    /// Says something before answering.
    public Person announces(String text) {
        return does(new Step.Announces(name, text));
    }

    public Person holds() {
        return does(new Step.Holds(name, true));
    }

    public Person resumes() {
        return does(new Step.Holds(name, false));
    }

    public Person isBridgedTo(Person other) {
        return does(new Step.IsBridgedTo(name, other.name));
    }

    public Person hangsUp() {
        return does(new Step.HangsUp(name));
    }

    public Person isHungUp() {
        return does(new Step.IsHungUp(name, -1));
    }

    public Person isHungUp(int sipStatus) {
        return does(new Step.IsHungUp(name, sipStatus));
    }
}
