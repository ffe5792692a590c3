package fulcrum.action.carrier;

import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.call.CallEvent;
import fulcrum.call.Dial;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;
import fulcrum.directory.CarrierChoice;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.Settings;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Person;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A device dials a number that a flow sends out, and persons are the gateways: whoever is asked for `9+14155550199` at
/// a gateway is the person of that name.
final class CarrierTrial {
    static final String NUMBER = "+14155550199";
    static final String GATEWAYS = "'gateways':[{'server':'gw.example'}]";
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Scenario scenario = Scenario.scenario();
    private final List<Document> others = new ArrayList<>();
    private final List<Dial> dials = new ArrayList<>();
    private final List<Question<?>> questions = new ArrayList<>();
    private final List<ScriptedWorld> worlds = new ArrayList<>();
    private Settings settings = Settings.DEFAULT;
    private String device = "{}";
    private String account = "{}";

    /// The number leads to a flow.
    static CarrierTrial dialling(String number, String flow) {
        CarrierTrial trial = new CarrierTrial();
        trial.scenario.callflow("no_match", flow).comesFrom(Origin.device("d1"));
        trial.scenario.caller().calls(number);
        return trial;
    }

    /// The usual number leads to a node without children.
    static CarrierTrial of(String module, String data) {
        return dialling(NUMBER, node(module, data));
    }

    CarrierTrial local(String id, String body) {
        scenario.document("resource", id, json("{'name':'" + id + "'," + body + "}"));
        return this;
    }

    CarrierTrial global(String id, String body) {
        others.add(
                document(Scenario.ACCOUNT, "resource", id, "{'name':'" + id + "'," + body + "}")
                        .withHidden(Json.object().put(CarrierChoice.GLOBAL, true)));
        return this;
    }

    /// A document of another account.
    CarrierTrial foreign(String accountId, String type, String id, String body) {
        others.add(document(accountId, type, id, body));
        return this;
    }

    private static Document document(String account, String type, String id, String body) {
        return Document.fresh(account, type, id, Json.object(json(body)), BEGINNING);
    }

    CarrierTrial device(String body) {
        device = json(body);
        return this;
    }

    CarrierTrial account(String body) {
        account = json(body);
        return this;
    }

    CarrierTrial setting(String name, String value) {
        settings = settings.with(name, value);
        return this;
    }

    Scenario scenario() {
        return scenario;
    }

    Person person(String name) {
        return scenario.person(name);
    }

    Outcome plays() {
        scenario.document("device", "d1", device);
        scenario.document("account", Scenario.ACCOUNT, account);
        ScriptedDriver driver =
                ScriptedDriver.flows(Actions.catalog(), settings)
                        .journalled(facts -> new Notes())
                        .furnished(
                                (world, baton) -> {
                                    worlds.add(world);
                                    others.forEach(world.directory()::save);
                                });
        Outcome outcome = scenario.plays(driver);
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        return outcome;
    }

    /// Who was rung, as whom and with what, in order.
    List<Dial> dials() {
        return dials;
    }

    /// The request URIs that were rung, in order.
    List<String> uris() {
        return dials.stream().map(Dial::uri).toList();
    }

    Dial dial() {
        assertThat(dials).hasSize(1);
        return dials.getFirst();
    }

    /// What the world was asked.
    <Q extends Question<?>> List<Q> asked(Class<Q> kind) {
        return questions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static List<String> notices(Outcome outcome) {
        return outcome.notices().stream().map(CallEvent.Noticed::message).toList();
    }

    static List<String> alarms(Outcome outcome) {
        return outcome.events(CallEvent.Alarmed.class).stream()
                .map(alarm -> alarm.kind() + " " + alarm.message())
                .toList();
    }

    static ObjectNode data(String text) {
        return Json.object(json(text));
    }

    private final class Notes implements Journal {
        @Override
        public void arrived(Instant at, Value value) {
            // not looked at
        }

        @Override
        public void ordered(String legId, Order order) {
            // not looked at
        }

        @Override
        public void asked(long number, Question<?> question) {
            questions.add(question);
        }

        @Override
        public void dialled(Dial dial) {
            dials.add(dial);
        }

        @Override
        public void posted(String callId, Value value, boolean taken) {
            // not looked at
        }

        @Override
        public void gave(Value.TakeAsked asked, TakeResult result) {
            // not looked at
        }
    }
}
