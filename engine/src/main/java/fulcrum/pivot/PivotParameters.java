package fulcrum.pivot;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.CallFacts.Address;
import fulcrum.call.CallFacts.Party;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// What a pivot request tells about a call, in the two dialects (pivot.md §4 and §5). A value that is not known is
/// left out, never sent empty; only a collection of digits may be empty, when the caller pressed nothing.
final class PivotParameters {
    private PivotParameters() {}

    static ObjectNode kazoo(Call call) {
        CallFacts facts = call.facts();
        Party caller = call.variables().caller();
        ObjectNode parameters = Json.object();
        parameters.put("Account-ID", facts.accountId());
        parameters.put("Api-Version", "4.x");
        parameters.put("Call-ID", call.id());
        putKnown(parameters, "Caller-ID-Name", caller.name());
        putKnown(parameters, "Caller-ID-Number", caller.number());
        parameters.set("Custom-Application-Vars", call.variables().application().deepCopy());
        parameters.set("Custom-SIP-Headers", object(facts.sipHeaders()));
        putDigits(parameters, call);
        parameters.put("Direction", "inbound");
        putAddress(parameters, "From", "From-Realm", facts.from());
        putKnown(parameters, "Language", call.variables().language());
        putAddress(parameters, "Request", "Request-Realm", call.variables().request());
        putAddress(parameters, "To", "To-Realm", call.variables().to());
        putOwners(parameters, facts.ownerIds());
        return parameters;
    }

    static ObjectNode twiml(Call call) {
        CallFacts facts = call.facts();
        Party caller = call.variables().caller();
        ObjectNode parameters = Json.object();
        parameters.put("CallSid", call.id());
        parameters.put("AccountSid", facts.accountId());
        putAddress(parameters, "From", "FromRealm", facts.from());
        putAddress(parameters, "To", "ToRealm", call.variables().to());
        parameters.put("ApiVersion", "2010-04-01");
        parameters.put("Direction", "inbound");
        putKnown(parameters, "CallerName", caller.name());
        putKnown(parameters, "CallerNumber", caller.number());
        putDigits(parameters, call);
        return parameters;
    }

    private static void putKnown(ObjectNode parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    private static void putAddress(
            ObjectNode parameters, String userName, String hostName, Address address) {
        putKnown(parameters, userName, address.user());
        putKnown(parameters, hostName, address.host());
    }

    /// An object by collection name; absent before anything was collected.
    private static void putDigits(ObjectNode parameters, Call call) {
        Map<String, String> collections = call.digits().all();
        if (!collections.isEmpty()) {
            parameters.set("Digits", object(collections));
        }
    }

    private static ObjectNode object(Map<String, String> pairs) {
        ObjectNode object = Json.object();
        pairs.forEach(object::put);
        return object;
    }

    /// None is left out, one is a text, several are an array.
    private static void putOwners(ObjectNode parameters, List<String> owners) {
        if (owners.size() == 1) {
            parameters.put("User-ID", owners.getFirst());
        } else if (!owners.isEmpty()) {
            owners.forEach(parameters.putArray("User-ID")::add);
        }
    }
}
