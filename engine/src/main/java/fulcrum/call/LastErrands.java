package fulcrum.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What is to be done when a call is over and its caller has left, such as telling of a missed call (Kazoo: termination
/// handlers).
///
/// An errand may ask the world, for [Call#GRACE], and tells nothing to legs. A call that was given away has none left:
/// it goes on elsewhere. Only the call's own thread comes here.
public final class LastErrands {
    private static final System.Logger LOG = System.getLogger(LastErrands.class.getName());

    private final Map<Object, Consumer<Call>> errands = new LinkedHashMap<>();

    /// @param key of two errands with equal keys only the first is kept
    public void add(Object key, Consumer<Call> errand) {
        errands.putIfAbsent(key, errand);
    }

    /// Runs them in the order they were added; one that fails is noted and does not keep the others from theirs.
    void run(Call call) {
        List<Consumer<Call>> all = new ArrayList<>(errands.values());
        errands.clear();
        for (Consumer<Call> errand : all) {
            try {
                errand.accept(call);
            } catch (RuntimeException | CallEnded failed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "call " + call.id() + ": what was left to do failed",
                        failed);
                call.notice("", "what was left to do at the end of the call failed: " + failed);
            }
        }
    }
}
