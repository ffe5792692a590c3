package fulcrum.app;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.exchange.Sounds;
import fulcrum.storage.DataFolder;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a command or a test wants otherwise than the server has it.
///
/// @param isThrowAway whether the data folder is a fresh one that goes with the house
/// @param watcher hears every event of every call, at once; must not block
/// @param sounding puts something before, or in place of, the server's sounds
/// @param journals keeps what enters each call's inbox
/// @param carrying puts something before, or in place of, the flows that calls carry out
record Furnishing(
        boolean isThrowAway,
        EventSink watcher,
        UnaryOperator<Sounds> sounding,
        Function<CallFacts, Journal> journals,
        UnaryOperator<Consumer<Call>> carrying) {
    /// As `serve` has it.
    static final Furnishing STANDARD =
            new Furnishing(
                    false, EventSink.NONE, sounds -> sounds, facts -> Journal.NONE, body -> body);

    Furnishing throwAway() {
        return new Furnishing(true, watcher, sounding, journals, carrying);
    }

    Furnishing watchedBy(EventSink sink) {
        return new Furnishing(isThrowAway, sink, sounding, journals, carrying);
    }

    Furnishing sounding(UnaryOperator<Sounds> change) {
        return new Furnishing(isThrowAway, watcher, change, journals, carrying);
    }

    Furnishing journalled(Function<CallFacts, Journal> journalOf) {
        return new Furnishing(isThrowAway, watcher, sounding, journalOf, carrying);
    }

    Furnishing carrying(UnaryOperator<Consumer<Call>> change) {
        return new Furnishing(isThrowAway, watcher, sounding, journals, change);
    }

    Consumer<Call> body(Consumer<Call> standard) {
        return carrying.apply(standard);
    }

    DataFolder folder(Config config) {
        return isThrowAway ? DataFolder.throwAway() : DataFolder.open(config.data());
    }

    Sounds sounds(Sounds standard) {
        return sounding.apply(standard);
    }
}
