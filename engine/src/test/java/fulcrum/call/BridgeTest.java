package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Person;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Two who talk: hold and its music, keys, and devices with several contacts.
class BridgeTest {
    private final Scenario scenario = Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
    private final Person bob = scenario.person("bob");
    private final Person carol = scenario.person("carol");

    private static RingTarget to(String person) {
        Dial.Caller ann = Dial.Caller.of("Ann Lee", "+14155550100");
        return RingTarget.of(Dial.to("sip:" + person + "@x", Scenario.ACCOUNT, ann));
    }

    private void plays(RingPlan plan) {
        scenario.plays(
                ScriptedDriver.of(
                        call -> {
                            DialResult result = call.ring(plan);
                            assertThat(result).isInstanceOf(DialResult.Answered.class);
                            if (result instanceof DialResult.Answered answered) {
                                call.bridge(answered.leg(), answered.music());
                            }
                            call.play(new Sound.Media("after"), 1, Set.of());
                        }));
    }

    @Test
    void who_is_put_on_hold_hears_the_holders_music_until_it_is_over() {
        bob.isRinging().answers().isBridgedTo(scenario.caller()).holds();
        scenario.hears("bobs-music").waits(Duration.ofSeconds(20));
        bob.resumes().says("back again").hangsUp();
        scenario.hears("back again").hears("after");
        RingTarget target = to("bob").withHoldMusic(new Sound.Media("bobs-music"));
        plays(RingPlan.together(List.of(target)));
    }

    @Test
    void keys_of_a_conversation_are_not_the_flows_early_keys() {
        bob.isRinging().answers().isBridgedTo(scenario.caller());
        scenario.presses("12");
        bob.presses("3").hangsUp();
        List<String> early = new ArrayList<>();
        ScriptedDriver driver =
                ScriptedDriver.of(
                        call -> {
                            if (call.ring(RingPlan.together(List.of(to("bob"))))
                                    instanceof DialResult.Answered answered) {
                                call.bridge(answered.leg());
                            }
                            call.keepEarlyKeys();
                            early.add(call.digits().takeEarly());
                        });
        scenario.plays(driver);
        assertThat(early).containsExactly("");
    }

    @Test
    void a_device_is_rung_at_every_contact_it_has_registered() {
        scenario.registers("bob", "desk").registers("carol", "desk");
        List<Contact> contacts = new ArrayList<>();
        scenario.plays(
                ScriptedDriver.of(
                        call ->
                                contacts.addAll(
                                        call.ask(new Question.Contacts(Scenario.ACCOUNT, "desk"))
                                                .contacts())));
        assertThat(contacts).extracting(Contact::binding).containsExactly("bob", "carol");
        bob.isRinging();
        carol.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        Dial.Caller ann = Dial.Caller.of("Ann", "100");
        plays(
                RingPlan.together(
                        contacts.stream()
                                .map(contact -> Dial.to(contact, Scenario.ACCOUNT, ann))
                                .map(dial -> dial.withUri("sip:route@elsewhere"))
                                .map(RingTarget::of)
                                .toList()));
    }
}
