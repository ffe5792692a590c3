package fulcrum.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;

import fulcrum.call.CallEvent;
import fulcrum.call.Mail;

import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class MailerTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Clock CLOCK =
            Clock.fixed(WRITTEN.plus(Duration.ofHours(1)), ZoneOffset.UTC);
    private static final Mailer.Settings QUICK =
            new Mailer.Settings(List.of(Duration.ofMillis(5)), Duration.ofHours(2), 3);

    @TempDir Path folder;

    private static CallEvent.MailWritten written(String subject, String... to) {
        Mail mail = new Mail("missed_call", List.of(to), subject, "Grüße\nfrom Zoë\n");
        return new CallEvent.MailWritten("call-1", "account-1", WRITTEN, mail);
    }

    private Mailer mailer(String scheme, int port, Mailer.Settings settings) {
        String url = scheme + "127.0.0.1:" + port + "?from=pbx@example.com";
        return new Mailer(Optional.of(SmtpServer.of(url)), folder, CLOCK, settings).start();
    }

    private Mailer mailer(int port) {
        return mailer("smtp://", port, QUICK);
    }

    private List<String> waiting() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static GreenMail greenMail(ServerSetup setup) {
        ServerSetup own = setup.dynamicPort();
        own.setServerStartupTimeout(30_000);
        GreenMail server = new GreenMail(own);
        server.start();
        return server;
    }

    @Test
    void each_recipient_gets_a_mail_of_his_own() throws Exception {
        GreenMail server = greenMail(ServerSetupTest.SMTP);
        MimeMessage[] mails;
        try (Mailer mailer = mailer(server.getSmtp().getPort())) {
            mailer.emit(written("Missed call from Zoë\r\nBcc: x@y", "a@b.example", "c@d.example"));
            assertThat(server.waitForIncomingEmail(10_000, 2)).isTrue();
            mails = server.getReceivedMessages();
        } finally {
            server.stop();
        }
        assertThat(List.of(to(mails[0]), to(mails[1])))
                .containsExactlyInAnyOrder("a@b.example", "c@d.example");
        MimeMessage mail = mails[0];
        assertThat(mail.getSubject()).isEqualTo("Missed call from Zoë Bcc: x@y");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getFrom()[0].toString()).isEqualTo("pbx@example.com");
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo("Grüße\nfrom Zoë");
        assertThat(mail.getSentDate()).isEqualTo(WRITTEN);
        assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@example\\.com>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(waiting()).isEmpty();
    }

    private static String to(MimeMessage mail) throws Exception {
        assertThat(mail.getAllRecipients()).hasSize(1);
        return mail.getAllRecipients()[0].toString();
    }

    @Test
    void a_server_that_fails_for_now_is_asked_again() throws Exception {
        for (String failure : List.of("", "451 busy", "421 closing")) {
            try (ScriptedSmtp server = new ScriptedSmtp(failure, "250 good");
                    Mailer mailer = mailer(server.port())) {
                mailer.emit(written("s", "a@b.example"));
                assertThat(server.next()).endsWith(failure);
                assertThat(server.next()).isEqualTo("a@b.example 250 good");
            }
            assertThat(waiting()).as(failure).isEmpty();
        }
    }

    @Test
    void what_is_refused_for_good_is_given_up_and_holds_nobody_up() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp("550 nobody of that name", "250 good");
                Mailer mailer = mailer(server.port())) {
            mailer.emit(written("s", "not an address", "gone@b.example", "a@b.example"));
            assertThat(server.next()).isEqualTo("gone@b.example 550 nobody of that name");
            assertThat(server.next()).isEqualTo("a@b.example 250 good");
        }
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_letter_that_is_too_old_is_given_up() throws Exception {
        Mailer.Settings impatient =
                new Mailer.Settings(List.of(Duration.ofMillis(5)), Duration.ofMinutes(30), 3);
        try (ScriptedSmtp server = new ScriptedSmtp("451 busy");
                Mailer mailer = mailer("smtp://", server.port(), impatient)) {
            mailer.emit(written("s", "a@b.example"));
            assertThat(server.next()).isEqualTo("a@b.example 451 busy");
        }
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_waits_when_the_server_stops_is_sent_at_the_next_start() throws Exception {
        Mailer.Settings patient =
                new Mailer.Settings(List.of(Duration.ofHours(1)), Duration.ofHours(2), 3);
        try (ScriptedSmtp busy = new ScriptedSmtp("451 busy")) {
            Mailer first = mailer("smtp://", busy.port(), patient);
            first.emit(written("s", "a@b.example"));
            assertThat(busy.next()).startsWith("a@b.example");
            first.close();
        }
        assertThat(waiting()).hasSize(1);
        Files.writeString(folder.resolve("0.json"), "{ half of a");
        GreenMail server = greenMail(ServerSetupTest.SMTP);
        try (Mailer second = mailer(server.getSmtp().getPort())) {
            assertThat(second).isNotNull();
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            assertThat(to(server.getReceivedMessages()[0])).isEqualTo("a@b.example");
        } finally {
            server.stop();
        }
        assertThat(waiting()).containsExactly("0.json.bad");
    }

    @Test
    void too_many_letters_are_refused_and_the_others_kept() throws Exception {
        Mailer.Settings patient =
                new Mailer.Settings(List.of(Duration.ofHours(1)), Duration.ofHours(2), 3);
        try (ScriptedSmtp busy = new ScriptedSmtp("451 busy")) {
            Mailer mailer = mailer("smtp://", busy.port(), patient);
            mailer.emit(written("s", "a@b.example", "c@d.example"));
            mailer.emit(written("s", "e@f.example", "g@h.example"));
            mailer.emit(written("s", "i@j.example"));
            assertThat(mailer.waiting()).isEqualTo(3);
            mailer.close();
        }
        assertThat(waiting()).hasSize(3);
    }

    @Test
    void without_a_mail_server_nothing_is_kept() throws Exception {
        try (Mailer mailer = new Mailer(Optional.empty(), folder, CLOCK).start()) {
            mailer.emit(written("s", "a@b.example"));
            assertThat(mailer.waiting()).isZero();
        }
        assertThat(waiting()).isEmpty();
    }
}
