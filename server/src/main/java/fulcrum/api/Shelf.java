package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What all collections of stored documents have in common: list, create, read, replace, merge, delete.
///
/// Saves of one account and type run one after the other, so that two requests cannot both find a name free.
final class Shelf {
    private static final int LOCKS = 256;

    private final Documents documents;
    private final DocumentCheck check;
    private final List<ReentrantLock> locks = new ArrayList<>();

    Shelf(Documents documents, DocumentCheck check) {
        this.documents = documents;
        this.check = check;
        for (int i = 0; i < LOCKS; i++) {
            locks.add(new ReentrantLock());
        }
    }

    Documents documents() {
        return documents;
    }

    DocumentCheck check() {
        return check;
    }

    /// The six usual routes.
    List<Route> routes(StoredKind kind) {
        List<Route> routes = new ArrayList<>(routesWithoutMerge(kind));
        routes.add(
                Route.of(
                        "PATCH",
                        "{id}",
                        "Merges into a " + kind.type() + ".",
                        (request, args) -> patched(kind, request, args.getFirst())));
        return routes;
    }

    /// The same for a resource that has no PATCH.
    List<Route> routesWithoutMerge(StoredKind kind) {
        String type = kind.type();
        return List.of(
                Route.of("GET", "", "Lists every " + type + ".", (r, args) -> list(kind, r)),
                Route.of("PUT", "", "Creates a " + type + ".", (r, args) -> created(kind, r)),
                Route.of(
                        "GET",
                        "{id}",
                        "Reads a " + type + ".",
                        (r, args) -> read(kind, r, args.getFirst())),
                Route.of(
                        "POST",
                        "{id}",
                        "Replaces the public part of a " + type + ".",
                        (r, args) -> replaced(kind, r, args.getFirst())),
                Route.of(
                        "DELETE",
                        "{id}",
                        "Deletes a " + type + ".",
                        (r, args) -> deleted(kind, r, args.getFirst())));
    }

    /// The account whose documents a request is about: the one in the path, otherwise the sender's own.
    Document home(ApiRequest request) {
        return request.accountInPath()
                .orElseGet(
                        () -> {
                            String id = request.identity().accountId();
                            return documents.find(id, "account", id);
                        });
    }

    Document find(StoredKind kind, ApiRequest request, String id) {
        Document found = documents.find(kind.place(this, request).id(), kind.type(), id);
        if (!kind.isHere(request, found)) {
            throw Refusal.badIdentifier(id);
        }
        return found;
    }

    ApiReply list(StoredKind kind, ApiRequest request) {
        List<Document> all = documents.all(kind.place(this, request).id(), kind.type());
        List<Document> here = all.stream().filter(each -> kind.isHere(request, each)).toList();
        return list(kind, request, owned(request, here));
    }

    /// Behind `users/{U}` only what that user owns is listed.
    private static List<Document> owned(ApiRequest request, List<Document> all) {
        Optional<Document> user = request.within("user");
        return user.map(
                        owner ->
                                all.stream()
                                        .filter(
                                                each ->
                                                        each.text("owner_id")
                                                                .filter(owner.id()::equals)
                                                                .isPresent())
                                        .toList())
                .orElse(all);
    }

    ApiReply list(StoredKind kind, ApiRequest request, List<Document> some) {
        List<Listing.Entry> entries = new ArrayList<>();
        for (Document document : some) {
            entries.add(
                    new Listing.Entry(
                            kind.sortKey(document),
                            document.id(),
                            () -> Documents.whole(document),
                            () -> kind.row(document)));
        }
        return Listing.of(request).filtered(Filters.of(request.incoming())).page(entries);
    }

    ApiReply read(StoredKind kind, ApiRequest request, String id) {
        return answer(kind, request, find(kind, request, id));
    }

    ApiReply created(StoredKind kind, ApiRequest request) {
        ObjectNode body = request.document();
        return alone(
                kind,
                request,
                () -> {
                    Draft draft =
                            new Draft(request, kind.place(this, request), Optional.empty(), body);
                    Document saved = store(kind, draft);
                    return answer(kind, request, saved).created(saved.id());
                });
    }

    ApiReply replaced(StoredKind kind, ApiRequest request, String id) {
        ObjectNode body = request.document();
        return alone(kind, request, () -> changed(kind, request, find(kind, request, id), body));
    }

    ApiReply patched(StoredKind kind, ApiRequest request, String id) {
        ObjectNode change = request.document();
        return alone(
                kind,
                request,
                () -> {
                    Document before = find(kind, request, id);
                    return changed(kind, request, before, merged(before.body(), change));
                });
    }

    ApiReply changed(StoredKind kind, ApiRequest request, Document before, ObjectNode body) {
        Documents.checkMatch(request, before);
        Document saved =
                store(
                        kind,
                        new Draft(request, kind.place(this, request), Optional.of(before), body));
        return answer(kind, request, saved);
    }

    ApiReply deleted(StoredKind kind, ApiRequest request, String id) {
        return alone(
                kind,
                request,
                () -> {
                    Document before = find(kind, request, id);
                    Documents.checkMatch(request, before);
                    Document gone = documents.save(before.asDeleted(), request);
                    Draft former =
                            new Draft(
                                    request,
                                    kind.place(this, request),
                                    Optional.of(before),
                                    before.body().deepCopy());
                    kind.saved(former, gone);
                    return Documents.deleted(gone);
                });
    }

    ApiReply answer(StoredKind kind, ApiRequest request, Document document) {
        return ApiReply.document(kind.shown(request, document), document.revision());
    }

    /// Checks a draft and saves it.
    ///
    /// @throws Refusal 400 with everything that is wrong with it
    Document store(StoredKind kind, Draft draft) {
        mustBeGood(kind, draft);
        String id = draft.before().map(Document::id).orElseGet(() -> kind.freshId(draft));
        Document document = draft.document(kind.type(), kind.home(draft, id), id, documents.now());
        Document saved = documents.save(document, draft.request());
        kind.saved(draft, saved);
        return saved;
    }

    /// Brings a draft into the form that is stored.
    ///
    /// @throws Refusal 400 with everything that is wrong with it
    void mustBeGood(StoredKind kind, Draft draft) {
        kind.shape(draft);
        draft.take(check.check(kind.schema(), draft.body()));
        kind.check(draft);
        draft.mustBeGood();
    }

    private ApiReply alone(StoredKind kind, ApiRequest request, Supplier<ApiReply> work) {
        return alone(kind.place(this, request).id() + " " + kind.type(), work);
    }

    /// Runs work while no other work of the same name runs.
    <T> T alone(String name, Supplier<T> work) {
        ReentrantLock lock = locks.get(Math.floorMod(name.hashCode(), LOCKS));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// A stored body with a change merged in: objects key by key, arrays and values whole, null removes (REST
    /// conventions §3).
    static ObjectNode merged(ObjectNode stored, ObjectNode change) {
        ObjectNode merged = stored.deepCopy();
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            JsonNode there = merged.get(field.getKey());
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner) {
                ObjectNode old = there instanceof ObjectNode object ? object : Json.object();
                merged.set(field.getKey(), merged(old, inner));
            } else {
                merged.set(field.getKey(), field.getValue());
            }
        }
        return merged;
    }

    /// Makes the document that a path names the context of what follows.
    void prepare(StoredKind kind, ApiRequest request, List<String> args) {
        if (!args.isEmpty()) {
            request.within(find(kind, request, args.getFirst()));
        }
    }
}
