package fulcrum.call;

import java.util.Optional;

/// What the caller hears while others ring: what a callee says before the answer, else the sound that the plan asks
/// for, else ringing. Ringing is a 180 as long as no sound flows to the caller, our own tone afterwards.
final class Ringback {
    /// Ringing as North America has it (ITU-T E.180, supplement 2).
    static final Sound TONE = new Sound.Tone("v=-16;%(2000,4000,440,480)");

    private final Call call;
    private final Dialer dialer;
    private final Optional<Sound> wanted;
    private long playback;
    private boolean ringing;
    private Optional<Leg> through = Optional.empty();

    Ringback(Call call, Dialer dialer, Optional<Sound> wanted) {
        this.call = call;
        this.dialer = dialer;
        this.wanted = wanted;
    }

    void begin() {
        wanted.ifPresent(
                sound -> {
                    ringing = true;
                    playback = dialer.playOn(call.leg(), sound);
                });
    }

    /// Somebody is being alerted.
    void rings() {
        if (ringing || through.isPresent()) {
            return;
        }
        ringing = true;
        if (call.hasSound()) {
            playback = dialer.playOn(call.leg(), TONE);
        } else {
            call.tell(new Order.Ring());
        }
    }

    /// A callee can be heard before the answer.
    void speaks(Leg callee) {
        if (through.isEmpty()) {
            stop();
            through = Optional.of(callee);
            call.tell(new Order.Connect(callee.id()));
            call.tell(new Order.Progress()); // in what the callee speaks
        }
    }

    /// A callee that was rung is gone.
    void left(Leg callee) {
        if (through.filter(callee::equals).isPresent()) {
            through = Optional.empty();
            ringing = false;
        }
    }

    /// Whether this is the end of what is played here; one that failed is replaced by ringing.
    boolean hears(LegEvent.PlaybackEnded ended) {
        if (ended.playback() != playback) {
            return false;
        }
        playback = 0;
        if (ended.outcome() == PlaybackOutcome.FAILED) {
            call.notice("", "the ringback could not be played: " + ended.reason());
            ringing = false;
            rings();
        }
        return true;
    }

    /// Ends what is played, since somebody else is to be heard.
    void stop() {
        if (playback > 0) {
            playback = 0;
            dialer.stop(call.leg());
        }
        ringing = false;
    }
}
