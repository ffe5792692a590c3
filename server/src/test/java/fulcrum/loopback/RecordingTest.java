package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.CallEvent;
import fulcrum.call.Leg;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.media.Clip;
import fulcrum.media.Spectrum;
import fulcrum.phone.Hearing;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records a caller on a real call and plays it back.
class RecordingTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void furnish(OpenHouse house, String flow) {
        ObjectNode account = Json.object();
        account.put("name", "office");
        account.put("realm", "office.example");
        house.directory().save(Document.fresh(ACCOUNT, "account", ACCOUNT, account, Instant.now()));
        ObjectNode device = Json.object();
        device.putObject("sip").put("username", "desk").put("password", "secret");
        house.directory()
                .save(Document.fresh(ACCOUNT, "device", "d".repeat(32), device, Instant.now()));
        ObjectNode callflow = Json.object();
        callflow.putArray("numbers").add("1");
        callflow.set("flow", Json.MAPPER.readTree(flow));
        house.directory()
                .save(Document.fresh(ACCOUNT, "callflow", "c".repeat(32), callflow, Instant.now()));
    }

    private static Clip hum(double frequency) {
        short[] samples = new short[8000 * 10];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8000 * Math.sin(2 * Math.PI * frequency * i / 8000));
        }
        return Clip.of(samples, 8000);
    }

    /// Whether a frequency is what is heard in some quarter of a second.
    private static boolean isHeard(Hearing hearing, double frequency) {
        Spectrum spectrum = new Spectrum(Hearing.SAMPLE_RATE, 2048);
        for (int at = 0; at + 2048 <= hearing.length(); at += 1024) {
            spectrum.measure(hearing.samples(at, at + 2048), 0);
            if (spectrum.totalPower() > 100_000
                    && Math.abs(spectrum.strongest() - frequency) < 10) {
                return true;
            }
        }
        return false;
    }

    @Test
    void what_a_caller_said_is_played_back_and_a_hang_up_while_recording_ends_the_call() {
        List<CallEvent> events = new CopyOnWriteArrayList<>();
        try (OpenHouse house = OpenHouse.open("all", events::add, sounds -> sounds)) {
            furnish(
                    house,
                    "{\"module\":\"answer\",\"data\":{},\"children\":{\"_\":"
                            + "{\"module\":\"wait_for_hangup\",\"data\":{}}}}");
            Login login = new Login("desk", "secret", "office.example", "Desk", house.sip());
            try (SoftPhone phone = SoftPhone.open(login)) {
                PhoneCall call = phone.call("1");
                assertThat(call.awaitAnswer(PATIENCE)).isTrue();
                call.say(hum(700).source(0));
                Leg leg = house.exchange().calls().leg(call.id()).orElseThrow();
                leg.tell(new Order.StartRecording("first", Duration.ofSeconds(1)));
                assertThat(call.hearing().awaitMoreThan(8000 * 2, PATIENCE)).isTrue();
                leg.tell(new Order.Play(1, new Sound.Recorded("first"), 1));
                assertThat(call.hearing().awaitMoreThan(8000 * 5, PATIENCE)).isTrue();
                assertThat(isHeard(call.hearing(), 700)).isTrue();

                leg.tell(new Order.StartRecording("second", Duration.ofMinutes(1)));
                assertThat(call.hearing().awaitMoreThan(8000 * 6, PATIENCE)).isTrue();
                call.hangUp();
                call.awaitEnd(PATIENCE);
            }
            awaitNobody(house);
            assertThat(events.stream().filter(CallEvent.Ended.class::isInstance)).hasSize(1);
            assertThat(house.exchange().paths()).isZero();
        }
    }

    private static void awaitNobody(OpenHouse house) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (house.exchange().switchboard().callCount() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(house.exchange().switchboard().callCount()).isZero();
        assertThat(house.exchange().switchboard().legCount()).isZero();
    }
}
