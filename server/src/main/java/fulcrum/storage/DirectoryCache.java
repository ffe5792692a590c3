package fulcrum.storage;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Answers of the directory that were asked for lately, also "there is none"; the one place where they are dropped.
///
/// An answer that was loaded while something was being dropped is given to its caller but not kept, so an answer from
/// before a save cannot return after it. Bounded by the sum of the answers' weights; the longest unused go first. Safe
/// from any thread; nothing is loaded under the lock.
final class DirectoryCache {
    /// What was asked: a question's name and its one or two words.
    record Question(String name, String first, String second) {}

    private record Kept(Object answer, int weight) {}

    private final Map<Question, Kept> answers = new LinkedHashMap<>(64, 0.75f, true);
    private final int capacity;
    private long weight;
    private long drops;

    DirectoryCache(int capacity) {
        this.capacity = capacity;
    }

    /// @param weigh how many documents an answer holds
    <T> T answer(
            Question question, Class<? super T> kind, ToIntFunction<T> weigh, Supplier<T> load) {
        long before;
        synchronized (this) {
            Kept kept = answers.get(question);
            if (kept != null) {
                @SuppressWarnings("unchecked") // one question's name always has one kind of answer
                T answer = (T) kind.cast(kept.answer);
                return answer;
            }
            before = drops;
        }
        T loaded = load.get();
        keep(question, new Kept(loaded, Math.max(1, weigh.applyAsInt(loaded))), before);
        return loaded;
    }

    private synchronized void keep(Question question, Kept fresh, long before) {
        if (before != drops) {
            return;
        }
        Kept earlier = answers.put(question, fresh);
        weight += fresh.weight - (earlier == null ? 0 : earlier.weight);
        Iterator<Map.Entry<Question, Kept>> eldest = answers.entrySet().iterator();
        while (weight > capacity && answers.size() > 1) {
            weight -= eldest.next().getValue().weight;
            eldest.remove();
        }
    }

    synchronized void drop(Collection<Question> questions) {
        drops++;
        for (Question question : questions) {
            Kept dropped = answers.remove(question);
            if (dropped != null) {
                weight -= dropped.weight;
            }
        }
    }

    synchronized long weight() {
        return weight;
    }
}
