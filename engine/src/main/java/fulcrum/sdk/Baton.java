package fulcrum.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Virtual time: lets calls, places and persons, each on a thread of its own, run one at a time.
///
/// The next to run is what has the smallest (time, rank, posting number), so a run is the same every time. Time passes
/// only when everything waits. All state belongs to whoever holds the baton; handing it over is the only
/// synchronisation. [#run] is called by the thread that made it, everything else by what runs under it.
public final class Baton {
    /// When virtual time begins: midnight UTC of 1 January 2026.
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /// Rank of calls, places, legs and the world.
    static final int FIRST = 0;

    /// Rank of persons, who act when everything else at that instant is done.
    static final int LAST = 1;

    private static final int MOST_AT_ONCE = 200_000;
    private static final int REAL_SECONDS = 60;

    private record Event(Instant at, int rank, long number, String lane, Runnable work) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparing(Event::at)
                            .thenComparingInt(Event::rank)
                            .thenComparingLong(Event::number));
    private final Set<Runner> runners = new LinkedHashSet<>();
    private final List<Runner> watchers = new ArrayList<>();
    private final Semaphore mine = new Semaphore(0);
    private final Choices choices;
    private Instant now = BEGINNING;
    private Runner current = new Runner("nobody", FIRST);
    private long numbers;
    private int atOnce;
    private boolean over;

    /// Runs everything in posting order.
    public Baton() {
        this(Choices.NONE);
    }

    Baton(Choices choices) {
        this.choices = choices;
    }

    /// Thrown into everything that still waits when the baton is closed.
    static final class Over extends Error {
        private static final long serialVersionUID = 1L;

        Over() {
            super("the simulation is over", null, false, false);
        }
    }

    /// A thread that takes turns.
    static final class Runner {
        private final String name;
        private final int rank;
        private final Semaphore turn = new Semaphore(0);
        private long wait;
        private boolean waiting;
        private boolean woken;
        private BooleanSupplier ready = () -> false;

        Runner(String name, int rank) {
            this.name = name;
            this.rank = rank;
        }
    }

    public Instant now() {
        return now;
    }

    /// Virtual time since the beginning.
    public Duration elapsed() {
        return Duration.between(BEGINNING, now);
    }

    /// Starts a thread that takes turns, at this instant.
    ///
    /// @param crashed told what the work threw
    public void start(String name, Runnable work, Consumer<Throwable> crashed) {
        start(new Runner(name, FIRST), work, crashed);
    }

    /// Starts a thread that acts only when everything else at an instant is done.
    void startLast(String name, Runnable work, Consumer<Throwable> crashed) {
        start(new Runner(name, LAST), work, crashed);
    }

    private void start(Runner runner, Runnable work, Consumer<Throwable> crashed) {
        runners.add(runner);
        Thread thread =
                Thread.ofVirtual().name(runner.name).unstarted(() -> body(runner, work, crashed));
        at(
                now,
                runner.rank,
                runner.name,
                () -> {
                    current = runner;
                    thread.start();
                    awaitBaton();
                });
    }

    private void body(Runner runner, Runnable work, Consumer<Throwable> crashed) {
        try {
            work.run();
        } catch (Over closed) {
            // the simulation was given up, and with it this thread
        } catch (Throwable thrown) {
            crashed.accept(thrown);
        } finally {
            runners.remove(runner);
            mine.release();
        }
    }

    /// Does something after a while, on the thread that runs the baton; it must not wait.
    ///
    /// @param lane what it comes from: the works of one lane keep their order in [#everyOrder]
    public void after(Duration delay, String lane, Runnable work) {
        at(now.plus(delay), FIRST, lane, work);
    }

    private void at(Instant when, int rank, String lane, Runnable work) {
        events.add(new Event(when, rank, ++numbers, lane, work));
    }

    /// Runs until nothing is left to do: everything has ended or waits without a deadline.
    ///
    /// @throws IllegalStateException when time does not pass any more, or a thread does not wait
    public void run() {
        while (!events.isEmpty()) {
            Event next = choices == Choices.NONE ? events.remove() : choose();
            atOnce = next.at.equals(now) ? atOnce + 1 : 0;
            now = next.at;
            if (atOnce > MOST_AT_ONCE) {
                throw new IllegalStateException(
                        "runaway: at "
                                + elapsed()
                                + " more than "
                                + MOST_AT_ONCE
                                + " things happened without time passing, the last one in "
                                + next.lane);
            }
            next.work.run();
            watchers.removeIf(this::wakeIfReady);
        }
    }

    /// One of the events of this instant: the first of each lane is a candidate.
    private Event choose() {
        Event first = events.remove();
        List<Event> same = new ArrayList<>(List.of(first));
        while (!events.isEmpty()
                && events.element().at.equals(first.at)
                && events.element().rank == first.rank) {
            same.add(events.remove());
        }
        List<Event> candidates = new ArrayList<>();
        Set<String> lanes = new LinkedHashSet<>();
        for (Event event : same) {
            if (lanes.add(event.lane)) {
                candidates.add(event);
            }
        }
        Event chosen = candidates.get(choices.pick(candidates.size()));
        same.remove(chosen);
        events.addAll(same);
        return chosen;
    }

    /// What still waits, and since it has no deadline, for ever; by name.
    public List<String> stuck() {
        return runners.stream().map(runner -> runner.name).toList();
    }

    /// Ends every thread that still waits.
    public void close() {
        over = true;
        while (!runners.isEmpty()) {
            Runner left = runners.iterator().next();
            if (left.waiting) {
                resume(left);
            } else {
                runners.remove(left); // never began
            }
        }
    }

    /// The thread that holds the baton now.
    Runner current() {
        return current;
    }

    /// Waits until somebody calls [#wake] or the deadline comes. Only for the current runner.
    void pause(Instant deadline) {
        Runner me = current;
        if (over) {
            throw new Over();
        }
        long wait = ++me.wait;
        me.waiting = true;
        me.woken = false;
        if (deadline.isBefore(Instant.MAX)) {
            Instant when = deadline.isBefore(now) ? now : deadline;
            at(when, me.rank, me.name, () -> resumeFrom(me, wait));
        }
        mine.release();
        me.turn.acquireUninterruptibly();
        me.waiting = false;
        if (over) {
            throw new Over();
        }
    }

    /// Waits until a condition holds, at most until the deadline; it is looked at after everything that happens.
    ///
    /// @return whether the condition holds
    boolean waitUntil(BooleanSupplier condition, Instant deadline) {
        while (!condition.getAsBoolean()) {
            if (!now.isBefore(deadline)) {
                return false;
            }
            current.ready = condition;
            watchers.add(current);
            pause(deadline);
            watchers.remove(current);
        }
        return true;
    }

    private boolean wakeIfReady(Runner watcher) {
        boolean ready = watcher.waiting && watcher.ready.getAsBoolean();
        if (ready) {
            wake(watcher);
        }
        return ready;
    }

    /// Lets a runner that waits go on at this instant.
    void wake(Runner runner) {
        if (runner.waiting && !runner.woken) {
            runner.woken = true;
            long wait = runner.wait;
            at(now, runner.rank, runner.name, () -> resumeFrom(runner, wait));
        }
    }

    private void resumeFrom(Runner runner, long wait) {
        if (runner.waiting && runner.wait == wait) {
            resume(runner);
        }
    }

    private void resume(Runner runner) {
        current = runner;
        runner.turn.release();
        awaitBaton();
    }

    private void awaitBaton() {
        try {
            if (!mine.tryAcquire(REAL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "runaway: at "
                                + elapsed()
                                + " "
                                + current.name
                                + " has been running for a minute of real time without waiting");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /// Does the same thing again and again, each time with another order of what happens at the same instant.
    ///
    /// @param most how many orders at most; reaching it means that not all were tried
    /// @return how many orders there were
    public static int everyOrder(int most, Consumer<Baton> once) {
        Choices choices = new Choices();
        int tried = 0;
        do {
            if (tried == most) {
                throw new IllegalStateException("more than " + most + " orders");
            }
            once.accept(new Baton(choices));
            tried++;
        } while (choices.nextPath());
        return tried;
    }
}
