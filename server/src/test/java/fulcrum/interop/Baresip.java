package fulcrum.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The phone baresip without a screen: says a WAV file, keeps what it hears, does what it is told over TCP.
final class Baresip implements AutoCloseable {
    static final String NAME = "baresip";

    /// A call ends with the file that is said, so it is longer than any test.
    private static final Duration LONG = Duration.ofMinutes(3);

    private final Path folder;
    private final Program program;
    private final Socket control;

    private Baresip(Path folder, Program program, Socket control) {
        this.folder = folder;
        this.program = program;
        this.control = control;
    }

    /// Starts it; it registers at once.
    ///
    /// @param folder of its own
    /// @param voice frequency of the tone it says
    static Baresip start(Path folder, String server, String user, double voice) {
        return start(folder, server, user, voice, Optional.empty());
    }

    /// As the other one, over TLS and with nothing but SRTP.
    ///
    /// @param authority file of the certificate that it trusts
    static Baresip startSecure(
            Path folder, String server, String user, double voice, Path authority) {
        return start(folder, server, user, voice, Optional.of(authority));
    }

    private static Baresip start(
            Path folder, String server, String user, double voice, Optional<Path> authority) {
        String transport = authority.isPresent() ? "tls" : "udp";
        String sealing = authority.isPresent() ? ";mediaenc=srtp-mand" : "";
        int controlPort = Program.freePort();
        try {
            Tones.write(folder.resolve("voice.wav"), voice, LONG);
            Files.writeString(
                    folder.resolve("config"),
                    config(folder, controlPort) + authority.map(Baresip::secure).orElse(""));
            Files.writeString(
                    folder.resolve("accounts"),
                    ("<sip:%1$s@%2$s;transport=%5$s>;auth_pass=%3$s"
                                    + ";outbound=\"sip:%4$s;transport=%5$s\""
                                    + ";regint=60;audio_codecs=PCMU/8000/1%6$s\n")
                            .formatted(
                                    user,
                                    Office.REALM,
                                    Office.password(user),
                                    server,
                                    transport,
                                    sealing));
            Files.writeString(folder.resolve("contacts"), "");
        } catch (IOException failed) {
            throw new AssertionError("baresip cannot be made ready", failed);
        }
        Program program = Program.start(folder, List.of(NAME, "-f", folder.toString()));
        try {
            program.awaitPort(controlPort, 20);
            Socket control = new Socket(InetAddress.getLoopbackAddress(), controlPort);
            return new Baresip(folder, program, control);
        } catch (IOException | AssertionError failed) {
            program.close();
            throw new AssertionError("baresip takes no commands", failed);
        }
    }

    private static String secure(Path authority) {
        return "module srtp.so\nsip_cafile %s\nsip_verify_server yes\n".formatted(authority);
    }

    private static String config(Path folder, int controlPort) {
        List<String> lines = new ArrayList<>();
        lines.add("poll_method epoll");
        lines.add("sip_listen 127.0.0.1:" + Sipp.freePort());
        lines.add("audio_player aufile," + folder.resolve("unused.wav"));
        lines.add("audio_source aufile," + folder.resolve("voice.wav"));
        lines.add("audio_alert aufile," + folder.resolve("unused.wav"));
        lines.add("ausrc_srate 8000");
        lines.add("auplay_srate 8000");
        lines.add("module_path " + modules());
        lines.addAll(List.of("module g711.so", "module aufile.so", "module sndfile.so"));
        lines.add("snd_path " + folder);
        lines.addAll(List.of("module_tmp account.so", "module_app menu.so"));
        lines.addAll(List.of("module ctrl_tcp.so", "ctrl_tcp_listen 127.0.0.1:" + controlPort));
        return String.join("\n", lines) + "\n";
    }

    /// Distributions differ in where they put them.
    private static Path modules() {
        List<Path> libraries =
                new ArrayList<>(List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib")));
        try (DirectoryStream<Path> more =
                Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            more.forEach(libraries::add);
        } catch (IOException failed) {
            throw new AssertionError("cannot list /usr/lib", failed);
        }
        return libraries.stream()
                .map(library -> library.resolve("baresip/modules"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new AssertionError("baresip's modules are nowhere"));
    }

    /// Gives a command of its menu, as a netstring of JSON.
    void tell(String command, String parameters) {
        String json = "{\"command\":\"" + command + "\",\"params\":\"" + parameters + "\"}";
        try {
            OutputStream out = control.getOutputStream();
            out.write((json.length() + ":" + json + ",").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new AssertionError("baresip is gone: " + output(), gone);
        }
    }

    String output() {
        return program.output();
    }

    void awaitOutput(String text, int seconds) {
        program.awaitOutput(text, seconds);
    }

    /// The file of what it has heard in its only call.
    Path heard() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "dump-*-dec.wav")) {
            for (Path file : files) {
                return file;
            }
        } catch (IOException failed) {
            throw new AssertionError("cannot list " + folder, failed);
        }
        throw new AssertionError("baresip kept nothing: " + output());
    }

    @Override
    public void close() {
        try (program;
                control) {
            tell("quit", "");
        } catch (IOException failed) {
            throw new AssertionError("cannot end baresip", failed);
        }
    }
}
