package fulcrum.action.endpoint;

import fulcrum.call.Call;
import fulcrum.call.DialResult;
import fulcrum.call.LegEvent;
import fulcrum.call.Question;
import fulcrum.call.RingPlan;
import fulcrum.call.RingTarget;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Branches;
import fulcrum.flow.Flow;
import fulcrum.flow.Next;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rings endpoints once, and connects the caller with whoever answers first (callflow common facts, "Bridging: result
/// to branch").
///
/// 1. Somebody answered: the conversation is over when this is, and the flow stops, or does what [AfterTalk] says.
/// 2. Nobody answered: the children are the failure's, by cause and by status.
/// 3. Nobody was rung: one notice says why. The children are those of a busy or an absent phone, or there are none.
public final class Attempt {
    private static final Pattern ADDRESS = Pattern.compile("^(?:sips?:([^@;?]+)@|tel:([^;]+)).*");
    private static final String HOPS = "Call-Forward-Hops";

    /// A call that goes on so often is sent round in a circle.
    private static final int MOST_HOPS = 10;

    private final Call call;
    private final Branches branches;
    private final Endpoints endpoints;
    private final Map<String, Callee> byLeg = new HashMap<>();
    private List<String> failure = List.of();

    /// How the endpoints are rung.
    ///
    /// @param timeout of the whole attempt (> 0)
    /// @param ringback what the caller hears meanwhile; absent: ringing, or the callee's early media
    /// @param failsOnReject one endpoint's refusal ends the attempt
    /// @param followsRedirects whether endpoints may point to other numbers (302)
    public record Manner(
            boolean isInTurn,
            Duration timeout,
            Optional<Sound> ringback,
            boolean ignoresEarlyMedia,
            boolean failsOnReject,
            boolean followsRedirects) {}

    public Attempt(Call call, Branches branches, Endpoints endpoints) {
        this.call = call;
        this.branches = branches;
        this.endpoints = endpoints;
    }

    /// Carries it out; a failure leads to its children.
    public Next next(Manner manner) {
        return carriedOut(manner).orElseGet(() -> new Next.Child(failure));
    }

    /// The children that the failure leads to, the first that exists.
    List<String> failure() {
        return failure;
    }

    /// Carries it out.
    ///
    /// @return where the flow goes on; empty when nobody answered, and then [#failure] tells more
    Optional<Next> carriedOut(Manner manner) {
        boolean leadsOut = endpoints.onlyLeadOut();
        if (leadsOut && endpoints.departure().isPresent()) {
            return departed().or(this::unreached);
        }
        CarrierSeat seat = new CarrierSeat(call, endpoints);
        List<Rung> named = named(seat.admitted(leadsOut));
        if (named.isEmpty()) {
            failure = seat.refusal();
            return unreached();
        }
        if (endpoints.departure().filter(one -> !Outside.isMeant(one.to().flow())).isPresent()) {
            call.notice(branches.pointer(), String.join("; ", endpoints.reasons()));
        }
        return switch (call.ring(plan(named, manner, leadsOut))) {
            case DialResult.Answered answered -> {
                seat.talks(byLeg.containsKey(answered.leg().id()));
                call.bridge(answered.leg(), answered.music());
                seat.leave();
                yield Optional.of(AfterTalk.next(call, branches));
            }
            case DialResult.Failed failed -> {
                seat.leave();
                failure = failed.childKeys();
                yield Optional.empty();
            }
        };
    }

    private Optional<Next> unreached() {
        String why = String.join("; ", endpoints.reasons());
        call.notice(branches.pointer(), "nobody rings: " + (why.isEmpty() ? "nobody there" : why));
        if (failure.isEmpty() && endpoints.hasBusy()) {
            failure = List.of("USER_BUSY", "sip:486");
        } else if (failure.isEmpty() && endpoints.hasAbsent()) {
            failure = List.of("USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "sip:480");
        }
        return Optional.empty();
    }

    /// The caller follows a forwarding that leads to nobody who could be rung.
    private Optional<Next> departed() {
        Optional<Endpoints.Departure> departure = endpoints.departure();
        if (departure.isEmpty()) {
            return Optional.empty();
        }
        int hops = call.variables().channel(HOPS).map(Integer::parseInt).orElse(0) + 1;
        if (hops > MOST_HOPS) {
            endpoints.leftOut("the call has been sent on %d times before".formatted(MOST_HOPS));
            return Optional.empty();
        }
        Detour.Goal.Leads to = departure.get().to();
        call.variables().putChannel(HOPS, String.valueOf(hops), false);
        call.variables().putChannel("Call-Forward", "true", false);
        if (departure.get().keepsCallerId()) {
            call.variables().putChannel("Retain-CID", "true", false);
        } else {
            call.variables().caller(departure.get().shown());
        }
        call.variables().dials(to.number());
        call.variables().captured(to.match().captureGroup(), to.match().captureGroups());
        return Optional.of(new Next.Go(new Flow(to.flow().node(), to.flow().pointer())));
    }

    private RingPlan plan(List<Rung> named, Manner manner, boolean leadsOut) {
        List<RingTarget> targets = named.stream().map(Rung::target).toList();
        boolean isInTurn = manner.isInTurn || leadsOut;
        RingPlan plan = isInTurn ? RingPlan.inTurn(targets) : RingPlan.together(targets);
        plan = plan.withTimeout(manner.timeout);
        if (manner.ignoresEarlyMedia || named.stream().anyMatch(Rung::ignoresEarlyMedia)) {
            plan = plan.ignoringEarlyMedia();
        }
        if (manner.ringback.isPresent()) {
            plan = plan.withRingback(manner.ringback.get());
        }
        if (manner.failsOnReject) {
            plan = plan.withFatal(RingPlan.REJECTIONS);
        }
        if (manner.followsRedirects) {
            plan = plan.followingRedirects(this::elsewhere);
        }
        Optional<Sound> music = holdMusic();
        return music.isPresent() ? plan.withHoldMusic(music.get()) : plan;
    }

    /// With leg ids of their own, so that a leg's event tells which device it is about.
    private List<Rung> named(List<Rung> legs) {
        if (legs.isEmpty()) {
            return legs;
        }
        List<String> ids = call.ask(new Question.NewIds(legs.size())).ids();
        List<Rung> named = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            named.add(legs.get(i).named(ids.get(i)));
            String legId = ids.get(i);
            legs.get(i).callee().ifPresent(callee -> byLeg.put(legId, callee));
        }
        return named;
    }

    /// Whom a phone points to: the first of its addresses that leads to somebody.
    private List<RingTarget> elsewhere(LegEvent.Redirected redirected) {
        Optional<Callee> by = Optional.ofNullable(byLeg.get(redirected.legId()));
        int before = endpoints.reasons().size();
        for (String address : redirected.contacts()) {
            Matcher matcher = ADDRESS.matcher(address);
            if (by.isPresent() && matcher.matches()) {
                String number =
                        Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
                List<Rung> found = named(endpoints.redirected(by.get(), number));
                if (!found.isEmpty()) {
                    return found.stream().map(Rung::target).toList();
                }
            }
        }
        List<String> why = endpoints.reasons();
        call.notice(
                branches.pointer(),
                "a phone points to %s, where nobody rings: %s"
                        .formatted(
                                redirected.contacts(),
                                String.join("; ", why.subList(before, why.size()))));
        return List.of();
    }

    /// What a callee hears when the caller holds: the music of the caller's user, device or account.
    private Optional<Sound> holdMusic() {
        Papers papers = new Papers(call);
        Optional<Document> device = papers.find(Behalf.caller(call).deviceId(), "device");
        List<ObjectNode> holders = new ArrayList<>();
        call.variables()
                .owner()
                .flatMap(owner -> papers.find(owner, "user"))
                .ifPresent(user -> holders.add(user.body()));
        holders.add(device.map(Document::body).orElseGet(Json::object));
        holders.add(papers.account());
        return Callee.holdMusic(call, holders);
    }
}
