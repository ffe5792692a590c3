package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.CallFacts;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Mail;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The mail about a call that reached nobody.
///
/// @param recipients as in the node's data
/// @param pointer where the node stands, for notices
record MissedCall(JsonNode recipients, String pointer) {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV", Locale.ROOT);

    /// For the end of the call.
    void tell(Call call) {
        if (call.variables().wasBridged() || call.variables().hasLeftMessage()) {
            return;
        }
        Set<String> addresses = addresses(call);
        if (addresses.isEmpty()) {
            call.notice(pointer + "/data/recipients", "nobody to tell of the missed call");
            return;
        }
        Mail mail =
                new Mail(
                        "missed_call",
                        List.copyOf(addresses),
                        "Missed call from " + who(call.variables().caller()),
                        text(call));
        call.emit(new CallEvent.MailWritten(call.id(), call.facts().accountId(), call.now(), mail));
    }

    private Set<String> addresses(Call call) {
        Set<String> addresses = new LinkedHashSet<>();
        for (JsonNode recipient : recipients) {
            List<String> ids = new ArrayList<>(Json.texts(recipient, "id"));
            Json.text(recipient, "id").ifPresent(ids::add);
            switch (Json.text(recipient, "type").orElse("")) {
                case "email" -> ids.forEach(address -> addresses.add(address.strip()));
                case "user" -> ids.forEach(id -> address(call, id).ifPresent(addresses::add));
                case String other ->
                        call.notice(
                                pointer + "/data/recipients",
                                "neither email nor user: '" + other + "'");
            }
        }
        addresses.remove("");
        return addresses;
    }

    private static Optional<String> address(Call call, String userId) {
        return CallingEndpoint.find(call, userId)
                .filter(found -> found.type().equals("user"))
                .flatMap(user -> user.text("email"))
                .map(String::strip);
    }

    private static String who(Party caller) {
        String number = caller.number().isEmpty() ? "an unknown number" : caller.number();
        boolean isNamed = !caller.name().isEmpty() && !caller.name().equals(caller.number());
        return isNamed ? caller.name() + " (" + number + ")" : number;
    }

    private static String text(Call call) {
        CallFacts facts = call.facts();
        StringBuilder text = new StringBuilder("You missed a call.\n\n");
        line(text, "From", who(call.variables().caller()));
        line(text, "Caller", facts.from().user() + "@" + facts.from().host());
        line(text, "To", facts.to().user() + "@" + facts.to().host());
        line(text, "When", WHEN.format(call.started().atZone(zone(call))));
        call.hungUp()
                .ifPresent(
                        how ->
                                line(
                                        text,
                                        "Ended",
                                        how.cause()
                                                + (how.sipStatus() > 0
                                                        ? " (" + how.sipStatus() + ")"
                                                        : "")));
        line(text, "Call", call.id());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-8s%s\n".formatted(name + ":", value));
    }

    /// The account's time zone; UTC when it has none that is known.
    private static ZoneId zone(Call call) {
        try {
            return CallingEndpoint.find(call, call.facts().accountId())
                    .flatMap(account -> account.text("timezone"))
                    .map(ZoneId::of)
                    .orElse(ZoneId.of("UTC"));
        } catch (DateTimeException unknown) {
            return ZoneId.of("UTC");
        }
    }
}
