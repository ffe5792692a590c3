package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.DigitRule;
import fulcrum.call.Question;
import fulcrum.call.Recorded;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Lets a caller record the greeting of a menu: a prompt, a beep, the recording, then 1 saves, 2 plays, 3 records
/// again.
///
/// What is saved becomes the content of the menu's media document, which is made when there is none. A caller who
/// leaves saves nothing.
final class MenuRecording {
    private static final Sound BEEP = new Sound.Tone("%(500,100,440)");
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final DigitRule ONE_KEY =
            new DigitRule(1, Duration.ofSeconds(5), Duration.ofSeconds(2), Set.of());

    /// How often the menu document is read again when somebody else saves it at the same time.
    private static final int ATTEMPTS = 3;

    private final MenuVisit visit;
    private final Call call;
    private final MenuDocument menu;
    private final Duration least;

    /// @param least a shorter recording is not saved
    MenuRecording(MenuVisit visit, Call call, MenuDocument menu, Duration least) {
        this.visit = visit;
        this.call = call;
        this.menu = menu;
        this.least = least;
    }

    void run() {
        boolean saved = false;
        while (!saved) {
            visit.prompt("vm-record_greeting");
            visit.play(BEEP);
            saved = isSaved(call.record(freshId(), LONGEST, MenuVisit.ANY_KEY));
        }
    }

    private boolean isSaved(Recorded recorded) {
        while (true) {
            switch (key()) {
                case "1" -> {
                    if (recorded.length().compareTo(least) < 0) {
                        visit.prompt("vm-recording_to_short");
                        return false;
                    }
                    save(recorded);
                    return true;
                }
                case "2" -> visit.play(new Sound.Recorded(recorded.recordingId()));
                case "3" -> {
                    return false;
                }
                default -> {
                    // the review is offered again
                }
            }
        }
    }

    private String key() {
        call.flushKeys();
        visit.prompt("vm-review_recording");
        return call.collect(ONE_KEY, call.digits().takeEarly()).text();
    }

    private String freshId() {
        return call.ask(new Question.NewIds(1)).ids().getFirst();
    }

    private void save(Recorded recorded) {
        Document media = media();
        boolean kept =
                call.ask(new Question.KeepRecording(recorded.recordingId(), media))
                        .document()
                        .isPresent();
        if (kept && isGreeting(media.id())) {
            visit.prompt("vm-saved");
        } else {
            visit.notice(
                    "the greeting could not be saved: somebody else saved the menu or its media");
        }
    }

    /// The menu's own media document, or a fresh one.
    private Document media() {
        Optional<Document> present =
                menu.greeting().isEmpty() || menu.greeting().contains("/")
                        ? Optional.empty()
                        : find(menu.greeting()).filter(found -> found.type().equals("media"));
        String description = "recorded by " + call.variables().caller().name();
        if (present.isPresent()) {
            return changed(
                    present.get(), present.get().body().deepCopy().put("description", description));
        }
        ObjectNode body =
                Json.object()
                        .put("name", menu.name() + " menu greeting")
                        .put("description", description)
                        .put("source_type", "menu")
                        .put("source_id", menu.id())
                        .put("media_source", "recording")
                        .put("streamable", true);
        return Document.fresh(call.facts().accountId(), "media", freshId(), body, call.now());
    }

    private boolean isGreeting(String mediaId) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Document> document = find(menu.id());
            if (document.isEmpty()) {
                return false;
            }
            ObjectNode body = document.get().body().deepCopy();
            body.withObject("media").put("greeting", mediaId);
            Document changed = changed(document.get(), body);
            if (call.ask(new Question.SaveDocument(changed)).document().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Document> find(String id) {
        return call.ask(new Question.FindDocument(call.facts().accountId(), id)).document();
    }

    private Document changed(Document document, ObjectNode body) {
        return document.withBody(body).saved(document.revision(), call.now());
    }
}
