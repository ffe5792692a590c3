package fulcrum.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// SIPp: plays a scenario against the server, once.
final class Sipp {
    static final String NAME = "sipp";

    /// SIPp's exit code when it could not take its ports.
    private static final int CANNOT_BIND = 254;

    /// What one run came to.
    ///
    /// @param code 0 when every call went as the scenario says
    /// @param output what it printed, its list of errors included
    record Run(int code, String output) {
        boolean lacksRawSockets() {
            return output.contains("raw IPv4 socket");
        }
    }

    /// What a run needs to know of its ports.
    interface Words {
        /// @param port where its SIP is
        List<String> at(int port);
    }

    private Sipp() {}

    /// Runs SIPp, and once more when somebody took its port meanwhile.
    ///
    /// @param folder where it works and writes
    /// @param seconds after which it must have ended
    static Run run(Path folder, String server, int seconds, Words words) {
        Run run = once(folder, server, seconds, words);
        return run.code == CANNOT_BIND ? once(folder, server, seconds, words) : run;
    }

    private static Run once(Path folder, String server, int seconds, Words words) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(NAME, server, "-i", "127.0.0.1"));
        command.addAll(List.of("-p", "" + port, "-mp", "" + freePort(), "-nostdin"));
        Path errors = folder.resolve("sipp-" + port + ".err");
        command.addAll(List.of("-trace_err", "-error_file", errors.toString()));
        command.addAll(List.of("-timeout", seconds + "s", "-timeout_error"));
        command.addAll(words.at(port));
        try (Program sipp = Program.start(folder, command)) {
            int code = sipp.awaitEnd(seconds + 10);
            return new Run(code, sipp.output() + read(errors));
        }
    }

    private static String read(Path errors) {
        try {
            return Files.exists(errors)
                    ? Files.readString(errors, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException failed) {
            throw new AssertionError("cannot read " + errors, failed);
        }
    }

    /// The words for a scenario of ours, played by a phone that registered as this user.
    static List<String> scenario(String name, String user, int soundPort, String... more) {
        List<String> words = new ArrayList<>(List.of("-sf", file(name + ".xml").toString()));
        words.addAll(List.of("-m", "1", "-au", user, "-ap", Office.password(user)));
        words.addAll(List.of("-key", "user", user, "-key", "realm", Office.REALM));
        words.addAll(List.of("-key", "rtp", "" + soundPort));
        words.addAll(List.of(more));
        return words;
    }

    private static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Sipp.class.getResource("/sipp/" + name), name).toURI());
        } catch (URISyntaxException odd) {
            throw new AssertionError(name, odd);
        }
    }

    /// A UDP port of loopback that was free a moment ago.
    static int freePort() {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new AssertionError("no free port", failed);
        }
    }
}
