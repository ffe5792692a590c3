package fulcrum.loopback;

import fulcrum.app.OpenHouse;
import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.CallFacts;
import fulcrum.call.Journal;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;
import fulcrum.sdk.Driver;
import fulcrum.sdk.Ending;
import fulcrum.sdk.Heard;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.Stage;
import fulcrum.sdk.StepFailed;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Plays scenarios over real SIP and RTP: a whole server, a real web server, and a phone for each person.
///
/// Time is real, and sounds are pairs of tones (see [TonePairs]). One scenario at a time; each begins with an empty
/// account.
final class LoopbackDriver implements Driver, AutoCloseable {
    private static final List<String> TYPES =
            List.of("device", "callflow", "user", "group", "menu", "media", "number", "resource");
    private static final Duration ENDING = Duration.ofSeconds(90);

    private final LoopbackWeb web = new LoopbackWeb();
    private final TonePairs tones = new TonePairs(web::inward);
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final OpenHouse house;

    LoopbackDriver() {
        this(facts -> Journal.NONE);
    }

    /// @param journals keeps what enters each call's inbox
    LoopbackDriver(Function<CallFacts, Journal> journals) {
        this(journals, body -> body);
    }

    /// @param carrying puts something in place of the flows that calls carry out
    LoopbackDriver(Function<CallFacts, Journal> journals, UnaryOperator<Consumer<Call>> carrying) {
        house =
                OpenHouse.open(
                        web.place(), events::add, sounds -> tones, journals, Map.of(), carrying);
    }

    OpenHouse house() {
        return house;
    }

    @Override
    public Outcome run(Scenario scenario) {
        Stage stage = scenario.stage();
        events.clear();
        web.on(stage);
        tones.on(stage);
        furnish(stage);
        Map<String, Actor> actors = new LinkedHashMap<>();
        try {
            for (String person : scenario.persons()) {
                Login login = login(stage, person, stage.origins().get(person));
                SoftPhone phone = SoftPhone.open(login);
                actors.put(person, new Actor(person, phone));
                if (stage.registrations().containsKey(person)) {
                    register(person, phone);
                }
            }
            placeGateways(stage, actors);
            new Play(actors, web, tones, house.exchange()).carryOut(scenario.steps());
            awaitEnd(actors);
            return outcome(actors);
        } finally {
            stage.registrations().keySet().stream()
                    .flatMap(person -> Optional.ofNullable(actors.get(person)).stream())
                    .forEach(actor -> actor.phone().register(Duration.ZERO));
            actors.values().forEach(actor -> actor.phone().close());
        }
    }

    /// The gateways of carriers are where the person is who is named by a number.
    private void placeGateways(Stage stage, Map<String, Actor> actors) {
        Optional<Actor> outside =
                actors.values().stream().filter(actor -> actor.name().startsWith("+")).findFirst();
        for (Document document : stage.documents()) {
            String body = document.body().toString();
            if (outside.isPresent() && body.contains(Scenario.GATEWAY)) {
                String placed = body.replace(Scenario.GATEWAY, outside.get().phone().place());
                house.directory().remove(document.accountId(), document.id());
                house.directory().save(document.withBody(Json.object(placed)));
            }
        }
    }

    private void furnish(Stage stage) {
        Directory directory = house.directory();
        String account = stage.accountId();
        for (String type : TYPES) {
            directory.all(account, type).forEach(old -> directory.remove(account, old.id()));
        }
        directory.remove(account, account);
        ObjectNode body = Json.object();
        body.put("name", "scenario");
        body.put("realm", stage.realm());
        directory.save(Document.fresh(account, "account", account, body, Instant.now()));
        for (Document document : stage.documents()) {
            directory.remove(account, document.id());
            directory.save(document.withBody(Json.object(web.outward(document.body().toString()))));
        }
        int number = 0;
        for (Map.Entry<String, String> callflow : stage.callflows().entrySet()) {
            ObjectNode flow = Json.object();
            flow.putArray("numbers").add(callflow.getKey());
            flow.set("flow", Json.MAPPER.readTree(web.outward(callflow.getValue())));
            String id = "c".repeat(24) + String.format("%08x", ++number);
            directory.save(Document.fresh(account, "callflow", id, flow, Instant.now()));
        }
    }

    private static void register(String person, SoftPhone phone) {
        int status = phone.register(Duration.ofMinutes(10));
        if (status != 200) {
            throw new StepFailed(person + " could not register: " + status);
        }
    }

    private Login login(
            Stage stage, String person, @org.jspecify.annotations.Nullable Origin origin) {
        String account = stage.accountId();
        String id = deviceId(stage, person, origin);
        ObjectNode device =
                house.directory()
                        .find(account, id)
                        .map(known -> Json.object(known.body().toString()))
                        .orElseGet(Json::object);
        device.put("name", person);
        ObjectNode sip = device.withObject("/sip");
        String username = sip.path("username").asString(person);
        String password = sip.path("password").asString("secret-" + person);
        sip.put("username", username).put("password", password);
        if (origin != null) {
            origin.ownerIds().stream()
                    .findFirst()
                    .ifPresent(owner -> device.put("owner_id", owner));
        }
        house.directory().remove(account, id);
        house.directory().save(Document.fresh(account, "device", id, device, Instant.now()));
        return new Login(username, password, stage.realm(), person, house.sip());
    }

    private static String deviceId(
            Stage stage, String person, @org.jspecify.annotations.Nullable Origin origin) {
        if (origin != null && origin.authorizingType().equals("device")) {
            return origin.authorizingId();
        }
        String usual = "d".repeat(24) + String.format("%08x", person.hashCode());
        return stage.registrations().getOrDefault(person, usual);
    }

    private void awaitEnd(Map<String, Actor> actors) {
        for (Actor actor : actors.values()) {
            Optional<PhoneCall> call = actor.call();
            if (call.isPresent() && call.get().awaitEnd(ENDING).isEmpty()) {
                throw new StepFailed(actor.name() + "'s call does not come to its end");
            }
        }
        long end = System.nanoTime() + ENDING.toNanos();
        while (house.exchange().switchboard().callCount() > 0 || house.exchange().paths() > 0) {
            if (System.nanoTime() > end) {
                throw new StepFailed("a call or its RTP ports are left over in the server");
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private Outcome outcome(Map<String, Actor> actors) {
        Map<String, Ending> endings = new LinkedHashMap<>();
        Map<String, List<Heard>> heard = new LinkedHashMap<>();
        Map<String, String> received = new LinkedHashMap<>();
        for (Actor actor : actors.values()) {
            actor.ending().ifPresent(ending -> endings.put(actor.name(), ending));
            heard.put(actor.name(), actor.heard());
            received.put(actor.name(), actor.call().map(PhoneCall::keys).orElse(""));
        }
        return new Outcome(
                Map.of(),
                lasted(),
                web.requests(),
                endings,
                heard,
                received,
                List.copyOf(events),
                List.of(),
                List.of());
    }

    private Duration lasted() {
        List<Instant> times = new ArrayList<>();
        for (CallEvent event : events) {
            if (event instanceof CallEvent.Ended ended) {
                times.add(ended.started());
                times.add(ended.at());
            }
        }
        return times.isEmpty() ? Duration.ZERO : Duration.between(times.get(0), times.get(1));
    }

    @Override
    public void close() {
        house.close();
        web.close();
    }
}
