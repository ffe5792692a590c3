package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Dial;
import fulcrum.call.Presentation;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// The caller id that a leg dialled now shows (callflow common facts, "Caller id shown to a callee").
///
/// 1. A caller from outside who is not being forwarded, and a call with `Retain-CID`, show what the call has.
/// 2. Others show what was chosen for this call (`dynamic_cid`); else what the calling device, its user and the account
///    have under `caller_id` for the type; an internal number else comes from the presence id or the SIP user name;
///    else what the call has.
/// 3. Prefixes go in front, and at last replacements (`set_cid`) take the place of all that.
///
/// Whether it may be shown is told beside it: whoever dials decides what hiding means there.
///
/// @param type `internal`, `external`, `emergency`, or another key of `caller_id` objects
/// @param isRetained whether it is the call's own, by rule 1
public record CallerId(
        String name,
        String number,
        String type,
        boolean isRetained,
        boolean hidesName,
        boolean hidesNumber) {
    public static final String INTERNAL = "internal";
    public static final String EXTERNAL = "external";
    public static final String EMERGENCY = "emergency";

    /// What the account's own phones are shown: `external` of callers from outside, else `internal`. Hidden is what the
    /// flow said (`privacy`). For the call's thread; waits for the directory.
    public static CallerId forPhones(Call call) {
        return of(call, call.facts().isOffnet() ? EXTERNAL : INTERNAL);
    }

    /// As [#forPhones], of a type.
    public static CallerId of(Call call, String type) {
        return of(call, type, CallingEndpoint.of(call));
    }

    /// What a carrier is shown: the calling endpoint's `caller_id_options.outbound_privacy` hides, too, unless the flow
    /// said that only its own word counts.
    public static CallerId forCarriers(Call call, String type) {
        CallingEndpoint endpoint = CallingEndpoint.of(call);
        CallerId shown = of(call, type, endpoint);
        if (shown.isRetained || !call.variables().presentation().usesEndpointPrivacy()) {
            return shown;
        }
        PrivacyMode mode =
                Json.text(endpoint.merged(), "caller_id_options", "outbound_privacy")
                        .map(PrivacyMode::of)
                        .orElse(PrivacyMode.NONE);
        return new CallerId(
                shown.name,
                shown.number,
                type,
                false,
                shown.hidesName || mode.hidesName(),
                shown.hidesNumber || mode.hidesNumber());
    }

    /// As the From of a leg of ours: a hidden name is left out, a hidden number makes it anonymous.
    public Dial.Caller caller() {
        return new Dial.Caller(hidesName ? "" : name, number, "", hidesNumber);
    }

    private static CallerId of(Call call, String type, CallingEndpoint endpoint) {
        boolean retained =
                is(call, "Retain-CID") || (call.facts().isOffnet() && !is(call, "Call-Forward"));
        Party own = call.variables().caller();
        Party base = retained ? own : configured(call, type, endpoint).orElse(own);
        return dressed(call, base, type, retained);
    }

    /// What a leg shows that a callee's forwarding leads to, instead of the caller's own: the id of whoever forwards.
    ///
    /// @param base before prefixes and replacements
    public static CallerId forwarding(Call call, Party base) {
        return dressed(call, base, EXTERNAL, false);
    }

    /// What a leg shows that a callee's forwarding leads to with the caller's id kept: the call's own.
    public static CallerId kept(Call call) {
        return dressed(call, call.variables().caller(), EXTERNAL, true);
    }

    private static CallerId dressed(Call call, Party base, String type, boolean retained) {
        Presentation wishes = call.variables().presentation();
        return new CallerId(
                text(wishes.replacement().name(), wishes.prefix().name() + base.name()),
                text(wishes.replacement().number(), wishes.prefix().number() + base.number()),
                type,
                retained,
                is(call, PrivacyMode.HIDE_NAME),
                is(call, PrivacyMode.HIDE_NUMBER));
    }

    private static boolean is(Call call, String variable) {
        return call.variables().channel(variable).filter("true"::equals).isPresent();
    }

    private static Optional<Party> configured(Call call, String type, CallingEndpoint endpoint) {
        Party own = call.variables().caller();
        Optional<Party> chosen = call.variables().presentation().chosen();
        if (chosen.isPresent()) {
            return chosen.map(one -> new Party(text(one.name(), own.name()), one.number()));
        }
        ObjectNode merged = endpoint.merged();
        Optional<String> number = first(merged, type, "number");
        if (number.isEmpty() && type.equals(INTERNAL)) {
            number = presence(merged);
        }
        return Optional.of(
                new Party(
                        first(merged, type, "name").orElse(own.name()),
                        number.orElse(own.number())));
    }

    private static Optional<String> first(ObjectNode merged, String type, String field) {
        List<String> types =
                type.equals(EMERGENCY)
                        ? List.of(EMERGENCY, EXTERNAL, "default")
                        : List.of(type, "default");
        return types.stream()
                .flatMap(one -> Json.text(merged, "caller_id", one, field).stream())
                .findFirst();
    }

    private static Optional<String> presence(ObjectNode merged) {
        return Json.text(merged, "presence_id")
                .or(() -> Json.text(merged, "sip", "username"))
                .map(id -> id.replaceFirst("@.*$", ""))
                .filter(user -> !user.isEmpty());
    }

    private static String text(String wanted, String otherwise) {
        return wanted.isEmpty() ? otherwise : wanted;
    }
}
