package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent.MailWritten;
import fulcrum.call.Mail;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class MissedCallAlertTest {
    private static final String DESK = "{'recipients':[{'type':'email','id':'desk@example.com'}]}";

    private static Scenario calling(String data) {
        return calling(data, early("next"));
    }

    private static Scenario calling(String data, String next) {
        return Scenario.callTo(node("missed_call_alert", data, next))
                .comesFrom(Origin.carrier("c1"))
                .document("user", "u1", json("{'email':'ann@example.com'}"))
                .document("user", "u2", json("{'email':' bob@example.com '}"))
                .document("user", "u3", "{}")
                .document("device", "d1", json("{'email':'no@example.com'}"));
    }

    private static List<Mail> mails(Outcome outcome) {
        assertThat(outcome.crashes()).isEmpty();
        return outcome.events(MailWritten.class).stream().map(MailWritten::mail).toList();
    }

    private static List<Mail> mails(Scenario scenario) {
        return mails(Trial.of(scenario).call());
    }

    @Test
    void a_call_that_reached_nobody_is_told_at_its_end() {
        Scenario scenario =
                calling(DESK)
                        .document(
                                "account",
                                Scenario.ACCOUNT,
                                json("{'timezone':'America/New_York'}"))
                        .hears("next")
                        .waits(Duration.ofSeconds(1))
                        .hangsUp();
        Mail mail = mails(scenario).getFirst();
        assertThat(mail.kind()).isEqualTo("missed_call");
        assertThat(mail.to()).containsExactly("desk@example.com");
        assertThat(mail.subject()).isEqualTo("Missed call from Ann Lee (+14155550100)");
        assertThat(mail.text())
                .contains("From:   Ann Lee (+14155550100)")
                .contains("Caller: +14155550100@scenario.example")
                .contains("To:     12345@scenario.example")
                .contains("America/New_York")
                .contains("Ended:  ORIGINATOR_CANCEL (487)")
                .contains("Call:   call-1@caller");
    }

    @Test
    void it_is_told_whoever_ended_the_call() {
        assertThat(mails(calling(DESK))).hasSize(1);
        assertThat(mails(calling(DESK, node("response", "{'code':486}")))).hasSize(1);
        assertThat(mails(calling(DESK, node("answer", "{}", early("bye"))))).hasSize(1);
    }

    @Test
    void users_are_told_at_their_address_and_what_is_no_address_is_left_out() {
        String data =
                "{'recipients':[{'type':'user','id':['u1','u3','gone','d1']},{'type':'user','id':'u2'},"
                        + "{'type':'email','id':['a@example.com',' ','ann@example.com']},{'type':'fax','id':'x'},5]}";
        assertThat(mails(calling(data)).getFirst().to())
                .containsExactly("ann@example.com", "bob@example.com", "a@example.com");
    }

    @Test
    void nobody_to_tell_is_noticed() {
        for (String data : List.of("{'recipients':[]}", "{}", "{'recipients':'x'}")) {
            Trial trial = Trial.of(calling(data));
            assertThat(mails(trial.call())).isEmpty();
            assertThat(trial.notices()).singleElement().asString().contains("nobody to tell");
        }
    }

    @Test
    void only_callers_from_outside_are_told_of() {
        for (Origin origin : List.of(Origin.device("d1", "u1"), Origin.device("d1"))) {
            assertThat(mails(calling(DESK).comesFrom(origin))).isEmpty();
        }
        assertThat(mails(calling(DESK).comesFrom(Origin.UNKNOWN))).hasSize(1);
        Origin trunk = new Origin("t1", "sys_info", List.of(), false);
        assertThat(mails(calling(DESK).comesFrom(trunk))).hasSize(1);
    }

    @Test
    void the_same_alert_twice_is_one_mail_and_another_is_another() {
        assertThat(mails(calling(DESK, node("missed_call_alert", DESK)))).hasSize(1);
        String other = DESK.replace("desk", "door");
        assertThat(mails(calling(DESK, node("missed_call_alert", other)))).hasSize(2);
    }

    /// As the flow ends, what somebody did during it is noted.
    private static List<Mail> after(java.util.function.Consumer<fulcrum.call.Call> deed) {
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        return mails(
                calling(DESK)
                        .plays(
                                ScriptedDriver.of(
                                        call -> {
                                            interpreter.run(new FlowRouter().flowFor(call), call);
                                            deed.accept(call);
                                        })));
    }

    @Test
    void a_call_that_was_connected_or_left_a_message_is_not_missed() {
        assertThat(after(call -> call.variables().noteBridged())).isEmpty();
        assertThat(after(call -> call.variables().noteMessageLeft())).isEmpty();
        assertThat(after(call -> {})).hasSize(1);
    }

    @Test
    void a_caller_without_a_name_or_number_has_a_subject_too() {
        String flow = node("missed_call_alert", DESK);
        assertThat(mails(Scenario.callFrom("", "", flow)).getFirst().subject())
                .isEqualTo("Missed call from an unknown number");
        assertThat(mails(Scenario.callFrom("+1415", "+1415", flow)).getFirst().subject())
                .isEqualTo("Missed call from +1415");
    }
}
