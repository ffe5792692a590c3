package fulcrum.app;

import fulcrum.media.AudioSource;
import fulcrum.media.WavWriter;
import fulcrum.phone.Hearing;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Makes one call with the built-in phone: presses keys once the other side falls silent, and stays until it is over.
final class Caller {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration RINGING = Duration.ofSeconds(90);
    private static final int SECOND = Hearing.SAMPLE_RATE;
    private static final int FRAME = SECOND / 50;

    /// Quieter than this is silence: about −50 dBm0.
    private static final double SILENT = 70;

    private final SoftPhone phone;
    private final Timeline timeline;

    /// What was heard, and how the call ended.
    ///
    /// @param status the SIP status that ended an unanswered call; 0 for an answered one
    record Report(
            boolean answered, int status, boolean byServer, double soundSeconds, Hearing hearing) {}

    Caller(SoftPhone phone, Timeline timeline) {
        this.phone = phone;
        this.timeline = timeline;
    }

    /// Calls a number.
    ///
    /// @param keys pressed 200 ms apart, the first one 500 ms after the sound first falls silent; `w` waits 500 ms
    /// @param say what is played to the other side
    Report call(String number, String keys, Optional<AudioSource> say) {
        PhoneCall call = phone.call(number);
        if (call.awaitAnswer(RINGING)) {
            say.ifPresent(call::say);
        } else if (!call.isOver() && !call.isSounding()) {
            call.hangUp();
        }
        if (!keys.isEmpty() && awaitSilence(call)) {
            press(call, keys);
        }
        if (call.awaitEnd(LONGEST).isEmpty()) {
            timeline.tell("phone    hangs up after " + LONGEST.toMinutes() + " minutes");
            call.hangUp();
        }
        PhoneCall.Ending ending =
                call.awaitEnd(Duration.ofSeconds(35))
                        .orElseThrow(() -> new IllegalStateException("the call does not end"));
        call.hearing().awaitMoreThan(Integer.MAX_VALUE - 1, Duration.ofSeconds(1));
        double seconds = soundSeconds(call.hearing());
        timeline.tell(
                ending.status() == 0
                        ? "phone    %s; heard %.1f s of sound"
                                .formatted(
                                        ending.byThem() ? "the server hung up" : "hung up", seconds)
                        : "phone    refused with %d; heard %.1f s of sound"
                                .formatted(ending.status(), seconds));
        return new Report(
                call.isAnswered(), ending.status(), ending.byThem(), seconds, call.hearing());
    }

    private void press(PhoneCall call, String keys) {
        for (char key : keys.toCharArray()) {
            if (call.isOver()) {
                return;
            }
            if (key == 'w' || key == 'W') {
                pause(Duration.ofMillis(500));
            } else {
                timeline.tell("phone    presses " + key);
                call.press(key);
                pause(Duration.ofMillis(200));
            }
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until sound was heard and then half a second of silence.
    ///
    /// @return false when the call ended first
    private static boolean awaitSilence(PhoneCall call) {
        Hearing hearing = call.hearing();
        boolean heard = false;
        int silentSince = 0;
        int at = 0;
        while (hearing.awaitMoreThan(at + FRAME, LONGEST)) {
            if (isSilent(hearing.samples(at, at + FRAME))) {
                if (heard && at + FRAME - silentSince >= SECOND / 2) {
                    return true;
                }
            } else {
                heard = true;
                silentSince = at + FRAME;
            }
            at += FRAME;
        }
        return false;
    }

    private static boolean isSilent(short[] frame) {
        double power = 0;
        for (short sample : frame) {
            power += (double) sample * sample;
        }
        return frame.length == 0 || Math.sqrt(power / frame.length) < SILENT;
    }

    private static double soundSeconds(Hearing hearing) {
        int frames = 0;
        for (int at = 0; at + FRAME <= hearing.length(); at += FRAME) {
            frames += isSilent(hearing.samples(at, at + FRAME)) ? 0 : 1;
        }
        return frames / 50.0;
    }

    /// Looks at keys that are to be pressed, before anybody is called.
    ///
    /// @throws BadSetting when one of them is none
    static String keys(String text) {
        if (!text.matches("[0-9*#A-Da-dWw]*")) {
            throw new BadSetting(
                    "--press: keys are 0 to 9, *, #, A to D, and w for half a second, was `"
                            + text
                            + "`");
        }
        return text;
    }

    /// Looks whether a WAV file could be written, before anybody is called.
    ///
    /// @throws BadSetting when it could not
    static Path writable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean can =
                Files.exists(file)
                        ? Files.isRegularFile(file) && Files.isWritable(file)
                        : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!can) {
            throw new BadSetting("--save: " + file + " cannot be written; choose another file");
        }
        return file;
    }

    /// Writes what was heard into a WAV file.
    static void save(Hearing hearing, Path file) {
        try (WavWriter wav = new WavWriter(file, Hearing.SAMPLE_RATE, 1)) {
            short[] samples = hearing.samples();
            wav.write(samples, 0, samples.length);
        }
    }
}
