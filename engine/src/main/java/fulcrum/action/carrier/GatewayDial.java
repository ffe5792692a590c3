package fulcrum.action.carrier;

import fulcrum.action.CallerId;
import fulcrum.action.CallingEndpoint;
import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Dial;
import fulcrum.call.GatewayRoute;
import fulcrum.directory.Document;

import java.util.List;

/// Makes the way to a gateway into a leg to dial: as whom the caller is shown there, and what the INVITE says.
final class GatewayDial {
    private final CarrierNode node;
    private final Call call;
    private final CallingEndpoint endpoint;
    private final boolean isEmergency;
    private final OutgoingHeaders headers;

    /// @param isEmergency whether any gateway on the list is for calls for help
    GatewayDial(
            CarrierNode node,
            Call call,
            CallingEndpoint endpoint,
            boolean isEmergency,
            String pointer) {
        this.node = node;
        this.call = call;
        this.endpoint = endpoint;
        this.isEmergency = isEmergency;
        this.headers = new OutgoingHeaders(node, call, endpoint, pointer);
    }

    Dial to(GatewayRoute route) {
        Dial.Caller caller = caller(route);
        return Dial.to(route.uri(), call.facts().accountId(), caller)
                .withHeaders(headers.toward(route, caller, isEmergency))
                .withMedia(route.media())
                .withCredentials(route.credentials().username(), route.credentials().password())
                .withEndpoint(new Dial.Endpoint(route.resourceId(), "resource", List.of()));
    }

    /// A call to another account of this server.
    Dial within(Document account, String number) {
        String realm = account.text("realm").orElse("");
        CallerId id = CallerId.forCarriers(call, node.callerIdType());
        return Dial.to("sip:" + number + "@" + realm, call.facts().accountId(), id.caller())
                .withEndpoint(new Dial.Endpoint(account.id(), "account", List.of()));
    }

    private Dial.Caller caller(GatewayRoute route) {
        String type = type(route);
        CallerId id = CallerId.forCarriers(call, type);
        if (isEmergency) {
            return new Dial.Caller(id.name(), id.number(), host(route), false);
        }
        Dial.Caller caller = id.caller();
        boolean isOwn = !id.isRetained() && type.equals(CallerId.EXTERNAL);
        String number =
                node.ensuresValidCallerId() && isOwn
                        ? OwnNumber.valid(call, endpoint, caller.number())
                        : caller.number();
        return new Dial.Caller(caller.name(), number, host(route), caller.isHidden());
    }

    /// What the gateway wants to be shown counts more than what the flow says, unless that is the usual.
    private String type(GatewayRoute route) {
        if (isEmergency) {
            return CallerId.EMERGENCY;
        }
        boolean isUsual =
                route.callerIdType().isEmpty() || route.callerIdType().equals(CallerId.EXTERNAL);
        return isUsual ? node.callerIdType() : route.callerIdType();
    }

    /// The host of From; empty: our own address.
    private String host(GatewayRoute route) {
        CallFacts facts = call.facts();
        if (!route.formatsFrom() && !node.formatFromUri()) {
            return "";
        }
        if (!route.fromRealm().isEmpty()) {
            return route.fromRealm();
        }
        if (route.usesAccountRealm()) {
            return facts.realm();
        }
        if (!node.fromUriRealm().isEmpty()) {
            return node.fromUriRealm();
        }
        return facts.from().host().isEmpty() || facts.from().host().equals("norealm")
                ? facts.realm()
                : facts.from().host();
    }
}
