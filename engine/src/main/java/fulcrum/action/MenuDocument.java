package fulcrum.action;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// A menu document as [Menu] reads it, with what counts where a field or the whole document is missing. Times are
/// milliseconds; nonsensical numbers are brought to the nearest sensible one.
record MenuDocument(String id, ObjectNode body) {
    static MenuDocument of(String id, Optional<Document> document) {
        return new MenuDocument(id, document.map(Document::body).orElseGet(Json::object));
    }

    String name() {
        return Json.text(body, "name").orElse(id);
    }

    /// How often the greeting is played in all.
    int retries() {
        return whole("retries", 3);
    }

    /// Wait for the first digit.
    Duration timeout() {
        return Duration.ofMillis(Math.max(1, whole("timeout", 10_000)));
    }

    Optional<Duration> interdigitTimeout() {
        int millis = whole("interdigit_timeout", 0);
        return millis < 1 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /// How many digits are collected at most.
    int maxExtensionLength() {
        return Math.max(1, whole("max_extension_length", 4));
    }

    /// Whether extensions may be dialled.
    boolean hunt() {
        return Json.flag(body, "hunt");
    }

    String huntAllow() {
        return Json.text(body, "hunt_allow").orElse("");
    }

    String huntDeny() {
        return Json.text(body, "hunt_deny").orElse("");
    }

    /// The digits that open the recording of the greeting; empty for none.
    String recordPin() {
        return Json.text(body, "record_pin").orElse("");
    }

    boolean allowRecordFromOffnet() {
        return Json.flag(body, "allow_record_from_offnet");
    }

    /// The media of the greeting; empty when none has been recorded.
    String greeting() {
        return Json.text(body, "media", "greeting").orElse("");
    }

    /// What `media` has under a name: `false` for silence, `true` for the system's prompt, or a media id.
    String said(String name) {
        return Json.text(body, "media", name).orElse("true");
    }

    private int whole(String name, int otherwise) {
        return Math.clamp(
                Json.whole(body, name).orElse(otherwise), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
