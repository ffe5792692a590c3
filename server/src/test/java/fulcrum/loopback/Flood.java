package fulcrum.loopback;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody who sends INVITEs without credentials, as many a second as told or as many as the machine can, and
/// acknowledges every second answer only.
final class Flood implements AutoCloseable {
    private static final int SOCKET_BYTES = 4 << 20;
    private static final Pattern TO = Pattern.compile("\r\nTo:\\s*([^\r]+)");
    private static final Pattern CALL = Pattern.compile("\r\nCall-ID:\\s*flood-(\\d+)@");

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress server;
    private final String realm;
    private final String own;
    private final Thread ear;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong challenged = new AtomicLong();
    private final AtomicLong otherwise = new AtomicLong();
    private volatile String oddAnswer = "";

    /// @param address where it comes from, such as `127.0.0.2`
    Flood(String address, InetSocketAddress server, String realm) throws IOException {
        this.server = server;
        this.realm = realm;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
        channel.bind(new InetSocketAddress(address, 0));
        own = address + ":" + ((InetSocketAddress) channel.getLocalAddress()).getPort();
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        ear = Thread.ofPlatform().name("flood-ear").daemon().start(this::listen);
    }

    /// Sends for so long, on the calling thread.
    void pour(Duration length, int perSecond) throws IOException {
        long begun = System.nanoTime();
        long poured = 0;
        for (long now = 0; now < length.toNanos(); now = System.nanoTime() - begun) {
            for (long due = now * perSecond / 1_000_000_000; poured < due; poured++) {
                send("INVITE", sent.getAndIncrement(), "<sip:12345@" + realm + ">");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void send(String method, long number, String to) throws IOException {
        String text =
                """
                %1$s sip:12345@%2$s SIP/2.0
                Via: SIP/2.0/UDP %3$s;branch=z9hG4bKflood%4$d;rport
                Max-Forwards: 70
                From: <sip:nobody@%2$s>;tag=t%4$d
                To: %5$s
                Call-ID: flood-%4$d@%3$s
                CSeq: 1 %1$s
                Contact: <sip:nobody@%3$s>
                Content-Length: 0

                """
                        .formatted(method, realm, own, number, to)
                        .replace("\n", "\r\n");
        channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), server);
    }

    private void listen() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (channel.isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                while (channel.receive(buffer.clear()) != null) {
                    buffer.flip();
                    answered(
                            new String(
                                    buffer.array(), 0, buffer.limit(), StandardCharsets.US_ASCII));
                }
            }
        } catch (ClosedChannelException | java.nio.channels.ClosedSelectorException over) {
            // the flood is over
        } catch (IOException failed) {
            oddAnswer = failed.toString();
            otherwise.incrementAndGet();
        }
    }

    private void answered(String answer) throws IOException {
        if (!answer.startsWith("SIP/2.0 401 ")) {
            oddAnswer = answer;
            otherwise.incrementAndGet();
            return;
        }
        Matcher to = TO.matcher(answer);
        Matcher call = CALL.matcher(answer);
        if (challenged.incrementAndGet() % 2 == 0 && to.find() && call.find()) {
            send("ACK", Long.parseLong(call.group(1)), to.group(1));
        }
    }

    long sent() {
        return sent.get();
    }

    /// How many were answered with 401.
    long challenged() {
        return challenged.get();
    }

    /// How many were answered with something else.
    long otherwise() {
        return otherwise.get();
    }

    /// The last answer that was no 401; empty when all were.
    String oddAnswer() {
        return oddAnswer;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
        try {
            ear.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
