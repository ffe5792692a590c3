package fulcrum.action.carrier;

import static fulcrum.action.carrier.CarrierTrial.NUMBER;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.call.Call;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Baton;
import fulcrum.sdk.JournalHeader;
import fulcrum.sdk.JournalText;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Replay;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.WrittenJournal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A call that went out can be written down and run again, and its carrier's password is not in what was written.
class CarrierReplayTest {
    private static void flows(Call call) {
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        interpreter.run(new FlowRouter().flowFor(call), call);
    }

    @Test
    void it_does_the_same_again_and_keeps_the_password_to_itself() {
        Scenario scenario =
                Scenario.scenario()
                        .callflow("no_match", node("resources", "{}"))
                        .comesFrom(Origin.device("d1"))
                        .document("account", Scenario.ACCOUNT, "{}")
                        .document(
                                "device", "d1", json("{'dial_plan':{'^(.{7})$':{'prefix':'415'}}}"))
                        .document(
                                "resource",
                                "own",
                                json(
                                        "{'name':'own','rules':['.*'],'gateways':["
                                                + "{'server':'g','prefix':'1',"
                                                + "'custom_sip_headers':{'X-B':'2','X-A':'1'}},"
                                                + "{'server':'g','prefix':'2','username':'u','password':'s3cret'}]}"));
        scenario.caller().calls("5550199");
        scenario.person("1" + NUMBER).isRinging().refuses(503);
        scenario.person("2" + NUMBER).isRinging().answers().hangsUp();
        List<WrittenJournal> journals = new ArrayList<>();
        scenario.plays(
                ScriptedDriver.of(CarrierReplayTest::flows)
                        .journalled(
                                facts -> {
                                    journals.add(
                                            new WrittenJournal(
                                                    JournalHeader.of(
                                                            "test",
                                                            Map.of(),
                                                            facts,
                                                            Baton.BEGINNING)));
                                    return journals.getLast();
                                }));
        WrittenJournal journal = journals.getFirst();
        String text = JournalText.write(journal.header(), journal.records());
        assertThat(text).contains("FindGateways").contains("MayGoOut").doesNotContain("s3cret");
        JournalText.Read read = JournalText.read(text);
        assertThat(Replay.run(read.header(), read.records(), CarrierReplayTest::flows)).isEmpty();
    }
}
