package fulcrum.sdk;

import fulcrum.call.Contact;
import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The persons of a scenario as those who are rung: by name, or as a phone of a registered device.
final class Callees {
    private final ScriptedWorld world;
    private final Stage stage;

    Callees(ScriptedWorld world, Stage stage) {
        this.world = world;
        this.stage = stage;
    }

    /// Where a device is registered: one contact for each person who has a phone of it.
    List<Contact> contacts(String deviceId) {
        return stage.registrations().entrySet().stream()
                .filter(entry -> entry.getValue().equals(deviceId))
                .map(Map.Entry::getKey)
                .map(name -> new Contact("sip:" + name + "@phone.example", name, "", false))
                .toList();
    }

    /// A binding is a person's name; without one the user of the address is.
    private static String person(Dial dial) {
        return dial.binding().isEmpty()
                ? dial.uri().replaceFirst("^sips?:", "").replaceAll("[@;].*$", "")
                : dial.binding();
    }

    /// Rings the person; one who is not in the scenario is answered for with 404.
    Leg ring(Dial dial, String callId) {
        String name = person(dial);
        boolean known = world.phones().containsKey(name);
        Robot robot = stage.robots().get(name);
        boolean busy = robot != null && world.phone(name).liveLeg().isPresent();
        ScriptedPhone phone = known && !busy ? world.phone(name) : new ScriptedPhone(name, world);
        ScriptedLeg leg =
                new ScriptedLeg(world, phone, LegCard.outgoing(dial, callId, world.baton().now()));
        world.calls().seated(leg, callId);
        if (busy) {
            soon(leg, Duration.ZERO, () -> leg.peerLeaves(HangupCause.USER_BUSY, 486));
        } else if (known) {
            phone.takesPart(leg, dial);
            if (!stage.unreachable().contains(name)) {
                soon(leg, Duration.ZERO, leg::ringing);
            }
            if (robot != null) {
                soon(leg, robot.answersAfter(), leg::up);
                soon(
                        leg,
                        robot.answersAfter().plus(robot.talks()),
                        () -> leg.peerLeaves(HangupCause.NORMAL_CLEARING, 0));
            }
        } else {
            soon(leg, Duration.ZERO, () -> leg.peerLeaves(HangupCause.UNALLOCATED_NUMBER, 404));
        }
        return leg;
    }

    private void soon(ScriptedLeg leg, Duration delay, Runnable work) {
        world.after(delay, leg.id(), work);
    }
}
