package fulcrum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

@Timeout(120)
class LinphoneTest {
    private static final double VOICE = 700;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder = Path.of("");

    /// Alone, so that nothing else can be answered; linphonec is the one peer here that knows SHA-256.
    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha-256"})
    void it_registers_is_heard_hears_and_its_keys_are_understood(String digest) {
        Program.require(Linphone.NAME);
        try (Office office = new Office(Map.of("sip-digest", digest))) {
            String id = office.phone("lin");
            try (Linphone phone = Linphone.start(folder, office.sipPlace(), "lin", VOICE)) {
                office.awaitContacts(id, 1, SOON, phone::output);
                phone.type("call sip:" + Office.NUMBER + "@" + Office.REALM);
                office.handler().await("/record", SOON);
                for (String key : "12#".split("")) {
                    phone.type(key);
                }
                assertThat(office.handler().await("/digits", SOON))
                        .containsEntry("Digits[keys]", "12");
                office.awaitQuiet(SOON);
                phone.awaitOutput("ended", 20);
                Office.assertHeard(tone -> Tones.heard(phone.heard(), tone), VOICE);
            }
            assertThat(office.ended()).singleElement().matches(call -> !call.byCaller());
        }
    }
}
