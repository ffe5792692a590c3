package fulcrum.action.endpoint;

import fulcrum.action.CallerId;
import fulcrum.action.MergedEndpoint;
import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Confirmation;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Flow;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Collects whom one attempt rings, and why others are not rung.
///
/// 1. An endpoint that something speaks against (unknown, switched off, not to be disturbed, the caller's own) is left
///    out.
/// 2. One that forwards is replaced by where its number leads, or joined by it.
/// 3. One that is in a call and takes no second one counts as busy; one that is registered nowhere as not registered.
///
/// A number that leads to people is rung with the rights of the endpoint that forwards. One that leads to something
/// else (a menu, a voicemail box, a carrier) takes the caller there when nobody else is to be rung.
///
/// Waits for the directory: for the call's thread.
public final class Endpoints {
    /// How long whoever is forwarded to has for the key (Kazoo: `kz_endpoint_v5`).
    private static final Duration FOR_THE_KEY = Duration.ofSeconds(3);

    private final Call call;
    private final Source source;
    private final String ringtone;
    private final Papers papers;
    private final Detour detour;
    private final Behalf behalf;
    private final List<Rung> rung = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Optional<Departure> departure = Optional.empty();
    private boolean hasBusy;
    private boolean hasAbsent;

    /// Where a number leads that is nobody to be rung.
    ///
    /// @param keepsCallerId whether the caller's own id is shown further on
    record Departure(Detour.Goal.Leads to, Party shown, boolean keepsCallerId) {}

    /// Who sends calls on: a device, or a user whose devices are not asked.
    ///
    /// @param deviceId empty for a user
    private record Sender(String name, String deviceId, List<String> ownerIds, Party ownId) {
        static Sender of(Callee callee) {
            String name = "the device " + callee.id();
            return new Sender(name, callee.id(), callee.ownerIds(), callee.ownId());
        }
    }

    /// @param ringtone takes the place of the devices' own; empty for none
    public Endpoints(Call call, Source source, String ringtone) {
        this.call = call;
        this.source = source;
        this.ringtone = ringtone;
        this.papers = new Papers(call);
        this.detour = new Detour(call, papers);
        this.behalf = Behalf.caller(call);
    }

    private Endpoints(Endpoints outer, Source source, Behalf behalf) {
        this.call = outer.call;
        this.source = source;
        this.ringtone = outer.ringtone;
        this.papers = outer.papers;
        this.detour = outer.detour;
        this.behalf = behalf;
    }

    List<Rung> rung() {
        return List.copyOf(rung);
    }

    /// Why those who are not rung are not.
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    Optional<Departure> departure() {
        return departure;
    }

    /// Whether all legs go out through carriers to one number.
    boolean onlyLeadOut() {
        return rung.stream().allMatch(leg -> leg.callee().isEmpty())
                && rung.stream().map(Rung::outward).distinct().count() < 2;
    }

    /// Whether somebody would have been rung who is busy.
    boolean hasBusy() {
        return hasBusy;
    }

    /// Whether somebody would have been rung whose phone is not there.
    boolean hasAbsent() {
        return hasAbsent;
    }

    /// Adds a device, with what its forwarding leads to.
    public void addDevice(Member member) {
        Optional<Document> found = papers.find(member.id(), "device");
        if (found.isEmpty()) {
            reasons.add("there is no device '" + member.id() + "'");
            return;
        }
        Callee callee = new Callee(call, papers, found.get());
        Sender sender = Sender.of(callee);
        Optional<String> obstacle = callee.obstacle(behalf, member, source);
        if (obstacle.isPresent()) {
            reasons.add(sender.name + " " + obstacle.get());
            return;
        }
        ForwardRule rule = ForwardRule.of(found.get());
        if (rule.isActive(source)) {
            forward(sender, rule, member);
        }
        if (!rule.isActive(source) || !rule.substitutes()) {
            addLegs(callee, sender, rule, member);
        }
    }

    private void addLegs(Callee callee, Sender sender, ForwardRule rule, Member member) {
        if (callee.isBusy()) {
            hasBusy = true;
            reasons.add(sender.name + " is in a call and takes no second one");
            return;
        }
        List<Rung> legs = callee.legs(member, behalf.caller(), ringtone);
        rung.addAll(legs);
        if (legs.isEmpty() && !rule.isActive(source) && rule.isSpare(source)) {
            forward(sender, rule, member);
        } else if (legs.isEmpty()) {
            hasAbsent = true;
            absent(callee, sender, member);
        }
    }

    private void absent(Callee callee, Sender sender, Member member) {
        Optional<String> mobile =
                callee.device()
                        .text("mobile", "mdn")
                        .filter(number -> callee.device().text("sip", "username").isEmpty());
        if (mobile.isPresent()) {
            hasAbsent = false;
            followed(sender, mobile.get(), true, member).forEach(rung::add);
        } else {
            reasons.add(sender.name + " is not registered");
        }
    }

    /// Adds a user's devices, or what his forwarding leads to.
    public void addUser(Member member) {
        Optional<Document> user = papers.find(member.id(), "user");
        if (user.isEmpty()) {
            reasons.add("there is no user '" + member.id() + "'");
            return;
        }
        Sender sender = sender(user.get());
        Optional<String> obstacle = obstacle(user.get(), member);
        if (obstacle.isPresent()) {
            reasons.add(sender.name + " " + obstacle.get());
            return;
        }
        ForwardRule rule = ForwardRule.of(user.get());
        if (rule.isActive(source)) {
            forward(sender, rule, member);
        }
        if (!rule.isActive(source) || !rule.substitutes()) {
            addDevicesOf(sender, rule, member);
        }
    }

