package fulcrum.directory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which gateways a number may go out through, in the order in which they are tried (resources.md §14, "Selection";
/// actions/resources.md, "Carrier selection").
///
/// 1. The resources of the hunt account, which must be the calling account or above it; without one, the global ones.
/// 2. Those that are on and have the flags.
/// 3. When one of them names the number's class in `classifiers`, only those that do, by that entry; else only those
///    without `classifiers`, by their `rules`, the last one first.
/// 4. Those whose `cid_rules`, if there are any, know the caller.
/// 5. By `weight_cost`, the lowest first; a resource's gateways as listed, or in any order.
///
/// Tries regular expressions that users wrote: nothing for a call's thread.
public final class CarrierChoice {
    /// Marks resources that serve all accounts, in the hidden part of the document.
    public static final String GLOBAL = "pvt_global";

    /// The weight of a resource that says none.
    private static final long USUAL_WEIGHT = 3;

    private final CarrierWish wish;
    private final IntUnaryOperator dice;
    private final String kind;

    /// @param gateways the one to try first first
    /// @param why when there are none, why
    public record Result(List<ChosenGateway> gateways, String why) {
        static Result none(String why) {
            return new Result(List.of(), why);
        }
    }

    /// A resource that takes the number, and the entry of its classifiers that says so, or the resource itself.
    private record Fit(Document resource, JsonNode terms, String number) {
        long weight() {
            long weight =
                    Json.whole(terms, "weight_cost")
                            .orElse(
                                    Json.whole(resource.body(), "weight_cost")
                                            .orElse(USUAL_WEIGHT));
            return Math.clamp(weight, 1, 100);
        }

        boolean isEmergency() {
            return Json.flag(terms, "emergency")
                    || resource.flag("emergency")
                    || resource.text("caller_id_options", "type")
                            .filter("emergency"::equals)
                            .isPresent();
        }
    }

    private CarrierChoice(CarrierWish wish, IntUnaryOperator dice) {
        this.wish = wish;
        this.dice = dice;
        this.kind = NumberClass.of(wish.number());
    }

    /// @param dice a number from 0 up to, but not including, its argument
    public static Result of(CarrierWish wish, LookUps documents, IntUnaryOperator dice) {
        return new CarrierChoice(wish, dice).made(documents);
    }

    private Result made(LookUps documents) {
        boolean isGlobal = wish.huntAccountId().isEmpty();
        if (!isGlobal && !mayHunt(documents)) {
            return Result.none(
                    "the account "
                            + wish.huntAccountId()
                            + " is neither the caller's nor above it, so its carriers are not his");
        }
        List<Document> resources = isGlobal ? global(documents) : local(documents);
        if (resources.isEmpty()) {
            return Result.none(
                    isGlobal
                            ? "there is no resource that serves all accounts"
                            : "the account " + wish.huntAccountId() + " has no resource");
        }
        List<Document> able = resources.stream().filter(this::isAble).toList();
        if (able.isEmpty()) {
            return Result.none(
                    "none of "
                            + resources.size()
                            + " resources is on and has the flags "
                            + wish.flags());
        }
        List<Fit> fits = fitting(able).stream().filter(fit -> knowsCaller(fit.resource())).toList();
        if (fits.isEmpty()) {
            return Result.none("no resource has a rule for a " + kind + " number such as this");
        }
        List<ChosenGateway> gateways = gateways(fits, isGlobal);
        return gateways.isEmpty()
                ? Result.none("no gateway is on in " + names(fits))
                : new Result(gateways, "");
    }

    private static List<String> names(List<Fit> fits) {
        return fits.stream()
                .map(fit -> fit.resource().text("name").orElse(fit.resource().id()))
                .toList();
    }

    private boolean mayHunt(LookUps documents) {
        return wish.huntAccountId().equals(wish.accountId())
                || documents
                        .find(wish.accountId(), wish.accountId())
                        .map(account -> Json.texts(account.hidden(), "pvt_tree"))
                        .filter(tree -> tree.contains(wish.huntAccountId()))
                        .isPresent();
    }

    private List<Document> local(LookUps documents) {
        return documents.all(wish.huntAccountId(), "resource").stream()
                .filter(resource -> !Json.flag(resource.hidden(), GLOBAL))
                .toList();
    }

    /// They are kept in the accounts that have none above them.
    private static List<Document> global(LookUps documents) {
        return documents.accounts().stream()
                .filter(account -> Json.texts(account.hidden(), "pvt_tree").isEmpty())
                .flatMap(account -> documents.all(account.accountId(), "resource").stream())
                .filter(resource -> Json.flag(resource.hidden(), GLOBAL))
                .toList();
    }

    private boolean isAble(Document resource) {
        if (isOff(resource.body())) {
            return false;
        }
        if (resource.flag("ignore_flags")) {
            return true;
        }
        return wish.flags().isEmpty()
                ? !resource.flag("require_flags")
                : Json.texts(resource.body(), "flags").containsAll(wish.flags());
    }

    private static boolean isOff(JsonNode node) {
        return Json.text(node, "enabled").filter("false"::equals).isPresent();
    }

    private List<Fit> fitting(List<Document> resources) {
        boolean byClass =
                resources.stream()
                        .anyMatch(resource -> resource.at("classifiers", kind).isPresent());
        List<Fit> fits = new ArrayList<>();
        for (Document resource : resources) {
            (byClass ? classified(resource) : ruled(resource)).ifPresent(fits::add);
        }
        fits.sort(Comparator.comparingLong(Fit::weight));
        return fits;
    }

    private Optional<Fit> classified(Document resource) {
        Optional<JsonNode> entry = resource.at("classifiers", kind).filter(terms -> !isOff(terms));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        JsonNode terms = entry.get();
        return matched(Json.text(terms, "regex").orElseGet(() -> NumberClass.regex(kind)))
                .map(
                        number ->
                                new Fit(
                                        resource,
                                        terms,
                                        Json.text(terms, "prefix").orElse("")
                                                + number
                                                + Json.text(terms, "suffix").orElse("")));
    }

    private Optional<Fit> ruled(Document resource) {
        if (resource.at("classifiers").filter(all -> !all.isEmpty()).isPresent()) {
            return Optional.empty();
        }
        return Json.texts(resource.body(), "rules").reversed().stream()
                .flatMap(rule -> matched(rule).stream())
                .findFirst()
                .map(number -> new Fit(resource, Json.object(), number));
    }

    /// What a rule leaves of the number: its longest captured group, or all that it matched.
    private Optional<String> matched(String rule) {
        Optional<Matcher> found = found(rule, wish.number());
        if (found.isEmpty() || found.get().groupCount() == 0) {
            return found.map(Matcher::group);
        }
        String longest = "";
        for (int i = 1; i <= found.get().groupCount(); i++) {
            String group = found.get().group(i);
            longest = group != null && group.length() > longest.length() ? group : longest;
        }
        return Optional.of(longest.isEmpty() ? found.get().group() : longest);
    }

    /// A rule that does not compile matches nothing.
    private static Optional<Matcher> found(String rule, String text) {
        try {
            Matcher matcher = Pattern.compile(rule).matcher(new BoundedText(text));
            return BoundedText.finds(matcher) ? Optional.of(matcher) : Optional.empty();
        } catch (PatternSyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private boolean knowsCaller(Document resource) {
        List<String> rules = Json.texts(resource.body(), "cid_rules");
        return rules.isEmpty()
                || rules.stream().anyMatch(rule -> found(rule, wish.callerNumber()).isPresent());
    }

    private List<ChosenGateway> gateways(List<Fit> fits, boolean isGlobal) {
        List<ChosenGateway> chosen = new ArrayList<>();
        for (Fit fit : fits) {
            List<ChosenGateway> own = new ArrayList<>();
            for (JsonNode gateway : fit.resource().at("gateways").orElseGet(Json::object)) {
                if (gateway instanceof ObjectNode object && isUsable(object)) {
                    own.add(
                            new ChosenGateway(
                                    fit.resource(),
                                    object,
                                    fit.number(),
                                    isGlobal,
                                    fit.isEmergency()));
                }
            }
            if (fit.resource().text("gateway_strategy").filter("random"::equals).isPresent()) {
                shuffle(own);
            }
            chosen.addAll(own);
        }
        return chosen;
    }

    /// Only SIP is spoken, and only to somewhere.
    private static boolean isUsable(ObjectNode gateway) {
        return !isOff(gateway)
                && Json.text(gateway, "endpoint_type").orElse("sip").equals("sip")
                && (Json.text(gateway, "server").isPresent()
                        || Json.text(gateway, "route").isPresent());
    }

    private void shuffle(List<ChosenGateway> gateways) {
        for (int i = gateways.size() - 1; i > 0; i--) {
            int other = dice.applyAsInt(i + 1);
            ChosenGateway moved = gateways.get(i);
            gateways.set(i, gateways.get(other));
            gateways.set(other, moved);
        }
    }
}
