package fulcrum.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One thing that a person does or expects. Steps are data, carried out one after the other by a [Driver].
///
/// What is expected is waited for, at most [#PATIENCE].
public sealed interface Step {
    /// How long an expectation is waited for.
    Duration PATIENCE = Duration.ofSeconds(60);

    String person();

    /// The person calls a number.
    ///
    /// @param name and `callerNumber`: the caller id the call comes with
    /// @param headers custom SIP headers
    record Calls(
            String person,
            String number,
            String name,
            String callerNumber,
            Map<String, String> headers)
            implements Step {}

    /// Presses keys, 200 ms from one to the next; `w` waits 500 ms instead. Waits before the first one until audio
    /// flows and no web server is thinking.
    record Presses(String person, String keys) implements Step {}

    /// Says something, 60 ms a character, which whoever the person is connected to hears.
    record Says(String person, String text) implements Step {}

    record Waits(String person, Duration time) implements Step {}

    /// The next sound that the person hears is this one.
    ///
    /// @param toItsEnd true: the step is over when the sound is; false: as soon as it is recognised
    record Hears(String person, String what, boolean toItsEnd) implements Step {}

    /// No sound begins for so long.
    record HearsNothing(String person, Duration time) implements Step {}

    /// The far end sends these keys to the person.
    record Receives(String person, String keys) implements Step {}

    record IsRinging(String person) implements Step {}

    record Answers(String person) implements Step {}

    /// Refuses a ringing call with a SIP status.
    record Refuses(String person, int status) implements Step {}

    /// Points a ringing call to another address with 302.
    record PointsTo(String person, String uri) implements Step {}

    /// Says something before answering a ringing call (183), 60 ms a character.
    record Announces(String person, String text) implements Step {}

    /// Puts the other side on hold (true), or takes it back.
    record Holds(String person, boolean on) implements Step {}

    record IsBridgedTo(String person, String other) implements Step {}

    record HangsUp(String person) implements Step {}

    /// The server ends the person's call.
    ///
    /// @param status the SIP status of an unanswered call, 0 for an answered one, -1 for either
    record IsHungUp(String person, int status) implements Step {}

    /// Steps at the same instant: answers, refusals, calls, hang-ups, and the first key of presses.
    record AtOnce(List<Step> steps) implements Step {
        @Override
        public String person() {
            return steps.getFirst().person();
        }
    }
}
