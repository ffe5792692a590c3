package fulcrum.flow;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.FlowReplaced;
import fulcrum.call.HangupCause;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.Sound;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out which flow a call gets (callflow common facts, "Finding the callflow for a dialled number", "Preflow" and
/// "Before the first node").
///
/// 1. The account's callflow for the dialled number. None, or `no_match` for a caller who may not dial out: 404.
/// 2. The captured groups and `CallFlow-ID` are kept on the call.
/// 3. A device that may not make this call hears why and is hung up on.
/// 4. The account's preflow comes first.
///
/// Immutable; one serves all calls.
public final class FlowRouter {
    /// Who vouches for a caller without vouching for his calls outside.
    private static final Set<String> OUTSIDERS = Set.of("", "resource", "sys_info");

    /// The flow for a call; an empty one when it gets none, the call then having been refused already. For the call's
    /// thread; waits for the directory.
    ///
    /// @throws fulcrum.call.WorldFailed when the directory did not answer
    public Flow flowFor(Call call) {
        try {
            return found(call);
        } catch (FlowReplaced replaced) {
            try {
                return Flow.parse(replaced.flowJson());
            } catch (BadFlow unusable) {
                call.notice("", "the injected flow is " + unusable.getMessage());
                return flowFor(call);
            }
        }
    }

    /// Whether a caller gets a `no_match` flow, which mostly leads out to a carrier: only one whom something other than
    /// a carrier vouches for, so that a stranger's call to an unknown number cannot go out again.
    public static boolean mayUseNoMatch(CallFacts facts) {
        return !OUTSIDERS.contains(facts.authorizingType());
    }

    private static Flow found(Call call) {
        CallFacts facts = call.facts();
        String accountId = facts.accountId();
        Optional<Document> stored =
                call.ask(new Question.FindDocument(accountId, accountId)).document();
        Document account =
                stored.orElseGet(
                        () ->
                                Document.fresh(
                                        accountId,
                                        "account",
                                        accountId,
                                        Json.object(),
                                        call.now()));
        if (facts.isOffnet() && CallRestriction.isOff(account)) {
            return refused(call, "the account is switched off");
        }
        String number = facts.request().user();
        Optional<CallflowMatch> match =
                call.ask(new Question.FindCallflow(accountId, number)).match();
        if (match.isEmpty()) {
            return refused(call, "no callflow answers the number " + number);
        }
        if (match.get().noMatch() && !mayUseNoMatch(facts)) {
            return refused(call, "no_match is not for callers from outside: " + number);
        }
        call.variables().captured(match.get().captureGroup(), match.get().captureGroups());
        call.variables().putChannel("CallFlow-ID", match.get().callflow().id(), false);
        Flow flow = flowOf(match.get().callflow());
        CallRestriction restriction = new CallRestriction(call, account);
        Optional<String> forbidden =
                restriction.reason().or(() -> new ClosedGroups(call, restriction).forbid(flow));
        if (forbidden.isPresent()) {
            return blocked(call, forbidden.get());
        }
        return preceded(account, flow);
    }

    /// The flow of a callflow document; empty when it has none.
    public static Flow flowOf(Document callflow) {
        return callflow.at("flow")
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .map(Flow::of)
                .orElse(Flow.EMPTY);
    }

    private static Flow preceded(Document account, Flow flow) {
        Optional<String> preflow = account.text("preflow", "always");
        if (preflow.isEmpty()) {
            return flow;
        }
        ObjectNode first = Json.object().put("module", "callflow");
        first.putObject("data").put("id", preflow.get());
        first.putObject("children").set("_", flow.node());
        return Flow.of(first);
    }

    private static Flow refused(Call call, String why) {
        call.notice("", why);
        call.tell(new Order.Reject(404, "", Map.of()));
        return Flow.EMPTY;
    }

    private static Flow blocked(Call call, String why) {
        call.notice("", why);
        call.answer();
        String language = call.variables().language();
        Sound prompt = new Sound.Prompt(call.facts().accountId(), "cf-unauthorized_call", language);
        call.play(prompt, 1, Set.of());
        call.hangUp(HangupCause.NORMAL_CLEARING, true);
        return Flow.EMPTY;
    }
}
