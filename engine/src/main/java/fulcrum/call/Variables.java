package fulcrum.call;

import fulcrum.call.CallFacts.Address;
import fulcrum.call.CallFacts.Party;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What changes on a call as its flow goes on: caller id, language, captured digits and the variables of Kazoo's names.
/// Survives from one pivot to the next. Only the call's own thread comes here.
public final class Variables {
    private final Map<String, String> channel = new TreeMap<>();
    private final ObjectNode application = Json.object();
    private final List<String> exported = new ArrayList<>();
    private final Set<String> exportedApplication = new LinkedHashSet<>();
    private Party caller;
    private String language;
    private Optional<String> captureGroup = Optional.empty();
    private Map<String, String> captureGroups = Map.of();
    private Optional<String> owner;
    private Address request;
    private Address to;
    private final Presentation presentation = new Presentation();
    private final ObjectNode skills = Json.object();
    private boolean bridged;
    private boolean messageLeft;
    private int pivots;

    Variables(CallFacts facts) {
        this.caller = facts.caller();
        this.language = facts.language();
        this.owner = facts.ownerIds().stream().findFirst();
        this.request = facts.request();
        this.to = facts.to();
        if (!facts.authorizingId().isEmpty()) {
            channel.put("Authorizing-ID", facts.authorizingId());
            channel.put("Authorizing-Type", facts.authorizingType());
        }
        channel.put("Account-ID", facts.accountId());
        if (!facts.ownerIds().isEmpty()) {
            channel.put("Owner-ID", facts.ownerIds().getFirst());
        }
    }

    public Party caller() {
        return caller;
    }

    public void caller(Party shown) {
        caller = shown;
    }

    /// The language for prompts and speech, such as `en-us`.
    public String language() {
        return language;
    }

    public void language(String tag) {
        language = tag;
    }

    /// Kazoo's custom channel variables, by name (`Call-Priority`), in the order of their names.
    public Map<String, String> channel() {
        return Collections.unmodifiableMap(channel);
    }

    /// A channel variable by its name in any case, `-` and `_` being the same.
    public Optional<String> channel(String name) {
        String wanted = normalised(name);
        return channel.entrySet().stream()
                .filter(entry -> normalised(entry.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String normalised(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// @param export also set it on legs that are dialled later
    public void putChannel(String name, String value, boolean export) {
        channel.put(name, value);
        if (export && !exported.contains(name)) {
            exported.add(name);
        }
    }

    /// Kazoo's custom application variables.
    public ObjectNode application() {
        return application;
    }

    /// Merges pairs into the application variables; a name that exists is replaced.
    ///
    /// @param export also set them on legs that are dialled later
    public void mergeApplication(ObjectNode pairs, boolean export) {
        application.setAll(pairs);
        if (export) {
            exportedApplication.addAll(pairs.propertyNames());
        }
    }

    /// The names of the application variables that legs dialled later carry, too, in the order first exported.
    public Set<String> exportedApplication() {
        return Collections.unmodifiableSet(exportedApplication);
    }

    public List<String> exported() {
        return Collections.unmodifiableList(exported);
    }

    /// Counts the pivots of this call, from 1; they are capped to stop handlers that ask for each other for ever.
    public int nextPivot() {
        return ++pivots;
    }

    /// What the callflow's pattern captured.
    public Optional<String> captureGroup() {
        return captureGroup;
    }

    public Map<String, String> captureGroups() {
        return captureGroups;
    }

    public void captured(Optional<String> group, Map<String, String> groups) {
        captureGroup = group;
        captureGroups = groups;
    }

    /// The user whose call it is: the calling device's owner, unless the flow named another.
    public Optional<String> owner() {
        return owner;
    }

    public void owner(String userId) {
        owner = Optional.of(userId);
    }

    /// Whom the call is for now: the request URI's user and host, unless the flow went on to another number.
    public Address request() {
        return request;
    }

    /// As [#request()], for the To header.
    public Address to() {
        return to;
    }

    /// Goes on to another number; the hosts stay.
    public void dials(String number) {
        request = new Address(number, request.host());
        to = new Address(number, to.host());
    }

    /// How the caller is shown on legs that are dialled later.
    public Presentation presentation() {
        return presentation;
    }

    /// What an agent must be able to do to be given this call (Kazoo: `cf_agent_skills`).
    public ObjectNode skills() {
        return skills;
    }

    /// Whether the caller has talked to somebody.
    public boolean wasBridged() {
        return bridged;
    }

    /// The caller talks to somebody.
    public void noteBridged() {
        bridged = true;
    }

    /// Whether the caller has left a voicemail message.
    public boolean hasLeftMessage() {
        return messageLeft;
    }

    public void noteMessageLeft() {
        messageLeft = true;
    }
}
