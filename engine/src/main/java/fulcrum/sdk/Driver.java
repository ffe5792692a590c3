package fulcrum.sdk;

/// Plays scenarios: on virtual time, or with a phone over a network.
public interface Driver {
    /// @throws StepFailed when an expectation does not come true, or the call does not come to an end
    Outcome run(Scenario scenario);
}
