package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// What a handler answers.
///
/// @param envelope keys that go beside `data`: `revision`, `page_size`, `auth_token` …
/// @param tag what the `ETag` is made from
/// @param createdId the id that `Location` names after a PUT; empty for none
/// @param content bytes instead of an envelope
record ApiReply(
        JsonNode data, ObjectNode envelope, Tag tag, String createdId, Optional<Content> content) {

    enum Tag {
        /// Live data: no ETag.
        NONE,
        /// The document's revision.
        REVISION,
        /// A digest of the data.
        BODY
    }

    /// Live data, or the outcome of an action.
    static ApiReply of(JsonNode data) {
        return new ApiReply(data, Json.object(), Tag.NONE, "", Optional.empty());
    }

    /// One document with its revision.
    static ApiReply document(JsonNode data, String revision) {
        ObjectNode envelope = Json.object();
        envelope.put("revision", revision);
        return new ApiReply(data, envelope, Tag.REVISION, "", Optional.empty());
    }

    /// One page of a list; `paging` has the keys of the page.
    static ApiReply list(ArrayNode rows, ObjectNode paging) {
        ObjectNode envelope = paging.deepCopy();
        envelope.put("revision", "automatic");
        return new ApiReply(rows, envelope, Tag.BODY, "", Optional.empty());
    }

    /// Bytes as they are.
    static ApiReply content(Content content) {
        return new ApiReply(Json.object(), Json.object(), Tag.NONE, "", Optional.of(content));
    }

    ApiReply created(String id) {
        return new ApiReply(data, envelope, tag, id, content);
    }

    ApiReply with(String key, String value) {
        ObjectNode more = envelope.deepCopy();
        more.put(key, value);
        return new ApiReply(data, more, tag, createdId, content);
    }
}
