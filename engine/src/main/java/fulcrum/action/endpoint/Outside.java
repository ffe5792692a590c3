package fulcrum.action.endpoint;

import fulcrum.action.carrier.OwnNumber;
import fulcrum.call.Answer;
import fulcrum.call.Call;
import fulcrum.call.Dial;
import fulcrum.call.GatewayRoute;
import fulcrum.call.OutboundAsk;
import fulcrum.call.Question;
import fulcrum.call.RingTarget;
import fulcrum.directory.CarrierWish;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.NumberClass;
import fulcrum.directory.Numbers;
import fulcrum.flow.Flow;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Legs through carriers, for a number that endpoints send calls on to: a phone outside that rings beside others, or
/// whose owner must press a key.
///
/// The gateways are those that a `resources` or `offnet` node leads to. Calls for help are not sent on. Whether the
/// account's limits allow the leg is asked when it is about to be rung.
final class Outside {
    private static final Set<String> MODULES = Set.of("resources", "offnet");

    private final Call call;
    private final Dial.Caller caller;

    Outside(Call call, Dial.Caller caller) {
        this.call = call;
        this.caller = caller;
    }

    static boolean isMeant(Flow flow) {
        return MODULES.contains(flow.module());
    }

    /// The legs to a number, the best gateway first; none with a reason.
    ///
    /// @param reasons is told why there is none
    List<Rung> legs(String dialled, Flow flow, Member member, List<String> reasons) {
        JsonNode data = flow.data();
        String number = Numbers.normalise(Json.text(data, "to_did").orElse(dialled));
        if (NumberClass.of(number).equals("emergency")) {
            reasons.add("calls for help are not sent on");
            return List.of();
        }
        String hunted = hunted(flow, data);
        Optional<Document> within =
                hunted.isEmpty() ? OwnNumber.calledWithin(call, number) : Optional.empty();
        if (within.isPresent()) {
            return List.of(leg(within(within.get(), number), member, Optional.empty()));
        }
        String accountId = call.facts().accountId();
        List<String> flags = Json.texts(data, "outbound_flags");
        CarrierWish wish = new CarrierWish(accountId, hunted, number, caller.number(), flags);
        Answer.Gateways gateways = call.ask(new Question.FindGateways(wish));
        if (gateways.routes().isEmpty()) {
            reasons.add("no carrier takes " + number + ": " + gateways.why());
        }
        OutboundAsk ask =
                new OutboundAsk(accountId, call.id(), number, Numbers.normalise(caller.number()));
        List<Rung> legs = new ArrayList<>();
        for (GatewayRoute route : gateways.routes()) {
            Rung leg = leg(dial(route), member, Optional.of(ask));
            legs.add(leg.silentFor(route.progressTimeout()));
        }
        return legs;
    }

    /// Whose own carriers are meant; empty: those that serve all accounts.
    private String hunted(Flow flow, JsonNode data) {
        boolean isLocal =
                flow.module().equals("resources")
                        && Json.text(data, "use_local_resources").filter("false"::equals).isEmpty();
        return isLocal ? Json.text(data, "hunt_account_id").orElse(call.facts().accountId()) : "";
    }

    private static Rung leg(Dial dial, Member member, Optional<OutboundAsk> ask) {
        RingTarget target =
                RingTarget.of(dial).withDelay(member.delay()).withTimeout(member.timeout());
        return new Rung(target, Optional.empty(), ask, true);
    }

    private Dial within(Document account, String number) {
        String realm = account.text("realm").orElse("");
        return Dial.to("sip:" + number + "@" + realm, call.facts().accountId(), caller)
                .withEndpoint(new Dial.Endpoint(account.id(), "account", List.of()));
    }

    private Dial dial(GatewayRoute route) {
        Dial.Caller shown =
                new Dial.Caller(caller.name(), caller.number(), host(route), caller.isHidden());
        return Dial.to(route.uri(), call.facts().accountId(), shown)
                .withHeaders(headers(route))
                .withMedia(route.media())
                .withCredentials(route.credentials().username(), route.credentials().password())
                .withEndpoint(new Dial.Endpoint(route.resourceId(), "resource", List.of()));
    }

    /// A carrier that is to hide the number must learn it (RFC 3325).
    private Map<String, String> headers(GatewayRoute route) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (caller.isHidden()) {
            String user = caller.number().replaceAll("[^A-Za-z0-9+*._\\-]", "");
            headers.put("P-Asserted-Identity", "<sip:" + user + "@" + call.facts().realm() + ">");
        }
        headers.putAll(Headers.of(route.headers()));
        return headers;
    }

    private String host(GatewayRoute route) {
        if (!route.formatsFrom()) {
            return ""; // our own address
        }
        return route.fromRealm().isEmpty() ? call.facts().realm() : route.fromRealm();
    }
}
