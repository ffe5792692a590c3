package fulcrum.action.endpoint;

import fulcrum.call.Call;
import fulcrum.call.MediaReference;
import fulcrum.call.Question;
import fulcrum.call.RingPlan;
import fulcrum.flow.Branches;
import fulcrum.flow.Next;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Rings a group of members, once or several times (Kazoo: `ring_group`).
///
/// A round whose failure has a child of its own ends it, and so does one in which nobody can be rung; otherwise the
/// next round follows.
///
/// @param members as in `endpoints`
/// @param strategy `simultaneous`, `single` or `weighted_random`
/// @param ringtones with `internal` and `external`
public record Rounds(
        JsonNode members,
        String strategy,
        int timeoutSeconds,
        int repeats,
        String ringback,
        boolean ignoresForward,
        boolean failsOnReject,
        JsonNode ringtones) {
    private static final int USUAL_WEIGHT = 20;

    /// More rounds than this are not rung.
    private static final int MOST = 1000;

    public Next next(Call call, Branches branches) {
        for (int round = Math.clamp(repeats, 1, MOST); round > 0; round--) {
            Endpoints endpoints = endpoints(call);
            Attempt attempt = new Attempt(call, branches, endpoints);
            Optional<Next> next = attempt.carriedOut(manner(call));
            if (next.isPresent()) {
                return next.get();
            }
            if (endpoints.rung().isEmpty()
                    || attempt.failure().stream().anyMatch(branches::exists)) {
                return new Next.Child(attempt.failure());
            }
        }
        return Next.DEFAULT;
    }

    private Attempt.Manner manner(Call call) {
        Duration timeout = timeoutSeconds > 0 ? Duration.ofSeconds(timeoutSeconds) : RingPlan.USUAL;
        return new Attempt.Manner(
                isInTurn(),
                timeout,
                MediaReference.sound(call.facts().accountId(), ringback),
                true,
                failsOnReject,
                !ignoresForward);
    }

    private boolean isInTurn() {
        return !strategy.equals("simultaneous");
    }

    private Endpoints endpoints(Call call) {
        String ringtone = Headers.ringtone(holder(), call.facts().isOffnet());
        Endpoints endpoints = new Endpoints(call, Source.RING_GROUP, ringtone);
        List<Member> awake = new ArrayList<>();
        for (JsonNode one : members) {
            Member member = Member.of(one).withUsualTimeout(RingPlan.USUAL);
            if (Member.disabledUntil(one).isAfter(call.now())) {
                endpoints.leftOut("'" + member.id() + "' has logged out of the group");
            } else {
                awake.add(member);
            }
        }
        if (members.isEmpty()) {
            endpoints.leftOut("the group has no members");
        }
        List<Member> devices = endpoints.expanded(awake, strategy.equals("single"));
        List<Member> ordered = strategy.equals("weighted_random") ? drawn(call, devices) : devices;
        ordered.forEach(endpoints::addDevice);
        return endpoints;
    }

    private JsonNode holder() {
        return fulcrum.directory.Json.object().set("ringtones", ringtones);
    }

    /// In random order, heavier ones tending to come first: a draw without putting back, in which the chance of each is
    /// its weight's share of the weights left (Efraimidis and Spirakis, 2006).
    private static List<Member> drawn(Call call, List<Member> members) {
        record Lot(Member member, double key) {}
        if (members.size() < 2) {
            return members;
        }
        List<String> chance = call.ask(new Question.NewIds(members.size())).ids();
        List<Lot> lots = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            double share = (Long.parseLong(chance.get(i).substring(0, 12), 16) + 1) / 0x1p48;
            int weight = members.get(i).weight().orElse(USUAL_WEIGHT);
            lots.add(new Lot(members.get(i), -StrictMath.log(share) / weight));
        }
        lots.sort(Comparator.comparingDouble(Lot::key));
        return lots.stream().map(Lot::member).toList();
    }
}
