package fulcrum.sdk;

import fulcrum.call.CallEvent;
import fulcrum.call.Sound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a scenario went.
///
/// @param kept the collections of keys that the first call held at its end, by name
/// @param lasted from the first call's begin to its end
/// @param requests what the web server saw, in order
/// @param endings how each person's last leg ended
/// @param heardBy what each person heard, in order
/// @param receivedBy the keys that were sent to each person
/// @param events what the calls told
/// @param transcript what happened, a line each, with the time in seconds
/// @param crashes what threads of the engine threw; empty when all is well
public record Outcome(
        Map<String, String> kept,
        Duration lasted,
        List<Asked> requests,
        Map<String, Ending> endings,
        Map<String, List<Heard>> heardBy,
        Map<String, String> receivedBy,
        List<CallEvent> events,
        List<String> transcript,
        List<Throwable> crashes) {

    /// A collection of keys, empty when there is none of this name.
    public String kept(String name) {
        return kept.getOrDefault(name, "");
    }

    /// The names of the sounds that the caller heard.
    public List<String> heard() {
        return heard(Scenario.CALLER);
    }

    /// The sounds that the caller heard.
    public List<Sound> sounds() {
        return heardBy.getOrDefault(Scenario.CALLER, List.of()).stream().map(Heard::sound).toList();
    }

    public List<String> heard(String person) {
        return heardBy.getOrDefault(person, List.of()).stream().map(Heard::name).toList();
    }

    /// The keys that were sent to the caller.
    public String received() {
        return receivedBy.getOrDefault(Scenario.CALLER, "");
    }

    /// How the caller's leg ended.
    public Ending ending() {
        return ending(Scenario.CALLER);
    }

    public Ending ending(String person) {
        return Optional.ofNullable(endings.get(person))
                .orElseThrow(() -> new StepFailed(person + " had no call that ended"));
    }

    /// The notices for the author of the flow.
    public List<CallEvent.Noticed> notices() {
        return events(CallEvent.Noticed.class);
    }

    /// The events of a kind, in order.
    public <E extends CallEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
