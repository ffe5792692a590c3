package fulcrum.loopback;

import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;
import fulcrum.sdk.Ending;
import fulcrum.sdk.Heard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A person of a scenario with a real phone in the hand.
final class Actor {
    private final String name;
    private final SoftPhone phone;
    private final List<Heard> heard = new ArrayList<>();
    private Optional<PhoneCall> call = Optional.empty();
    private Optional<Ear> ear = Optional.empty();
    private int keysMatched;

    Actor(String name, SoftPhone phone) {
        this.name = name;
        this.phone = phone;
    }

    String name() {
        return name;
    }

    SoftPhone phone() {
        return phone;
    }

    void has(PhoneCall newCall, TonePairs tones) {
        call = Optional.of(newCall);
        ear = Optional.of(new Ear(newCall.hearing(), tones));
        keysMatched = 0;
    }

    Optional<PhoneCall> call() {
        return call;
    }

    Optional<Ear> ear() {
        return ear;
    }

    void heard(Heard sound) {
        heard.add(sound);
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The keys that came since the last ones that were expected.
    String unmatched() {
        return call.map(PhoneCall::keys).orElse("").substring(keysMatched);
    }

    void matched(String keys) {
        keysMatched += keys.length();
    }

    Optional<Ending> ending() {
        return call.flatMap(PhoneCall::ending)
                .map(
                        how ->
                                new Ending(
                                        how.at(),
                                        how.status() == 0
                                                ? fulcrum.call.HangupCause.NORMAL_CLEARING
                                                : fulcrum.call.HangupCause.ofSipStatus(
                                                        how.status()),
                                        how.status(),
                                        !how.byThem(),
                                        how.status() == 0));
    }
}
