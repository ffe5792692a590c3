package fulcrum.sip;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

/// One connection over TCP, made or accepted, plain or with TLS, with one virtual thread that reads it and one that
/// writes it.
///
/// 1. connecting and shaking hands: what is sent waits;
/// 2. open; a connection that has not yet brought one good message must bring it in time;
/// 3. closing: what waits is still written, nothing new is taken; then closed for good.
final class TcpFlow implements Connection, Inlet.Source {
    private static final Logger LOG = LoggerFactory.getLogger(TcpFlow.class);
    private static final long FAREWELL_MILLIS = 1_000;
    private static final byte[] PONG = {'\r', '\n'};

    private final TcpTransport transport;
    private final Socket raw;
    private final InetSocketAddress remote;
    private final String name;
    private final String id;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int queuedBytes;
    private boolean closing;
    private volatile boolean open = true;
    private final AtomicBoolean isForgotten = new AtomicBoolean();
    private boolean isProven;
    private long messages;

    /// @param raw closing it ends everything at once; closing TLS on top of it may have to wait for the other side
    /// @param name that the other side has to prove; empty for none
    TcpFlow(
            TcpTransport transport,
            Socket raw,
            InetSocketAddress remote,
            String name,
            long number) {
        this.transport = transport;
        this.raw = raw;
        this.remote = remote;
        this.name = name;
        id =
                RequestMaker.transport(transport.layer().protocol())
                        + '/'
                        + OwnAddresses.text(remote.getAddress())
                        + '/'
                        + remote.getPort()
                        + '/'
                        + number;
    }

    /// Begins to read and write an accepted connection.
    void start() {
        begin(() -> transport.layer().accepted(raw), Level.DEBUG);
    }

    /// Makes the connection, then begins to read and write.
    void connect() {
        begin(
                () -> {
                    raw.connect(remote, (int) transport.limits().connectTime().toMillis());
                    return transport.layer().connected(raw, remote);
                },
                Level.INFO);
    }

    /// How a connection comes to be.
    private interface Beginning {
        Socket socket() throws IOException;
    }

    /// @param ifUntrusted how loudly to say that TLS did not come to be: strangers fail at that all day
    private void begin(Beginning beginning, Level ifUntrusted) {
        Thread.ofVirtual().name("sip-read-" + id).start(() -> live(beginning, ifUntrusted));
    }

    private void live(Beginning beginning, Level ifUntrusted) {
        try {
            var socket = beginning.socket();
            Thread.ofVirtual().name("sip-write-" + id).start(() -> write(socket));
            read(socket);
        } catch (IOException e) {
            LOG.atLevel(e instanceof SSLException ? ifUntrusted : Level.DEBUG)
                    .log("no connection {}: {}", id, e.toString());
            close();
        } catch (RuntimeException e) {
            LOG.warn("connection {} closed after a failure", id, e);
            close();
        }
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

    private void write(Socket socket) {
        try {
            raw.setTcpNoDelay(true);
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

    private void read(Socket socket) {
        try {
            readUntilEnd(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            LOG.debug("connection {} closed: nothing came in time", id);
            close();
        } catch (IOException e) {
            LOG.debug("reading from {} failed: {}", id, e.toString());
            close();
        }
    }

    private void readUntilEnd(InputStream in) throws IOException {
        var framer = new StreamFramer();
        var read = new byte[4096];
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
        raw.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
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

    String name() {
        return name;
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
        return transport.layer().protocol();
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
            raw.close();
        } catch (IOException e) {
            LOG.debug("closing {} failed: {}", id, e.toString());
        }
    }
}
