package fulcrum.api;

import fulcrum.call.RateBuckets;
import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.StorageFailed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes a request through its stations, in this order: version, body, path, method, who sends it, rate, permission,
/// context, handler, answer. Knows nothing of Jetty.
final class Desk {
    /// A request costs this many tokens (REST conventions §16).
    private static final int PLAIN = 1;

    private static final int LOGIN = 35;

    private static final Logger LOG = LoggerFactory.getLogger("fulcrum.api");

    private final Directory directory;
    private final Router router;
    private final Authentication authentication;
    private final RateBuckets buckets;
    private final Answers answers;
    private final Clock clock;

    Desk(
            Directory directory,
            Router router,
            Authentication authentication,
            RateBuckets buckets,
            Answers answers,
            Clock clock) {
        this.directory = directory;
        this.router = router;
        this.authentication = authentication;
        this.buckets = buckets;
        this.answers = answers;
        this.clock = clock;
    }

    /// What is known of a request so far; an error before the end is told with as much of it as there is.
    static final class Progress {
        Optional<ApiRequest> request = Optional.empty();
        List<String> methods = List.of();
        int consumed;
        int remaining;
    }

    Outgoing serve(Incoming incoming, Supplier<byte[]> body) {
        Progress progress = new Progress();
        try {
            return served(incoming, body, progress);
        } catch (Refusal refusal) {
            return answers.refused(refusal, incoming, progress);
        } catch (DirectoryFailed | StorageFailed failed) {
            LOG.error("request {}: the store failed", incoming.requestId(), failed);
            Refusal refusal = Refusal.of(503, "datastore_fault", "datastore fault");
            return answers.refused(refusal, incoming, progress);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("request {}: a bug in the API, please report it", incoming.requestId(), bug);
            Refusal refusal = Refusal.of(500, "unspecified_fault", "unspecified fault");
            return answers.refused(refusal, incoming, progress);
        }
    }

    private Outgoing served(Incoming incoming, Supplier<byte[]> body, Progress progress) {
        if (incoming.isBroken()) {
            throw Refusal.of(400, "parse_error", "the address is not well encoded");
        }
        List<String> segments = incoming.segments();
        String version = segments.isEmpty() ? "" : segments.getFirst();
        if (version.equals("v1")) {
            throw Refusal.fault(410, "gone");
        } else if (!version.equals("v2")) {
            throw Refusal.notFound();
        }
        if (incoming.method().equals("OPTIONS")) {
            return preflight(incoming, segments, progress);
        }
        ApiBody content =
                new BodyReader(incoming, clock.instant().getEpochSecond()).read(body.get());
        ApiRequest early = new ApiRequest(incoming, content, List.of());
        Router.Target target = router.target(unaliased(segments, early));
        progress.methods = target.routes().stream().map(Route::method).toList();
        ApiRequest request = new ApiRequest(incoming, content, target.nouns());
        progress.request = Optional.of(request);
        Route route = target.route(request.method()).orElseThrow(Refusal::invalidMethod);
        identify(request, route, progress);
        charge(request, progress);
        answers.checkTypes(request, route);
        authorise(request, route);
        prepare(request);
        return answers.replied(route.answer().to(request, target.last().args()), request, progress);
    }

    /// `/v2/account/…` means the account of the token.
    private List<String> unaliased(List<String> segments, ApiRequest early) {
        List<String> rest = new ArrayList<>(segments.subList(1, segments.size()));
        if (!rest.isEmpty() && rest.getFirst().equals("account")) {
            authentication.identify(early, false);
            rest.set(0, "accounts");
            rest.add(1, early.identity().accountId());
        }
        return rest;
    }

    private Outgoing preflight(Incoming incoming, List<String> segments, Progress progress) {
        List<String> rest = new ArrayList<>(segments.subList(1, segments.size()));
        if (!rest.isEmpty() && rest.getFirst().equals("account")) {
            rest.set(0, "accounts");
            rest.add(1, "account");
        }
        progress.methods = router.target(rest).routes().stream().map(Route::method).toList();
        return answers.preflight(incoming, progress);
    }

    /// A wrong token costs as much as a login, so that nobody can try them out.
    private void identify(ApiRequest request, Route route, Progress progress) {
        try {
            authentication.identify(request, route.access() == Route.Access.OPEN);
        } catch (Refusal wrong) {
            charge(request, LOGIN, progress);
            throw wrong;
        }
    }

    private void charge(ApiRequest request, Progress progress) {
        String last = request.nouns().getLast().name();
        boolean isLogin =
                request.method().equals("PUT")
                        && (last.equals("user_auth") || last.equals("api_auth"));
        charge(request, isLogin ? LOGIN : PLAIN, progress);
    }

    private void charge(ApiRequest request, int cost, Progress progress) {
        String account =
                request.nouns().getFirst().name().equals("accounts")
                                && !request.nouns().getFirst().args().isEmpty()
                        ? request.nouns().getFirst().args().getFirst()
                        : request.sender().map(Identity::accountId).orElse("");
        int left =
                buckets.take(
                        request.incoming().clientAddress() + " " + account, cost, clock.instant());
        if (left < 0) {
            throw Refusal.tooManyRequests();
        }
        progress.consumed = cost;
        progress.remaining = left;
    }

    /// Loads the account in the path and checks that the sender may act on it (REST conventions §10).
    private void authorise(ApiRequest request, Route route) {
        Noun first = request.nouns().getFirst();
        boolean hasAccount = first.name().equals("accounts") && !first.args().isEmpty();
        if (!hasAccount && first.name().equals("accounts") && request.nouns().size() > 1) {
            throw badAccount("missing account_id");
        }
        if (route.access() == Route.Access.OPEN && !(hasAccount && request.sender().isPresent())) {
            return;
        }
        Identity who = request.identity();
        if (!hasAccount) {
            if (route.access() == Route.Access.ACCOUNT && !who.isTop()) {
                throw Refusal.forbidden();
            }
            return;
        }
        Document account = account(first.args().getFirst());
        if (!who.isTop() && !isWithin(account, who.accountId())) {
            throw Refusal.forbidden();
        }
        request.about(account);
    }

    private Document account(String id) {
        if (id.length() != 32) {
            throw badAccount("invalid account_id '" + id + "'");
        }
        return directory
                .find(id, id)
                .filter(there -> there.type().equals("account"))
                .orElseThrow(() -> Refusal.badIdentifier(id));
    }

    private static Refusal badAccount(String text) {
        return Refusal.plain(404, "bad identifier", Json.object().put("message", text));
    }

    /// Whether an account is another one, or lies below it.
    static boolean isWithin(Document account, String ancestorId) {
        return account.id().equals(ancestorId)
                || Json.texts(account.hidden(), MasterAccount.TREE).contains(ancestorId);
    }

    private void prepare(ApiRequest request) {
        List<Noun> nouns = request.nouns();
        for (Noun noun : nouns.subList(0, nouns.size() - 1)) {
            router.resource(noun).prepare(request, noun.args());
        }
    }
}
