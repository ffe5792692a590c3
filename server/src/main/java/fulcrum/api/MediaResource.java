package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Media: sounds that can be played, uploaded or spoken (resources.md §8). Without an account in the path they are the
/// system's, which everybody may read.
final class MediaResource implements StoredKind {
    private final Shelf shelf;
    private final Sounds sounds;

    MediaResource(Shelf shelf, Sounds sounds) {
        this.shelf = shelf;
        this.sounds = sounds;
    }

    @Override
    public String name() {
        return "media";
    }

    @Override
    public String type() {
        return "media";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        addPrompts(routes);
        addDocuments(routes);
        addBytes(routes);
        return routes;
    }

    private void addPrompts(List<Route> routes) {
        routes.add(
                Route.of(
                                "GET",
                                "prompts",
                                "Counts the sounds of each prompt.",
                                (r, args) -> prompts(r))
                        .anyToken());
        routes.add(
                Route.of(
                                "GET",
                                "prompts/{prompt}",
                                "Lists the sounds of a prompt.",
                                (r, args) -> prompt(r, args.get(1)))
                        .anyToken());
        routes.add(
                Route.of(
                                "GET",
                                "languages",
                                "Counts the sounds of each language.",
                                (r, args) -> languages(r))
                        .anyToken());
        routes.add(
                Route.of(
                                "GET",
                                "languages/{lang}",
                                "Lists the sounds of a language.",
                                (r, args) -> spoken(r, args.get(1)))
                        .anyToken());
    }

    private void addDocuments(List<Route> routes) {
        routes.add(
                Route.of("GET", "", "Lists every sound.", (r, args) -> shelf.list(this, r))
                        .anyToken());
        routes.add(Route.of("PUT", "", "Creates a sound.", (r, args) -> created(r)).withFiles());
        routes.add(
                Route.of(
                                "GET",
                                "{id}",
                                "Reads or downloads a sound.",
                                (r, args) -> read(r, args.getFirst()))
                        .anyToken()
                        .withFiles());
        routes.add(
                Route.of(
                                "POST",
                                "{id}",
                                "Changes or uploads a sound.",
                                (r, args) -> changed(r, args.getFirst()))
                        .withFiles());
        routes.add(
                Route.of(
                        "DELETE",
                        "{id}",
                        "Deletes a sound.",
                        (r, args) -> deleted(r, args.getFirst())));
    }

    private void addBytes(List<Route> routes) {
        routes.add(
                Route.of(
                                "GET",
                                "{id}/raw",
                                "Downloads a sound.",
                                (r, args) -> download(find(r, args.getFirst())))
                        .anyToken()
                        .withFiles());
        routes.add(
                Route.of(
                                "POST",
                                "{id}/raw",
                                "Uploads a sound.",
                                (r, args) -> uploaded(r, find(r, args.getFirst())))
                        .withFiles());
    }

    @Override
    public Document place(Shelf theShelf, ApiRequest request) {
        return request.accountInPath()
                .or(() -> MasterAccount.in(shelf.documents().directory()))
                .orElseThrow(Refusal::notFound);
    }

    @Override
    public ObjectNode row(Document media) {
        ObjectNode row = Rows.of(media, "name", "media_type", "media_source");
        row.put("language", languageOf(media));
        row.put("is_prompt", media.text("prompt_id").isPresent());
        return row;
    }

    private static String languageOf(Document media) {
        return media.text("language").orElse("").toLowerCase(Locale.ROOT);
    }

    /// The id of a prompt holds a percent sign; a client that encoded it only once sends a slash.
    private Document find(ApiRequest request, String id) {
        return shelf.find(this, request, id.replace("/", "%2F"));
    }

    @Override
    public String freshId(Draft draft) {
        String language = draft.text("language").orElse("en-us").toLowerCase(Locale.ROOT);
        return draft.text("prompt_id")
                .map(prompt -> language + "%2F" + prompt)
                .orElseGet(Secrets::id);
    }

    @Override
    public void check(Draft draft) {
        draft.before().ifPresent(before -> checkPlace(draft, before));
        boolean isSpoken = draft.text("media_source").filter("tts"::equals).isPresent();
        if (isSpoken && draft.text("tts", "text").isEmpty()) {
            draft.refuse(
                    Violation.of("tts.text", "required", "Field is required but missing")
                            .with("value", "text"));
        }
    }

