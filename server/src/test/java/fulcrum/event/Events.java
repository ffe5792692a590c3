package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.CallFacts;
import fulcrum.call.HangupCause;
import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.directory.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events of one call: alice calls the sales line, is answered after two seconds and talks for ten.
final class Events {
    static final Instant STARTED = Instant.parse("2026-11-24T12:00:00.250Z");
    static final Instant ANSWERED = STARTED.plusSeconds(2);
    static final Instant ENDED = STARTED.plusSeconds(12);

    private Events() {}

    static CallFacts facts(boolean isOffnet) {
        return new CallFacts(
                "call@1",
                "acme",
                "acme.example",
                new CallFacts.Address("alice", "acme.example"),
                new CallFacts.Address("4155550100", "acme.example"),
                new CallFacts.Address("+14155550100", "acme.example"),
                new CallFacts.Party("Alice", "1001"),
                isOffnet ? "carrier" : "phone",
                isOffnet ? "resource" : "device",
                isOffnet ? List.of() : List.of("alice-user"),
                isOffnet,
                "en-us",
                Map.of());
    }

    static CallEvent.Started started() {
        return started("call@1");
    }

    static CallEvent.Started started(String callId) {
        return new CallEvent.Started(callId, "acme", STARTED, facts(false));
    }

    static CallEvent.Answered answered() {
        return new CallEvent.Answered("call@1", "acme", ANSWERED);
    }

    static CallEvent.NodeEntered entered() {
        return new CallEvent.NodeEntered("call@1", "acme", ANSWERED, "play", "children._");
    }

    static CallEvent.Noticed noticed(String message) {
        return new CallEvent.Noticed("call@1", "acme", ANSWERED, "children._", message);
    }

    static CallEvent.PivotDebug pivotDebug(int iteration) {
        String body =
                "{\"call_id\":\"call@1\",\"iteration\":%d,\"method\":\"get\"}".formatted(iteration);
        return new CallEvent.PivotDebug(
                "call@1", "acme", ANSWERED.plusMillis(iteration), Json.object(body));
    }

    static CallEvent.Exchanged exchanged(HttpAnswer answer, String problem) {
        HttpAsk ask =
                new HttpAsk("GET", "http://x/", Map.of(), "", Duration.ofSeconds(5), 1_000_000);
        return new CallEvent.Exchanged(
                "call@1", "acme", ANSWERED, ask, answer, Duration.ofMillis(30), problem);
    }

    static CallEvent.Ended ended() {
        return ended(facts(false), Optional.of(ANSWERED), HangupCause.NORMAL_CLEARING, 200);
    }

    /// A call whose flow crashed before it was answered.
    static CallEvent.Ended crashed() {
        return ended(facts(true), Optional.empty(), HangupCause.INTERWORKING, 500);
    }

    private static CallEvent.Ended ended(
            CallFacts facts, Optional<Instant> answered, HangupCause cause, int status) {
        return new CallEvent.Ended(
                "call@1",
                "acme",
                ENDED,
                facts,
                new CallFacts.Party("Alice A.", "1001"),
                STARTED,
                answered,
                cause,
                status,
                status == 200,
                Map.of("Fetch-ID", "f1"),
                Json.object("{\"ticket\":\"7\"}"));
    }
}
