package fulcrum.call;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Records the caller until a key, the limit, or the caller leaving.
///
/// The caller leaving is a result at every moment of it: what was said until then is kept.
final class Recorder {
    private static final Duration WRITING = Duration.ofSeconds(5);

    /// A recording that ends early by itself ends because the leg is going: its end is waited for this long.
    private static final Duration GOING = Duration.ofSeconds(1);

    private final Call call;
    private final Want<LegEvent> gone;

    Recorder(Call call) {
        this.call = call;
        String legId = call.leg().id();
        this.gone =
                value ->
                        value instanceof LegEvent.HungUp hungUp && hungUp.legId().equals(legId)
                                ? Optional.of(hungUp)
                                : Optional.empty();
    }

    Recorded record(String recordingId, Duration limit, Set<Character> stoppers) {
        call.flushKeys();
        call.tell(new Order.StartRecording(recordingId, limit));
        Optional<LegEvent> first;
        try {
            first = call.await(over(recordingId).or(gone).or(key(stoppers)), limit.plus(WRITING));
        } catch (Unwound elsewhere) {
            call.tell(new Order.StopRecording(recordingId));
            throw elsewhere;
        }
        if (first.isPresent() && first.get() instanceof LegEvent.RecordingEnded ended) {
            boolean early = ended.length().compareTo(limit) < 0;
            boolean left = early && isLeaving(call.await(gone, GOING));
            return new Recorded(recordingId, ended.length(), left);
        }
        return stopped(recordingId, isLeaving(first));
    }

    private Recorded stopped(String recordingId, boolean left) {
        call.tell(new Order.StopRecording(recordingId));
        Optional<LegEvent> event = call.awaitAnyway(over(recordingId).or(gone), WRITING);
        boolean leftNow = isLeaving(event);
        if (leftNow) {
            event = call.awaitAnyway(over(recordingId), WRITING);
        }
        Duration length =
                event.isPresent() && event.get() instanceof LegEvent.RecordingEnded ended
                        ? ended.length()
                        : Duration.ZERO;
        return new Recorded(recordingId, length, left || leftNow);
    }

    private static Want<LegEvent> over(String recordingId) {
        return value ->
                value instanceof LegEvent.RecordingEnded ended
                                && ended.recordingId().equals(recordingId)
                        ? Optional.of(ended)
                        : Optional.empty();
    }

    private Want<LegEvent> key(Set<Character> stoppers) {
        String legId = call.leg().id();
        return value ->
                value instanceof LegEvent.DigitPressed pressed
                                && pressed.legId().equals(legId)
                                && stoppers.contains(pressed.digit())
                        ? Optional.of(pressed)
                        : Optional.empty();
    }

    /// Notes it when the event is the end of the leg.
    private boolean isLeaving(Optional<LegEvent> event) {
        if (event.isPresent() && event.get() instanceof LegEvent.HungUp hungUp) {
            call.leaves(hungUp);
            return true;
        }
        return false;
    }
}
