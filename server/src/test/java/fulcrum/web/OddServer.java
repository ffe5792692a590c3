package fulcrum.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A web server on loopback that answers byte for byte as a test says, well or badly.
final class OddServer implements AutoCloseable {
    /// @param headers names in lower case
    record Request(String line, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// Answers one request.
    interface Answering {
        /// @return whether the connection stays open for the next request
        boolean answer(Request request, Connection connection) throws IOException;
    }

    /// What an answer is written to.
    static final class Connection {
        private final Socket socket;
        private final CountDownLatch closed;

        Connection(Socket socket, CountDownLatch closed) {
            this.socket = socket;
            this.closed = closed;
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /// Ends the connection with a TCP reset.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Says nothing more until the server is closed.
        void hang() {
            try {
                closed.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final ServerSocket listening;
    private final Answering answering;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private OddServer(Answering answering) {
        this.answering = answering;
        try {
            this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static OddServer answering(Answering answering) {
        return new OddServer(answering);
    }

    /// Sends these bytes to every request and keeps the connection.
    static OddServer sending(String answer) {
        return new OddServer(
                (request, connection) -> {
                    connection.send(answer);
                    return true;
                });
    }

    /// A complete answer with a length.
    static String ok(String headers, String body) {
        return "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(headers, body.length(), body);
    }

    int port() {
        return listening.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException over) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean stays = true;
            while (stays) {
                Request request = read(in);
                if (request.line.isEmpty()) {
                    return;
                }
                requests.add(request);
                stays = answering.answer(request, new Connection(socket, closed));
            }
        } catch (SocketException gone) {
            // the client's business
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String next = line(in); !next.isEmpty(); next = line(in)) {
            int colon = next.indexOf(':');
            headers.put(
                    next.substring(0, colon).toLowerCase(Locale.ROOT),
                    next.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(
                line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
