package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import fulcrum.directory.BoundedText;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.DialPlan;
import fulcrum.directory.Document;
import fulcrum.directory.ListEntries;
import fulcrum.directory.LookUps;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a call asks the world: everything that needs a disk, a network, chance, a user's regular expression or more
/// than a millisecond of work. The answer comes back as a value, so a replay knows it.
///
/// @param <A> the kind of answer
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "question")
public sealed interface Question<A extends Answer> {
    /// How long the call waits for the answer before [WorldFailed].
    default Duration deadline() {
        return Duration.ofSeconds(10);
    }

    /// A question that the documents alone answer, so that every world answers it alike.
    sealed interface OfDocuments<A extends Answer> extends Question<A> {
        /// @throws fulcrum.directory.NotAtHand when they may only be looked for in memory and are not there
        A answer(LookUps documents);
    }

    record FindDocument(String accountId, String id) implements OfDocuments<Answer.Found> {
        @Override
        public Answer.Found answer(LookUps documents) {
            return new Answer.Found(documents.find(accountId, id));
        }
    }

    /// @param number normalised for the account
    record FindCallflow(String accountId, String number) implements OfDocuments<Answer.Callflow> {
        @Override
        public Answer.Callflow answer(LookUps documents) {
            return new Answer.Callflow(documents.callflowFor(accountId, number));
        }
    }

    /// A number as the dial plan of a document (an account, a device) and then the system's converters have it; without
    /// such a document the converters alone. The patterns of a dial plan are users' own.
    record Normalise(String accountId, String planId, String number)
            implements OfDocuments<Answer.Normalised> {
        @Override
        public Answer.Normalised answer(LookUps documents) {
            return new Answer.Normalised(
                    documents.normalise(number, documents.find(accountId, planId)));
        }
    }

    /// The documents of a type in which a text stands at a path, in ascending order of id: a user's devices, the
    /// entries of a list. An empty text finds those in which anything stands there: the groups that have a member.
    record FindDocuments(String accountId, String type, List<String> path, String value)
            implements OfDocuments<Answer.Documents> {
        @Override
        public Answer.Documents answer(LookUps documents) {
            return new Answer.Documents(
                    ListEntries.having(documents.all(accountId, type), path, value));
        }
    }

    /// The entry of the first of these lists that matches a number; see [fulcrum.directory.ListEntries].
    record FindInLists(String accountId, List<String> listIds, String number)
            implements OfDocuments<Answer.Found> {
        @Override
        public Answer.Found answer(LookUps documents) {
            return new Answer.Found(
                    ListEntries.match(documents.all(accountId, ListEntries.TYPE), listIds, number));
        }
    }

    /// The live legs of an account, in the order they began.
    record LiveLegs(String accountId) implements Question<Answer.Legs> {}

    /// Where a device is registered now.
    record Contacts(String accountId, String deviceId) implements Question<Answer.Contacts> {}

    /// The document of an E.164 number, whichever account has it.
    record FindNumber(String number) implements OfDocuments<Answer.Found> {
        @Override
        public Answer.Found answer(LookUps documents) {
            return new Answer.Found(documents.number(number));
        }
    }

    /// A number as a dial plan has it that is for calls to carriers; see [fulcrum.directory.DialPlan].
    record ApplyDialPlan(ObjectNode plan, String number) implements OfDocuments<Answer.Normalised> {
        @Override
        public Answer.Normalised answer(LookUps documents) {
            return new Answer.Normalised(DialPlan.apply(plan, number));
        }
    }

    /// Through which gateways a number may go out.
    record FindGateways(CarrierWish wish) implements Question<Answer.Gateways> {}

    /// Whether the call may go out over a carrier; see [TollGuard].
    record MayGoOut(OutboundAsk ask) implements Question<Answer.Outbound> {}

    /// The call has reached nobody over a carrier, or is done there.
    record LeftCarriers(String accountId, String callId) implements Question<Answer.YesNo> {}

    record SaveDocument(Document document) implements Question<Answer.Stored> {}

    /// Whether a regular expression that a user wrote is found in a text; one that does not compile is answered with
    /// `otherwise`.
    record Matches(String pattern, String text, boolean otherwise)
            implements Question<Answer.YesNo> {
        /// The answer, after at most a millisecond or so.
        public Answer.YesNo answer() {
            try {
                return new Answer.YesNo(
                        BoundedText.finds(Pattern.compile(pattern).matcher(new BoundedText(text))));
            } catch (PatternSyntaxException bad) {
                return new Answer.YesNo(otherwise);
            }
        }
    }

    /// Which of these URLs nobody here may fetch (pivot.md §13), judged by what is written in them.
    record JudgeUrls(List<String> urls) implements Question<Answer.RefusedUrls> {}

    /// Fresh document ids, 32 lower-case hexadecimal digits each.
    record NewIds(int count) implements Question<Answer.Ids> {}

    /// Make an HTTP request; answered with [HttpAnswer.Unanswered] at the latest when its own deadline is over.
    record Fetch(HttpAsk request) implements Question<HttpAnswer> {
        @Override
        public Duration deadline() {
            return request.deadline().plusSeconds(1);
        }
    }

    /// Keep a recording made on this call as the content of a media document, which is saved with it.
    record KeepRecording(String recordingId, Document media) implements Question<Answer.Stored> {
        @Override
        public Duration deadline() {
            return Duration.ofSeconds(60);
        }
    }
}
