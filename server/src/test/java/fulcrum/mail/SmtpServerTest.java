package fulcrum.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class SmtpServerTest {
    @Test
    void a_host_and_a_sender_are_enough() {
        assertThat(SmtpServer.of("smtp://mail.example.com?from=pbx@example.com"))
                .isEqualTo(
                        new SmtpServer("mail.example.com", 25, false, "", "", "pbx@example.com"));
    }

    @Test
    void the_port_goes_by_how_it_is_spoken_to() {
        String from = "?from=pbx@example.com";
        assertThat(SmtpServer.of("smtp://h" + from).port()).isEqualTo(25);
        assertThat(SmtpServer.of("smtp://u:p@h" + from).port()).isEqualTo(587);
        assertThat(SmtpServer.of("smtps://u:p@h" + from).port()).isEqualTo(465);
        assertThat(SmtpServer.of("smtps://h:2465/" + from).port()).isEqualTo(2465);
    }

    @Test
    void user_and_password_may_be_escaped_and_an_address_is_the_sender() {
        SmtpServer server =
                SmtpServer.of("smtps://pbx+1%40example.com:p%3Aw+x%2F@mail.example.com");
        assertThat(server.user()).isEqualTo("pbx+1@example.com");
        assertThat(server.password()).isEqualTo("p:w+x/");
        assertThat(server.from()).isEqualTo("pbx+1@example.com");
        assertThat(server.isTls()).isTrue();
    }

    @Test
    void a_password_is_never_shown_and_goes_out_in_the_clear_only_on_this_machine() {
        SmtpServer server = SmtpServer.of("smtp://u:geheim@mail.example.com?from=a@b.example");
        assertThat(server.toString()).doesNotContain("geheim");
        assertThat(server.mustTurnToTls()).isTrue();
        assertThat(SmtpServer.of("smtp://u:p@127.0.0.1?from=a@b.example").mustTurnToTls())
                .isFalse();
        assertThat(SmtpServer.of("smtp://mail.example.com?from=a@b.example").mustTurnToTls())
                .isFalse();
    }

    @Test
    void what_is_no_mail_server_is_refused_with_what_to_write() {
        for (String url :
                List.of(
                        "mail.example.com",
                        "http://mail.example.com?from=a@b.example",
                        "smtp:///?from=a@b.example",
                        "smtp://h/path?from=a@b.example",
                        "smtp://h?sender=a@b.example",
                        "smtp://bad host")) {
            assertThatThrownBy(() -> SmtpServer.of(url))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("HOST[:PORT]");
        }
    }

    @Test
    void a_missing_sender_or_password_is_told() {
        for (String url : List.of("smtp://h", "smtp://u:p@h", "smtp://h?from=nobody")) {
            assertThatThrownBy(() -> SmtpServer.of(url)).hasMessageContaining("?from=ADDRESS");
        }
        assertThatThrownBy(() -> SmtpServer.of("smtp://user@h?from=a@b.example"))
                .hasMessageContaining("USER:PASSWORD");
    }
}
