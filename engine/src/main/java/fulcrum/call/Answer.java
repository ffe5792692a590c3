package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the world answers to a [Question].
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "answer")
public sealed interface Answer
        permits Answer.Found,
                Answer.Callflow,
                Answer.Stored,
                Answer.YesNo,
                Answer.Normalised,
                Answer.RefusedUrls,
                Answer.Ids,
                Answer.Failed,
                HttpAnswer {

    record Found(Optional<Document> document) implements Answer {}

    record Callflow(Optional<CallflowMatch> match) implements Answer {}

    /// @param document the document with its new revision; absent when somebody else had changed it
    record Stored(Optional<Document> document) implements Answer {}

    record YesNo(boolean yes) implements Answer {}

    record Normalised(String number) implements Answer {}

    /// @param reasons why, by URL; those that may be fetched are not in it
    record RefusedUrls(Map<String, String> reasons) implements Answer {}

    record Ids(List<String> ids) implements Answer {}

    /// The world could not find out: the store is down, or the deadline passed. [Call#ask] turns this into
    /// [WorldFailed].
    record Failed(String reason) implements Answer {}
}
