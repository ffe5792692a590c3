package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/// A socket that is narrowed to one address, and widened again.
class RtpSocketTest {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final MediaThread thread = new MediaThread("test");
    private final RtpSocket socket =
            RtpSocket.open(InetAddress.getLoopbackAddress(), RtpPorts.ephemeral());
    private final DatagramChannel friend = channel();
    private final DatagramChannel stranger = channel();

    private static DatagramChannel channel() {
        try {
            return DatagramChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        friend.close();
        stranger.close();
    }

    private void says(DatagramChannel who, int octets) throws IOException {
        who.send(ByteBuffer.allocate(octets), socket.local());
    }

    private static InetSocketAddress address(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /// The octets of the next packet.
    private int next() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        int length = socket.receive(thread);
        while (length < 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
            length = socket.receive(thread);
        }
        return length;
    }

    @Test
    void everybody_is_heard_before_it_is_narrowed_and_after_it_is_widened() throws IOException {
        says(stranger, 20);
        assertThat(next()).isEqualTo(20);
        assertThat(thread.source()).isEqualTo(address(stranger));
        socket.narrow(address(friend));
        says(stranger, 30);
        says(friend, 40);
        assertThat(next()).isEqualTo(40);
        assertThat(thread.source()).isEqualTo(address(friend));
        socket.narrow(null);
        says(stranger, 50);
        assertThat(next()).isEqualTo(50);
        assertThat(socket.local().getPort())
                .isEqualTo(((InetSocketAddress) socket.rtp().getLocalAddress()).getPort());
    }

    @Test
    void what_is_sent_elsewhere_widens_it() throws IOException {
        socket.narrow(address(friend));
        assertThat(socket.send(thread, new byte[172], 172, address(friend))).isTrue();
        assertThat(socket.send(thread, new byte[100], 100, address(stranger))).isTrue();
        ByteBuffer in = ByteBuffer.allocate(200);
        stranger.receive(in);
        assertThat(in.position()).isEqualTo(100);
        in.clear();
        friend.receive(in);
        assertThat(in.position()).isEqualTo(172);
    }

    @Test
    void an_address_where_nobody_listens_is_no_failure() throws IOException {
        InetSocketAddress gone = address(friend);
        friend.close();
        socket.narrow(gone);
        for (int i = 0; i < 5; i++) {
            socket.send(thread, new byte[172], 172, gone);
            assertThat(socket.receive(thread)).isEqualTo(-1);
        }
        socket.narrow(null);
        says(stranger, 60);
        assertThat(next()).isEqualTo(60);
    }
}
