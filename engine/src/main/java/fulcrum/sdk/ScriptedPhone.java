package fulcrum.sdk;

import fulcrum.call.Dial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The far end of the legs of one person: what the person heard, received and how it ended.
final class ScriptedPhone {
    private final String name;
    private final ScriptedWorld world;
    private final List<Heard> heard = new ArrayList<>();
    private final List<Dial> rung = new ArrayList<>();
    private final Deque<Heard> unheard = new ArrayDeque<>();
    private final StringBuilder received = new StringBuilder();
    private final StringBuilder matched = new StringBuilder();
    private Optional<ScriptedLeg> leg = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private Optional<Heard> hearing = Optional.empty();

    ScriptedPhone(String name, ScriptedWorld world) {
        this.name = name;
        this.world = world;
    }

    String name() {
        return name;
    }

    /// The person's present or last leg.
    Optional<ScriptedLeg> leg() {
        return leg;
    }

    /// The person's leg while it lives.
    Optional<ScriptedLeg> liveLeg() {
        return leg.filter(one -> !one.isGone());
    }

    void takesPart(ScriptedLeg newLeg) {
        leg = Optional.of(newLeg);
        ending = Optional.empty();
    }

    /// The person is rung.
    void takesPart(ScriptedLeg newLeg, Dial dial) {
        takesPart(newLeg);
        rung.add(dial);
    }

    /// As whom, with what the person was rung, in order.
    List<Dial> rung() {
        return rung;
    }

    void left(ScriptedLeg old, Ending how) {
        if (leg.filter(old::equals).isPresent()) {
            ending = Optional.of(how);
        }
        world.note(
                name
                        + (how.byPerson() ? " hangs up" : " is hung up on")
                        + (how.sipStatus() > 0 ? ": " + how.sipStatus() : "")
                        + " "
                        + how.cause());
    }

    Optional<Ending> ending() {
        return ending;
    }

    void hears(Heard sound) {
        if (Heard.isSilent(sound.sound())) {
            return;
        }
        hearing = Optional.of(sound);
        heard.add(sound);
        unheard.add(sound);
        world.note(name + " hears: " + sound.name());
    }

    /// The sound that played is over.
    void heardOut() {
        hearing = Optional.empty();
    }

    /// Whether this very sound still plays.
    boolean isHearing(Heard sound) {
        return hearing.filter(sound::equals).isPresent();
    }

    List<Heard> heard() {
        return heard;
    }

    /// What was heard and no step has asked about, oldest first.
    Deque<Heard> unheard() {
        return unheard;
    }

    void receives(String digits) {
        received.append(digits);
        world.note(name + " receives the keys " + digits);
    }

    String received() {
        return received.toString();
    }

    /// Received keys that no step has asked about.
    String unmatched() {
        return received.substring(matched.length());
    }

    void matched(String digits) {
        matched.append(digits);
    }
}
