package fulcrum.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A mail server that says of each recipient what it is told to say, one answer a connection; the last one is repeated.
/// An empty answer hangs up at once.
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> answers;
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final Thread thread;

    ScriptedSmtp(String... answers) throws IOException {
        this.answers = List.of(answers);
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.thread = Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// The recipient of the next connection that ended, and what came of it.
    String next() throws InterruptedException {
        String one = served.poll(10, TimeUnit.SECONDS);
        return one == null ? "nobody came" : one;
    }

    private void serve() {
        for (int i = 0; !socket.isClosed(); i++) {
            String answer = answers.get(Math.min(i, answers.size() - 1));
            try (Socket peer = socket.accept()) {
                String recipient = answer.isEmpty() ? "hung up" : talk(peer, answer);
                served.add(recipient + " " + answer);
            } catch (IOException over) {
                if (!socket.isClosed()) {
                    served.add(over.toString());
                }
            }
        }
    }

    private static String talk(Socket peer, String answer) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = peer.getOutputStream();
        String recipient = "";
        say(out, "220 ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "RCPT" -> {
                    recipient = line.replaceAll("^.*<|>.*$", "");
                    say(out, answer);
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    String data = lines.readLine();
                    while (data != null && !data.equals(".")) {
                        data = lines.readLine();
                    }
                    say(out, "250 taken");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return recipient;
                }
                default -> say(out, "250 good");
            }
        }
        return recipient;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
