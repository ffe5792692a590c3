package fulcrum.sip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A bare TCP connection that says whatever it is given.
final class TcpPhone implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final Socket socket = new Socket();
    private final InputStream in;

    TcpPhone(InetSocketAddress server) {
        try {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] message) {
        try {
            socket.getOutputStream().write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One answer, headers and body; empty when the other side closed.
    String receive() {
        try {
            var text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    return "";
                }
                text.append((char) next);
            }
            var length = LENGTH.matcher(text);
            if (length.find()) {
                var body = in.readNBytes(Integer.parseInt(length.group(1)));
                text.append(new String(body, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The final answers that came before the one to a probe that is sent now.
    List<Integer> answersUntilProbed() {
        send(Probe.over("TCP"));
        var answers = new ArrayList<Integer>();
        for (var answer = receive(); !Probe.isAnsweredBy(answer); answer = receive()) {
            if (answer.isEmpty()) {
                throw new AssertionError("closed, after " + answers);
            }
            if (Probe.status(answer) >= 200) {
                answers.add(Probe.status(answer));
            }
        }
        return answers;
    }

    /// The final answers that came before the other side closed.
    List<Integer> answersUntilClosed() {
        var answers = new ArrayList<Integer>();
        for (var answer = receive(); !answer.isEmpty(); answer = receive()) {
            answers.add(Probe.status(answer));
        }
        return answers;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
