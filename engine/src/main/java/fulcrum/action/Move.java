package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.Question;
import fulcrum.call.TakeCondition;
import fulcrum.call.TakeResult;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import java.util.List;
import java.util.Optional;

/// Feature code: the caller takes the conversation that his other phone has over to this one.
@Named("move")
@Doc(
        "The caller takes over, on this phone, the conversation that he has on another phone of his. Does not answer"
                + " before there is one.")
@Example("{ \"module\": \"move\", \"data\": {} }")
public record Move() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<String> owner = call.variables().owner();
        if (owner.isEmpty()) {
            return said(call, "cf-move-no_owner");
        }
        List<LegCard> others = others(call, owner.get());
        if (others.size() > 1) {
            return said(call, "cf-move-too_many_channels");
        }
        if (others.isEmpty() || !isTaken(call, others.getFirst().otherLegId())) {
            return said(call, "cf-move-no_channel");
        }
        Leg peer = call.other(others.getFirst().otherLegId()).orElseThrow();
        call.answer();
        call.bridge(peer);
        return Next.STOP;
    }

    private static Next said(Call call, String promptId) {
        Prompts.say(call, promptId);
        return Next.STOP;
    }

    /// The legs of the user's devices that talk to somebody, this call's own left out.
    private static List<LegCard> others(Call call, String owner) {
        String accountId = call.facts().accountId();
        List<String> devices =
                call
                        .ask(
                                new Question.FindDocuments(
                                        accountId, "device", List.of("owner_id"), owner))
                        .documents()
                        .stream()
                        .map(Document::id)
                        .toList();
        return call.ask(new Question.LiveLegs(accountId)).cards().stream()
                .filter(card -> !card.legId().equals(call.leg().id()))
                .filter(
                        card ->
                                card.ownerIds().contains(owner)
                                        || devices.contains(card.authorizingId()))
                .toList();
    }

    /// A leg that talks to nobody has no peer to take.
    private static boolean isTaken(Call call, String peer) {
        return !peer.isEmpty() && call.take(peer, TakeCondition.ANSWERED) == TakeResult.GIVEN;
    }
}
