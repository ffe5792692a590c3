package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;
import fulcrum.directory.Saving;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the world answers to a [Question].
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "answer")
public sealed interface Answer
        permits Answer.Found,
                Answer.Documents,
                Answer.Legs,
                Answer.Contacts,
                Answer.Callflow,
                Answer.Gateways,
                Answer.Outbound,
                Answer.Stored,
                Answer.YesNo,
                Answer.Normalised,
                Answer.RefusedUrls,
                Answer.Ids,
                Answer.Failed,
                HttpAnswer {

    record Found(Optional<Document> document) implements Answer {}

    record Documents(List<Document> documents) implements Answer {}

    record Legs(List<LegCard> cards) implements Answer {}

    /// @param contacts the one the device likes best first; empty when it is not registered
    record Contacts(List<Contact> contacts) implements Answer {}

    record Callflow(Optional<CallflowMatch> match) implements Answer {}

    /// @param routes the one to try first first
    /// @param why when there are none, why
    record Gateways(List<GatewayRoute> routes, String why) implements Answer {}

    /// Whether a call may go out over a carrier.
    ///
    /// @param cause of the refusal
    /// @param why empty: it may
    /// @param isAlarm whether somebody should be told
    record Outbound(HangupCause cause, String why, boolean isAlarm) implements Answer {
        /// It may.
        public static final Outbound GRANTED = new Outbound(HangupCause.NORMAL_CLEARING, "", false);
    }

    /// @param document the document with its new revision; absent when somebody else had changed it
    record Stored(Optional<Document> document) implements Answer {
        /// What came of saving a document.
        public static Stored of(Saving outcome) {
            return switch (outcome) {
                case Saving.Saved saved -> new Stored(Optional.of(saved.document()));
                case Saving.Conflict conflict -> new Stored(Optional.empty());
            };
        }
    }

    record YesNo(boolean yes) implements Answer {}

    record Normalised(String number) implements Answer {}

    /// @param reasons why, by URL; those that may be fetched are not in it
    record RefusedUrls(Map<String, String> reasons) implements Answer {}

    record Ids(List<String> ids) implements Answer {}

    /// The world could not find out: the store is down, or the deadline passed. [Call#ask] turns this into
    /// [WorldFailed].
    record Failed(String reason) implements Answer {}
}
