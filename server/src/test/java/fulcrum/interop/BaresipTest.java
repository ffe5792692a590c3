package fulcrum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.secure.TestAuthority;
import fulcrum.sip.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

@Timeout(120)
class BaresipTest {
    private static final double VOICE = 700;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder = Path.of("");

    @Test
    void it_registers_is_heard_hears_and_its_keys_are_understood() {
        Program.require(Baresip.NAME);
        try (Office office = new Office()) {
            String id = office.phone("bea");
            try (Baresip phone = Baresip.start(folder, office.sipPlace(), "bea", VOICE)) {
                office.awaitContacts(id, 1, SOON, phone::output);
                phone.tell("dial", "sip:" + Office.NUMBER + "@" + Office.REALM);
                office.handler().await("/record", SOON);
                for (String key : "12#".split("")) {
                    phone.tell("sndcode", key);
                }
                assertThat(office.handler().await("/digits", SOON))
                        .containsEntry("Digits[keys]", "12");
                office.awaitQuiet(SOON);
                phone.awaitOutput("terminated", 20);
                Office.assertHeard(tone -> Tones.heard(phone.heard(), tone), VOICE);
            }
            assertThat(office.ended()).singleElement().matches(call -> !call.byCaller());
        }
    }

    @Test
    void over_tls_and_srtp_it_is_heard_hears_and_its_keys_are_understood() {
        Program.require(Baresip.NAME);
        TestAuthority authority = new TestAuthority();
        Path trusted = folder.resolve("authority.pem");
        authority.write(trusted);
        TestAuthority.Issued.Pair files = authority.issue("pbx", "127.0.0.1").write(folder);
        try (Office office =
                new Office(
                        Map.of(
                                "tls-cert",
                                files.chain().toString(),
                                "tls-key",
                                files.key().toString(),
                                "sip-tls",
                                "127.0.0.1:0",
                                "https",
                                "127.0.0.1:0"))) {
            String id = office.securePhone("bea");
            try (Baresip phone =
                    Baresip.startSecure(folder, office.tlsPlace(), "bea", VOICE, trusted)) {
                office.awaitContacts(id, 1, SOON, phone::output);
                assertThat(office.contacts(id).getFirst().connection().protocol())
                        .isEqualTo(Protocol.TLS);
                phone.tell("dial", "sip:" + Office.NUMBER + "@" + Office.REALM);
                office.handler().await("/record", SOON);
                for (String key : "12#".split("")) {
                    phone.tell("sndcode", key);
                }
                assertThat(office.handler().await("/digits", SOON))
                        .containsEntry("Digits[keys]", "12");
                office.awaitQuiet(SOON);
                phone.awaitOutput("terminated", 20);
                Office.assertHeard(tone -> Tones.heard(phone.heard(), tone), VOICE);
            }
            assertThat(office.ended()).singleElement().matches(call -> !call.byCaller());
        }
    }
}
