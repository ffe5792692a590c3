package fulcrum.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class PostmanTest {
    private static final Letter LETTER =
            new Letter(
                    "0".repeat(32),
                    "call-1",
                    "account-1",
                    "missed_call",
                    "a@b.example",
                    "s",
                    "text",
                    Instant.parse("2026-11-24T10:00:00Z"));

    private GreenMail server = new GreenMail(new ServerSetup[0]);

    private int listen(String address, String protocol) {
        ServerSetup setup = new ServerSetup(0, address, protocol);
        setup.setServerStartupTimeout(30_000);
        server = new GreenMail(setup);
        server.start();
        return protocol.equals("smtps") ? server.getSmtps().getPort() : server.getSmtp().getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Delivery deliver(String before, int port) {
        String url = before + ":" + port + "?from=pbx@example.com";
        return new Postman(SmtpServer.of(url)).deliver(LETTER);
    }

    private static String later(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Later.class);
        return ((Delivery.Later) delivery).reason();
    }

    @Test
    void who_may_log_in_may_send_and_others_wait() {
        int port = listen("127.0.0.1", "smtp");
        server.setUser("pbx@example.com", "pbx", "ge:heim");
        server.getUserManager().setAuthRequired(true);
        assertThat(deliver("smtp://pbx:ge%3Aheim@127.0.0.1", port))
                .isInstanceOf(Delivery.Sent.class);
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(later(deliver("smtp://pbx:wrong@127.0.0.1", port))).contains("535");
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_server_that_cannot_show_who_it_is_gets_nothing() {
        int port = listen("127.0.0.1", "smtps"); // its certificate is its own word
        assertThat(later(deliver("smtps://127.0.0.1", port))).contains("certification path");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_password_does_not_go_out_in_the_clear_to_another_machine() {
        int port = listen("0.0.0.0", "smtp");
        assertThat(later(deliver("smtp://pbx:geheim@127.0.0.2", port))).contains("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(deliver("smtp://127.0.0.2", port)).isInstanceOf(Delivery.Sent.class);
    }

    @Test
    void an_address_that_is_none_is_never_sent_to() {
        int port = listen("127.0.0.1", "smtp");
        Postman postman =
                new Postman(SmtpServer.of("smtp://127.0.0.1:" + port + "?from=pbx@example.com"));
        for (String to : new String[] {"", "nobody", "a b@c.example", "a@b.example\r\nX: 1"}) {
            Letter letter = new Letter("1", "c", "a", "k", to, "s", "t", LETTER.written());
            assertThat(postman.deliver(letter)).as(to).isInstanceOf(Delivery.Never.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_for_later() {
        int port = listen("127.0.0.1", "smtp");
        server.stop();
        assertThat(later(deliver("smtp://127.0.0.1", port))).isNotEmpty();
    }
}