    /// Prompt and language are in the id, which cannot change.
    private static void checkPlace(Draft draft, Document before) {
        boolean samePrompt = draft.text("prompt_id").equals(before.text("prompt_id"));
        boolean sameLanguage =
                draft.text("language")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .equals(languageOf(before));
        boolean isPrompt = before.text("prompt_id").isPresent();
        if (!samePrompt || (isPrompt && !sameLanguage)) {
            draft.refuse(
                    Violation.of(
                                    "prompt_id",
                                    "invalid",
                                    "Changing the prompt or its language is not possible")
                            .with("cause", draft.text("prompt_id").orElse("")));
        }
    }

    private ApiReply created(ApiRequest request) {
        boolean hasFile = !request.files().isEmpty();
        Optional<UploadedFile> file =
                hasFile ? Optional.of(Sounds.checked(Uploads.one(request))) : Optional.empty();
        ApiReply reply = shelf.created(this, request);
        Document media = find(request, reply.createdId());
        if (file.isPresent()) {
            return uploaded(request, media).created(media.id());
        }
        try {
            sounds.speak(Optional.empty(), media);
        } catch (Refusal failed) {
            shelf.documents().remove(media);
            throw failed;
        }
        return reply;
    }

    private ApiReply read(ApiRequest request, String id) {
        Document media = find(request, id);
        String accept = request.accept();
        boolean wantsSound =
                accept.startsWith("audio/")
                        || accept.startsWith("video/")
                        || accept.contains("base64");
        return wantsSound ? download(media) : shelf.answer(this, request, media);
    }

    private ApiReply download(Document media) {
        return ApiReply.content(
                sounds.content(media).orElseThrow(() -> Refusal.badIdentifier(media.id())));
    }

    private ApiReply changed(ApiRequest request, String id) {
        Document before = find(request, id);
        if (!request.files().isEmpty()) {
            return uploaded(request, before);
        }
        ApiReply reply = shelf.replaced(this, request, before.id());
        sounds.speak(Optional.of(before), find(request, id));
        return reply;
    }

    private ApiReply uploaded(ApiRequest request, Document media) {
        UploadedFile file = Sounds.checked(Uploads.one(request));
        sounds.keep(media, file);
        ObjectNode body = media.body().deepCopy();
        body.put("content_type", file.contentType());
        body.put("content_length", file.content().length);
        body.put("media_source", "upload");
        return shelf.answer(this, request, shelf.documents().save(media.withBody(body), request));
    }

    /// Soft for ordinary sounds; for good for prompts, or when the request says `hard_delete`.
    private ApiReply deleted(ApiRequest request, String id) {
        Document media = find(request, id);
        if (media.text("prompt_id").isEmpty() && !request.flag("hard_delete")) {
            return shelf.deleted(this, request, media.id());
        }
        Documents.checkMatch(request, media);
        shelf.documents().remove(media);
        sounds.remove(media);
        return Documents.deleted(media.asDeleted());
    }

    private ApiReply prompts(ApiRequest request) {
        return counted(request, media -> media.text("prompt_id"));
    }

    private ApiReply languages(ApiRequest request) {
        return counted(
                request,
                media ->
                        Optional.of(languageOf(media))
                                .filter(text -> !text.isEmpty())
                                .or(() -> Optional.of("missing")));
    }

    private ApiReply counted(ApiRequest request, Function<Document, Optional<String>> group) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Document media : all(request)) {
            group.apply(media).ifPresent(name -> counts.merge(name, 1, Integer::sum));
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        if (!counts.isEmpty()) {
            counts.forEach(rows.addObject()::put);
        }
        return ApiReply.list(rows, Json.object());
    }

    private ApiReply prompt(ApiRequest request, String prompt) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (Document media : all(request)) {
            if (media.text("prompt_id").filter(prompt::equals).isPresent()) {
                rows.addObject()
                        .put("id", media.id())
                        .put("has_attachments", sounds.content(media).isPresent());
            }
        }
        return ApiReply.list(rows, Json.object());
    }

    private ApiReply spoken(ApiRequest request, String language) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        String wanted = language.equals("missing") ? "" : language.toLowerCase(Locale.ROOT);
        all(request).stream()
                .filter(media -> languageOf(media).equals(wanted))
                .forEach(media -> rows.add(media.id()));
        return ApiReply.list(rows, Json.object());
    }

    private List<Document> all(ApiRequest request) {
        return shelf.documents().all(place(shelf, request).id(), "media");
    }
}
