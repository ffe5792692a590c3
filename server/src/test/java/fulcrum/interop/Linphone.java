package fulcrum.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The phone linphonec: says a WAV file, keeps what it hears in another, does what is typed.
final class Linphone implements AutoCloseable {
    static final String NAME = "linphonec";

    private static final Duration LONG = Duration.ofMinutes(3);

    private final Program program;
    private final Path heard;

    private Linphone(Program program, Path heard) {
        this.program = program;
        this.heard = heard;
    }

    /// Starts it; it registers at once.
    ///
    /// @param folder of its own
    /// @param voice frequency of the tone it says
    static Linphone start(Path folder, String server, String user, double voice) {
        Path said = folder.resolve("voice.wav");
        Path heard = folder.resolve("heard.wav");
        Path settings = folder.resolve("linphonerc");
        try {
            Files.createDirectories(folder.resolve(".local/share/linphone"));
            Files.writeString(settings, settings(server, user));
        } catch (IOException failed) {
            throw new AssertionError("linphonec cannot be made ready", failed);
        }
        Tones.write(said, voice, LONG);
        Program program = Program.start(folder, List.of(NAME, "-c", settings.toString()));
        program.type("soundcard use files");
        program.type("play " + said);
        program.type("record " + heard);
        return new Linphone(program, heard);
    }

    /// It would not register where it finds no way to the Internet, so it is told not to look for one.
    private static String settings(String server, String user) {
        return """
                [sip]
                sip_port=%d
                sip_tcp_port=0
                sip_tls_port=0
                use_ipv6=0
                auto_net_state_mon=0
                register_only_when_network_is_up=0
                [rtp]
                audio_rtp_port=%d
                [proxy_0]
                reg_proxy=<sip:%s;transport=udp>
                reg_route=<sip:%s;transport=udp;lr>
                reg_identity=sip:%s@%s
                reg_expires=120
                reg_sendregister=1
                publish=0
                [auth_info_0]
                username=%s
                passwd=%s
                realm=%s
                domain=%s
                """
                .formatted(
                        Sipp.freePort(),
                        Sipp.freePort(),
                        server,
                        server,
                        user,
                        Office.REALM,
                        user,
                        Office.password(user),
                        Office.REALM,
                        Office.REALM);
    }

    /// Types a command, or keys to send.
    void type(String line) {
        program.type(line);
    }

    String output() {
        return program.output();
    }

    void awaitOutput(String text, int seconds) {
        program.awaitOutput(text, seconds);
    }

    /// The file of what it has heard.
    Path heard() {
        return heard;
    }

    @Override
    public void close() {
        program.close();
    }
}
