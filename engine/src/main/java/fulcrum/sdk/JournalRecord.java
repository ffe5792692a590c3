package fulcrum.sdk;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import fulcrum.call.Dial;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;

import java.time.Instant;

/// One line of a call's journal: what entered its inbox, or what it did about that.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "record")
public sealed interface JournalRecord {
    /// A value was read from the inbox. Time passes for the call only here.
    record Arrived(Instant at, Value value) implements JournalRecord {}

    /// A leg was told something.
    record Ordered(String legId, Order order) implements JournalRecord {}

    /// The world was asked; the answer arrives later under this number.
    record Asked(long number, Question<?> question) implements JournalRecord {}

    record Dialled(Dial dial) implements JournalRecord {}

    /// A value was put into another call's or a place's inbox; `taken` tells whether that one still lived.
    record Posted(String callId, Value value, boolean taken) implements JournalRecord {}

    /// Another call's wish for a leg was answered.
    record Gave(Value.TakeAsked asked, TakeResult result) implements JournalRecord {}
}