    private void addDevicesOf(Sender sender, ForwardRule rule, Member member) {
        int before = rung.size();
        List<Document> devices = papers.devicesOf(member.id());
        devices.forEach(device -> addDevice(member.as(device.id(), "device")));
        if (devices.isEmpty()) {
            reasons.add(sender.name + " has no device");
        }
        boolean isThere = rung.size() > before || hasBusy || departure.isPresent();
        if (!isThere && !rule.isActive(source) && rule.isSpare(source)) {
            hasAbsent = false;
            forward(sender, rule, member);
        }
    }

    private Sender sender(Document user) {
        Party ownId =
                Callee.ownId(
                        MergedEndpoint.of(Json.object(), user.body(), papers.account()),
                        call.variables().caller());
        return new Sender("the user " + user.id(), "", List.of(user.id()), ownId);
    }

    private Optional<String> obstacle(Document user, Member member) {
        if (behalf.ownerIds().contains(user.id()) && !member.canCallSelf()) {
            return Optional.of("is the one who calls");
        }
        if (Callee.isOff(user)) {
            return Optional.of("is switched off");
        }
        boolean silent =
                Stream.of(user.body(), papers.account())
                        .anyMatch(one -> Json.flag(one, "do_not_disturb", "enabled"));
        return silent ? Optional.of("does not want to be disturbed") : Optional.empty();
    }

    /// Adds the members of a group document as the `group` action rings them.
    public void addGroup(Document group) {
        new Expansion(papers, false, reasons::add).flat(group).forEach(this::addDevice);
    }

    /// The devices behind members of a ring group.
    ///
    /// @param byWeight whether members of group documents go by their weights
    List<Member> expanded(List<Member> members, boolean byWeight) {
        return new Expansion(papers, byWeight, reasons::add).devices(members);
    }

    /// Notes why somebody is not rung.
    void leftOut(String reason) {
        reasons.add(reason);
    }

    private void forward(Sender sender, ForwardRule rule, Member member) {
        Optional<Departure> before = departure;
        List<Rung> legs = followed(sender, rule.number(), rule.keepsCallerId(), member);
        boolean leadsOut = departure.filter(one -> Outside.isMeant(one.to().flow())).isPresent();
        if (leadsOut && rule.needsKeypress()) {
            departure = before; // whoever is reached there must press the key first
        }
        for (Rung leg : legs) {
            Rung forwarded = leg.forwarded();
            rung.add(rule.needsKeypress() ? forwarded.confirmed(confirmation()) : forwarded);
        }
    }

    private Confirmation confirmation() {
        Sound prompt =
                new Sound.Prompt(
                        call.facts().accountId(), "ivr-group_confirm", call.variables().language());
        return new Confirmation(prompt, '1', FOR_THE_KEY);
    }

    /// Whom a device rings that answered with another address (302): the number in it, with the device's rights.
    List<Rung> redirected(Callee by, String number) {
        Member plain = Member.of(by.id(), Json.object());
        return followed(Sender.of(by), number, true, plain).stream().map(Rung::forwarded).toList();
    }

    private List<Rung> followed(Sender sender, String number, boolean keepsId, Member member) {
        String way = sender.name + " sends the call on to " + number;
        CallerId shown = keepsId ? CallerId.kept(call) : CallerId.forwarding(call, sender.ownId);
        return switch (detour.goal(number, sender.deviceId, sender.ownerIds)) {
            case Detour.Goal.Nowhere nowhere -> {
                reasons.add(way + ": " + nowhere.reason());
                yield List.of();
            }
            case Detour.Goal.Leads leads -> {
                Behalf sent = new Behalf(sender.deviceId, List.of(), shown.caller());
                Endpoints inner = new Endpoints(this, source(leads.flow()), sent);
                if (!inner.addFirst(leads, member)) {
                    Party party = new Party(shown.name(), shown.number());
                    departure = Optional.of(new Departure(leads, party, keepsId));
                }
                inner.reasons.forEach(reason -> reasons.add(way + ": " + reason));
                departure = departure.or(() -> inner.departure);
                hasBusy |= inner.hasBusy;
                hasAbsent |= inner.hasAbsent;
                yield inner.rung();
            }
        };
    }

    private static Source source(Flow flow) {
        return switch (flow.module()) {
            case "user" -> Source.USER;
            case "group" -> Source.GROUP;
            case "ring_group" -> Source.RING_GROUP;
            default -> Source.DEVICE;
        };
    }

    /// Adds whom a flow rings first, with delay and time-out of whoever sent the call on.
    ///
    /// @return false when the caller could go there himself: it leads to a carrier, or to nobody who rings
    private boolean addFirst(Detour.Goal.Leads leads, Member sender) {
        Flow flow = leads.flow();
        JsonNode data = flow.data();
        if (Outside.isMeant(flow)) {
            Outside outside = new Outside(call, behalf.caller());
            rung.addAll(outside.legs(leads.number(), flow, sender, reasons));
            return false;
        }
        Member first = Member.of(Json.text(data, "id").orElse(""), data).timedAs(sender);
        switch (flow.module()) {
            case "device" -> addDevice(first);
            case "user" -> addUser(first);
            case "group", "ring_group" -> addMembers(first, data, sender);
            default -> {
                reasons.add("that is nobody who can be rung beside others");
                return false;
            }
        }
        return true;
    }

    private void addMembers(Member group, JsonNode data, Member sender) {
        List<Member> members = new ArrayList<>();
        data.path("endpoints").forEach(one -> members.add(Member.of(one)));
        if (members.isEmpty()) {
            members.add(group.as(group.id(), "group"));
        }
        for (Member device : expanded(members, false)) {
            addDevice(device.timedAs(sender));
        }
    }
}
