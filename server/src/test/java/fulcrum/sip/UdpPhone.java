package fulcrum.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A bare UDP socket that says whatever it is given.
final class UdpPhone implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /// The first value of the first Via, up to its end or to the line's.
    private static final Pattern TOP_VIA =
            Pattern.compile(
                    "^(?:via|v)[ \t]*:(?:[^\r\n,]|\r\n[ \t])*",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    UdpPhone(InetSocketAddress server) {
        this.server = server;
        try {
            socket =
                    new DatagramSocket(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The message with `rport` in its top Via and otherwise to the byte as it was: without it the answer goes to the
    /// port of the Via, usually 5060, and a test may not sit there.
    byte[] answeredHere(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var via = TOP_VIA.matcher(text);
        return via.find() && !via.group().contains("rport")
                ? (text.substring(0, via.end()) + ";rport" + text.substring(via.end()))
                        .getBytes(StandardCharsets.ISO_8859_1)
                : message;
    }

    void send(byte[] message) {
        try {
            socket.send(new DatagramPacket(message, message.length, server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String receive() {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            socket.receive(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    /// The final answers that came before the one to a probe that is sent now.
    List<Integer> answersUntilProbed() {
        send(Probe.over("UDP"));
        var answers = new ArrayList<Integer>();
        for (var answer = receive(); !Probe.isAnsweredBy(answer); answer = receive()) {
            if (Probe.status(answer) >= 200) {
                answers.add(Probe.status(answer));
            }
        }
        return answers;
    }

    /// The final answer to the torture message of that name.
    String answerTo(String name) {
        send(answeredHere(TortureMessage.bytes(name)));
        var answer = receive();
        while (Probe.status(answer) < 200) {
            answer = receive();
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
