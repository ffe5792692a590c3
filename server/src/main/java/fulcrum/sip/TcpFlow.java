package fulcrum.sip;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One TCP connection, made or accepted, with one virtual thread that reads it and one that writes it.
///
/// 1. connecting: what is sent waits;
/// 2. open; a connection that has not yet brought one good message must bring it in time;
/// 3. closing: what waits is still written, nothing new is taken; then closed for good.
final class TcpFlow implements Connection, Inlet.Source {
    private static final Logger LOG = LoggerFactory.getLogger(TcpFlow.class);
    private static final long FAREWELL_MILLIS = 1_000;
    private static final byte[] PONG = {'\r', '\n'};

    private final TcpTransport transport;
    private final Socket socket;
    private final InetSocketAddress remote;
    private final String id;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int queuedBytes;
    private boolean closing;
    private volatile boolean open = true;
    private final AtomicBoolean isForgotten = new AtomicBoolean();
    private boolean isProven;
    private long messages;

    TcpFlow(TcpTransport transport, Socket socket, InetSocketAddress remote, long number) {
        this.transport = transport;
        this.socket = socket;
        this.remote = remote;
        id =
                "tcp/"
                        + OwnAddresses.text(remote.getAddress())
                        + '/'
                        + remote.getPort()
                        + '/'
                        + number;
    }

    /// Begins to read and write an accepted connection.
    void start() {
        startWriter();
        Thread.ofVirtual().name("sip-tcp-read-" + id).start(this::read);
    }

    /// Makes the connection, then begins to read and write.
    void connect() {
        Thread.ofVirtual()
                .name("sip-tcp-read-" + id)
                .start(
                        () -> {
                            try {
                                socket.connect(
                                        remote, (int) transport.limits().connectTime().toMillis());
                            } catch (IOException e) {
                                LOG.debug("no connection to {}: {}", remote, e.toString());
                                close();
                                return;
                            }
                            startWriter();
                            read();
                        });
    }

    private void startWriter() {
        Thread.ofVirtual().name("sip-tcp-write-" + id).start(this::write);
    }

    @Override
    public void send(byte[] message) {
        synchronized (queue) {
            if (closing) {
                return;
            }
            queue.add(message);
            queuedBytes += message.length;
            queue.notifyAll();
            if (queuedBytes <= transport.limits().mostQueuedBytes()) {
                return;
            }
        }
        LOG.info("connection {} closed: the other side does not read what is sent", id);
        close();
    }

    private void write() {
        try {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            for (var message = nextMessage(); message != null; message = nextMessage()) {
                out.write(message);
            }
            // The reader closes: closing here, with bytes unread, could take back what was just
            // written.
            socket.shutdownOutput();
            return;
        } catch (IOException e) {
            LOG.debug("writing to {} failed: {}", id, e.toString());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /// Waits for something to write; null when all is written and nothing more is to come.
    private byte @Nullable [] nextMessage() throws InterruptedException {
        synchronized (queue) {
            while (queue.isEmpty() && !closing) {
                queue.wait();
            }
            var message = queue.poll();
            if (message != null) {
                queuedBytes -= message.length;
            }
            return message;
        }
    }

    private void read() {
        try {
            readUntilEnd();
        } catch (SocketTimeoutException e) {
            LOG.debug("connection {} closed: nothing came in time", id);
            close();
        } catch (IOException e) {
            LOG.debug("reading from {} failed: {}", id, e.toString());
            close();
        }
    }

    private void readUntilEnd() throws IOException {
        var framer = new StreamFramer();
        var read = new byte[4096];
        var in = socket.getInputStream();
        var messageMillis = transport.limits().messageTime().toMillis();
        var deadline = now() + messageMillis;
        while (true) {
            var isUrgent = !isProven || !framer.isBetweenMessages();
            var patience = isUrgent ? deadline - now() : transport.limits().idle().toMillis();
            var count = readWithin(in, read, patience);
            if (count < 0) {
                close();
                return;
            }
            var before = messages;
            framer.add(read, count);
            if (!takeAll(framer)) {
                closeGently(in, read);
                return;
            }
            if (!isUrgent || (isProven && messages > before)) {
                deadline = now() + messageMillis;
            }
        }
    }

    private int readWithin(InputStream in, byte[] read, long millis) throws IOException {
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        return in.read(read);
    }

    /// Takes what is whole; false when the stream cannot be understood any more.
    private boolean takeAll(StreamFramer framer) {
        while (true) {
            switch (framer.next()) {
                case StreamFramer.Frame.Nothing() -> {
                    return true;
                }
                case StreamFramer.Frame.Ping() -> send(PONG);
                case StreamFramer.Frame.Message(var raw) -> {
                    messages++;
                    isProven |= transport.inlet().take(raw, this);
                }
                case StreamFramer.Frame.Broken(var why, var head) -> {
                    LOG.debug("connection {} closed: {}", id, why.getMessage());
                    head.ifPresent(raw -> transport.inlet().refuse(raw, why, this));
                    return false;
                }
            }
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Connection replyBy(Via via) {
        return this;
    }

    @Override
    public Connection back() {
        return this;
    }

    @Override
    public Via seen(Via via) {
        return Seen.by(via, remote);
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return transport.local();
    }

    @Override
    public Protocol protocol() {
        return Protocol.TCP;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public String id() {
        return id;
    }

    /// Lets the writer write what waits, hears the other side out for a moment, and then closes.
    private void closeGently(InputStream in, byte[] read) throws IOException {
        open = false;
        synchronized (queue) {
            closing = true;
            queue.notifyAll();
        }
        var end = now() + FAREWELL_MILLIS;
        while (readWithin(in, read, end - now()) >= 0) {
            // What comes after the framing is lost cannot be understood.
        }
        close();
    }

    /// Closes at once; a second time does nothing.
    void close() {
        open = false;
        synchronized (queue) {
            closing = true;
            queue.clear();
            queue.notifyAll();
        }
        if (isForgotten.compareAndSet(false, true)) {
            transport.forget(this);
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing {} failed: {}", id, e.toString());
        }
    }
}
