package fulcrum.action.endpoint;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The devices behind the members of groups (callflow common facts, "Members of groups, users, devices").
///
/// A group is entered once, so groups that contain each other end. Where they are rung in turn, a group's members with
/// a weight go by it and those without follow; Kazoo forgets the latter, and one of two with the same weight.
final class Expansion {
    private final Papers papers;
    private final boolean byWeight;
    private final Consumer<String> reasons;
    private final Set<String> entered = new HashSet<>();

    /// @param reasons is told why there is nobody behind a member
    Expansion(Papers papers, boolean byWeight, Consumer<String> reasons) {
        this.papers = papers;
        this.byWeight = byWeight;
        this.reasons = reasons;
    }

    /// The devices of all these members; one with the same delay and time-out once.
    List<Member> devices(List<Member> members) {
        record Key(String id, Duration delay, Duration timeout) {}
        Set<Key> seen = new HashSet<>();
        return members.stream()
                .flatMap(member -> devices(member).stream())
                .filter(one -> seen.add(new Key(one.id(), one.delay(), one.timeout())))
                .toList();
    }

    private List<Member> devices(Member member) {
        return switch (type(member)) {
            case "device" -> List.of(member.as(member.id(), "device"));
            case "user" -> devicesOfUser(member);
            case "group" -> members(member);
            case "" -> {
                reasons.accept("there is no device, user or group '" + member.id() + "'");
                yield List.of();
            }
            case String other -> {
                reasons.accept("'" + other + "' cannot be a member of a group");
                yield List.of();
            }
        };
    }

    private String type(Member member) {
        return member.type().isEmpty()
                ? papers.find(member.id(), "").map(Document::type).orElse("")
                : member.type();
    }

    private List<Member> devicesOfUser(Member member) {
        if (papers.find(member.id(), "user").isEmpty()) {
            reasons.accept("there is no user '" + member.id() + "'");
            return List.of();
        }
        List<Document> devices = papers.devicesOf(member.id());
        if (devices.isEmpty()) {
            reasons.accept("the user " + member.id() + " has no device");
        }
        return devices.stream().map(device -> member.as(device.id(), "device")).toList();
    }

    private List<Member> members(Member group) {
        Optional<Document> document = papers.find(group.id(), "group");
        if (document.isEmpty()) {
            reasons.accept("there is no group '" + group.id() + "'");
            return List.of();
        }
        if (!entered.add(group.id())) {
            return List.of();
        }
        List<Member> members = new ArrayList<>(of(document.get()));
        if (byWeight) {
            members.sort(Comparator.comparing(one -> one.weight().orElse(Integer.MAX_VALUE)));
        }
        if (members.isEmpty()) {
            reasons.accept("the group " + group.id() + " is empty");
        }
        return members.stream()
                .map(one -> one.within(group))
                .flatMap(one -> devices(one).stream())
                .toList();
    }

    /// The members of a group document, in its order.
    static List<Member> of(Document group) {
        JsonNode endpoints = group.at("endpoints").orElseGet(Json::object);
        List<Member> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : endpoints.properties()) {
            members.add(Member.of(entry.getKey(), entry.getValue()));
        }
        return members;
    }

    /// The members of a group document as the `group` action rings them: devices, then users' devices, each once;
    /// groups in it are left out.
    List<Member> flat(Document group) {
        List<Member> members = of(group);
        List<Member> ordered = new ArrayList<>();
        for (String type : List.of("device", "user")) {
            members.stream().filter(one -> type(one).equals(type)).forEach(ordered::add);
        }
        members.stream()
                .filter(one -> !Set.of("device", "user").contains(type(one)))
                .forEach(one -> reasons.accept("'" + one.id() + "' is neither device nor user"));
        if (members.isEmpty()) {
            reasons.accept("the group " + group.id() + " is empty");
        }
        Set<String> seen = new LinkedHashSet<>();
        return ordered.stream()
                .flatMap(one -> devices(one).stream())
                .filter(one -> seen.add(one.id()))
                .toList();
    }
}
