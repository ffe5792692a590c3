package fulcrum.call;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Records the caller until a key, the limit, or the caller leaving.
final class Recorder {
    private static final Duration WRITING = Duration.ofSeconds(5);

    private final Call call;

    Recorder(Call call) {
        this.call = call;
    }

    Recorded record(String recordingId, Duration limit, Set<Character> stoppers) {
        call.flushKeys();
        call.tell(new Order.StartRecording(recordingId, limit));
        String legId = call.leg().id();
        Want<LegEvent> want =
                value ->
                        switch (value) {
                            case LegEvent.RecordingEnded ended
                                    when ended.recordingId().equals(recordingId) ->
                                    Optional.of(ended);
                            case LegEvent.DigitPressed key
                                    when key.legId().equals(legId)
                                            && stoppers.contains(key.digit()) ->
                                    Optional.of(key);
                            case LegEvent.HungUp hungUp when hungUp.legId().equals(legId) ->
                                    Optional.of(hungUp);
                            case Value other -> Optional.empty();
                        };
        Optional<LegEvent> first = call.await(want, limit.plus(WRITING));
        boolean left = first.filter(LegEvent.HungUp.class::isInstance).isPresent();
        first.ifPresent(
                event -> {
                    if (event instanceof LegEvent.HungUp hungUp) {
                        call.leaves(hungUp);
                    }
                });
        if (first.isPresent() && first.get() instanceof LegEvent.RecordingEnded ended) {
            return new Recorded(recordingId, ended.length(), false);
        }
        return new Recorded(recordingId, stop(recordingId), left);
    }

    private Duration stop(String recordingId) {
        call.tell(new Order.StopRecording(recordingId));
        Want<LegEvent.RecordingEnded> ended =
                Want.of(
                        LegEvent.RecordingEnded.class,
                        event -> event.recordingId().equals(recordingId));
        return call.awaitAnyway(ended, WRITING)
                .map(LegEvent.RecordingEnded::length)
                .orElse(Duration.ZERO);
    }
}
