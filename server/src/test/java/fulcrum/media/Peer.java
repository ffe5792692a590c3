package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The other end of a path in tests: plain sockets on loopback.
final class Peer implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final MediaPath path;
    private int sequence = 1000;
    private int timestamp = 50_000;
    private int ssrc = 0x1234;

    /// Talks to `path`.
    Peer(MediaPath path) throws IOException {
        this.path = path;
        InetAddress address = path.local().getAddress();
        rtp = new DatagramSocket(0, address);
        rtcp = new DatagramSocket(0, address);
        rtp.setSoTimeout(5000);
        rtcp.setSoTimeout(5000);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) rtp.getLocalSocketAddress();
    }

    /// Waits until the path carried out all orders given so far.
    void settles() throws InterruptedException {
        settle(path);
    }

    static void settle(MediaPath path) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        path.seat().tell(done::countDown);
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    }

    /// Waits until the path received so many packets in all.
    void isHeard(long packets) throws InterruptedException {
        while (path.counts().packetsReceived() < packets) {
            settles();
        }
    }

    /// Sends 20 ms of audio.
    void says(int payloadType, byte... payload) throws IOException {
        sequence++;
        timestamp += 160;
        send(Packets.packet(false, payloadType, sequence & 0xFFFF, timestamp, ssrc, payload));
    }

    /// Leaves out so many packets, as the network does.
    void loses(int packets) {
        sequence += packets;
        timestamp += 160 * packets;
    }

    /// Begins another stream of packets.
    void restarts(int otherSsrc) {
        ssrc = otherSsrc;
        sequence = 30_000;
        timestamp = 9_000_000;
    }

    /// Presses a key for 100 ms: four packets and three ends, all at once.
    void presses(int payloadType, char key) throws IOException {
        timestamp += 160;
        for (int i = 1; i <= 7; i++) {
            int duration = Math.min(i, 5) * 160;
            byte[] event = {
                (byte) DigitReceiver.code(key),
                (byte) (i < 5 ? 10 : 0x8A),
                (byte) (duration >> 8),
                (byte) duration
            };
            sequence++;
            send(Packets.packet(i == 1, payloadType, sequence & 0xFFFF, timestamp, ssrc, event));
        }
        timestamp += 800;
    }

    void send(RtpPacket packet) throws IOException {
        send(packet.bytes());
    }

    void send(byte[] bytes) throws IOException {
        rtp.send(new DatagramPacket(bytes, bytes.length, path.local()));
    }

    void sendReport(byte[] bytes) throws IOException {
        InetSocketAddress to =
                new InetSocketAddress(path.local().getAddress(), path.local().getPort() + 1);
        rtcp.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /// Waits for the next RTP packet.
    RtpPacket hears() throws IOException {
        byte[] bytes = hearsBytes();
        RtpPacket packet = new RtpPacket().wrap(bytes, 0, bytes.length);
        assertThat(packet.isValid()).isTrue();
        return packet;
    }

    byte[] hearsBytes() throws IOException {
        return receive(rtp);
    }

    /// Waits for the next packet on the report port.
    byte[] hearsReport() throws IOException {
        return receive(rtcp);
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    static byte[] payload(RtpPacket packet) {
        int from = packet.payloadOffset();
        return Arrays.copyOfRange(packet.bytes(), from, from + packet.payloadLength());
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
