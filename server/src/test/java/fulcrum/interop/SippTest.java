package fulcrum.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fulcrum.call.CallEvent;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

@Timeout(180)
class SippTest {
    private static final Path PCAPS = Path.of("/usr/share/sip-tester");
    private static final double VOICE = 700;
    private static final Duration SOON = Duration.ofSeconds(15);

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Office office;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void open() {
        Program.require(Sipp.NAME);
        office = new Office();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // there is none when SIPp is missing
    static void close() {
        if (office != null) {
            office.close();
        }
    }

    @BeforeEach
    void begin() {
        office.ended();
    }

    @Test
    void five_calls_of_sipps_uac_come_in_from_a_carriers_address() {
        Sipp.Run run =
                Sipp.run(
                        folder,
                        office.sipPlace(),
                        60,
                        port -> {
                            office.carrierAt(port);
                            return List.of(
                                    "-sn",
                                    "uac",
                                    "-s",
                                    Office.CARRIER_NUMBER,
                                    "-m",
                                    "5",
                                    "-l",
                                    "5",
                                    "-r",
                                    "10",
                                    "-d",
                                    "800");
                        });
        assertThat(run.code()).as(run.output()).isZero();
        office.awaitQuiet(SOON);
        assertThat(office.ended())
                .hasSize(5)
                .allSatisfy(
                        call -> {
                            assertThat(call.facts().authorizingType()).isEqualTo("resource");
                            assertThat(call.answered()).isPresent();
                            assertThat(call.byCaller()).isTrue();
                        });
    }

    @Test
    void a_call_from_an_address_that_is_no_carriers_is_refused() {
        Sipp.Run run =
                Sipp.run(
                        folder,
                        office.sipPlace(),
                        60,
                        port -> List.of("-sn", "uac", "-s", Office.CARRIER_NUMBER, "-m", "1"));
        assertThat(run.code()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("SIP/2.0 403");
        office.awaitQuiet(SOON);
        assertThat(office.ended()).isEmpty();
    }

    @Test
    void the_key_that_sipps_uac_pcap_sends_is_understood() throws IOException {
        Path pcaps = Files.createDirectory(folder.resolve("pcap"));
        for (String name : List.of("g711a.pcap", "dtmf_2833_1.pcap")) {
            Files.copy(PCAPS.resolve(name), pcaps.resolve(name));
        }
        Sipp.Run run =
                Sipp.run(
                        folder,
                        office.sipPlace(),
                        60,
                        port -> {
                            office.carrierAt(port);
                            return List.of(
                                    "-sn", "uac_pcap", "-s", Office.CARRIER_NUMBER, "-m", "1");
                        });
        assumeFalse(
                run.lacksRawSockets() && !Program.isEachRequired(),
                "SIPp may not send packets of its own making here");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(office.handler().await("/key", SOON)).containsEntry("Digits[keys]", "1");
        office.awaitQuiet(SOON);
        assertThat(office.ended()).singleElement().matches(CallEvent.Ended::byCaller);
    }

    @Test
    void a_phone_registers_calls_holds_presses_keys_and_unregisters() {
        String id = office.phone("ada");
        assertThat(play("register", "ada", 9).code()).isZero();
        assertThat(office.contacts(id)).hasSize(1);
        callAs("ada", "call", Office.NUMBER);
        assertThat(play("unregister", "ada", 9).code()).isZero();
        assertThat(office.contacts(id)).isEmpty();
    }

    @Test
    void a_phone_that_answers_our_offer_is_heard_and_understood() {
        office.phone("eve");
        callAs("eve", "late-offer", Office.NUMBER);
    }

    @Test
    void a_phone_that_requires_reliable_early_responses_gets_them() {
        office.phone("max");
        callAs("max", "prack", Office.EARLY_NUMBER);
    }

    private Sipp.Run play(String scenario, String user, int soundPort, String... more) {
        Sipp.Run run =
                Sipp.run(
                        folder,
                        office.sipPlace(),
                        60,
                        port -> Sipp.scenario(scenario, user, soundPort, more));
        assertThat(run.code()).as(run.output()).isZero();
        return run;
    }

    /// Plays a scenario that calls a number of the office; there must be sound both ways, and the keys must arrive.
    private void callAs(String user, String scenario, String number) {
        try (SoundEnd sound = new SoundEnd(VOICE)) {
            String target = number + "@" + office.sipPlace();
            play(scenario, user, sound.port(), "-s", number, "-auth_uri", target);
            assertThat(office.handler().await("/digits", SOON)).containsEntry("Digits[keys]", "12");
            office.awaitQuiet(SOON);
            Office.assertHeard(
                    frequency -> Tones.heard(sound.heard(), Tones.RATE, frequency), VOICE);
        }
        assertThat(office.ended())
                .singleElement()
                .matches(call -> !call.byCaller())
                .matches(call -> call.facts().authorizingType().equals("device"));
    }
}
