package fulcrum.action.carrier;

import fulcrum.action.CallingEndpoint;
import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Numbers that accounts of this server have (resources.md §6).
public final class OwnNumber {
    private static final List<String> ROUTING =
            List.of("in_service", "port_in", "port_out", "reserved");

    private OwnNumber() {}

    /// The account that a number in use belongs to.
    static Optional<String> accountOf(Document number) {
        return isInUse(number)
                ? Optional.of(number.text("assigned_to").orElse(number.accountId()))
                : Optional.empty();
    }

    private static boolean isInUse(Document number) {
        return ROUTING.contains(number.text("state").orElse("in_service"));
    }

    /// The document of the account that is called within the server when this number is dialled; empty when the number
    /// is nobody's here, is forced out, or its account is off.
    public static Optional<Document> calledWithin(Call call, String number) {
        return call.ask(new Question.FindNumber(number))
                .document()
                .filter(document -> !document.flag("force_outbound"))
                .flatMap(OwnNumber::accountOf)
                .flatMap(id -> call.ask(new Question.FindDocument(id, id)).document())
                .filter(account -> account.text("enabled").filter("false"::equals).isEmpty());
    }

    /// A caller id number that the account owns: the given one, else the account's external, its default, or its first
    /// number in service; the given one when it has none at all.
    static String valid(Call call, CallingEndpoint endpoint, String number) {
        String accountId = call.facts().accountId();
        return Stream.of(
                        Optional.of(number),
                        Json.text(endpoint.account(), "caller_id", "external", "number"),
                        Json.text(endpoint.account(), "caller_id", "default", "number"))
                .flatMap(Optional::stream)
                .filter(one -> owns(call, accountId, one))
                .findFirst()
                .or(() -> firstOf(call, accountId))
                .orElse(number);
    }

    static boolean owns(Call call, String accountId, String number) {
        return call.ask(new Question.FindNumber(Numbers.normalise(number)))
                .document()
                .flatMap(OwnNumber::accountOf)
                .filter(accountId::equals)
                .isPresent();
    }

    private static Optional<String> firstOf(Call call, String accountId) {
        return call
                .ask(
                        new Question.FindDocuments(
                                accountId, "number", List.of("state"), "in_service"))
                .documents()
                .stream()
                .map(Document::id)
                .findFirst();
    }
}
