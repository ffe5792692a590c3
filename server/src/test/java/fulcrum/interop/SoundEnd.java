package fulcrum.interop;

import fulcrum.media.Ulaw;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where a SIPp call has its sound: takes RTP in G.711 µ-law, and for each packet says 20 ms of a tone in return. SIPp
/// itself speaks SIP only.
final class SoundEnd implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int SAMPLES = 160;
    private static final int PCMU = 0;

    private final DatagramSocket socket;
    private final double frequency;
    private final Thread thread;
    private short[] heard = new short[Tones.RATE * 10];
    private int length;
    private int sent;

    /// @param frequency of what it says
    SoundEnd(double frequency) {
        this.frequency = frequency;
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failed) {
            throw new AssertionError("no port for sound", failed);
        }
        thread = Thread.ofPlatform().name("sound-end").daemon().start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// Everything that was heard so far, one packet after the other.
    synchronized short[] heard() {
        return Arrays.copyOf(heard, length);
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                hear(packet);
                say(packet);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private synchronized void hear(DatagramPacket packet) {
        int count = packet.getLength() - HEADER;
        if (count != SAMPLES || (packet.getData()[1] & 0x7F) != PCMU) {
            return; // a key or a report
        }
        if (length + count > heard.length) {
            heard = Arrays.copyOf(heard, heard.length * 2);
        }
        for (int i = 0; i < count; i++) {
            heard[length++] = Ulaw.decode(packet.getData()[HEADER + i]);
        }
    }

    private void say(DatagramPacket to) throws IOException {
        short[] tone = Tones.samples(frequency, sent * SAMPLES, SAMPLES);
        ByteBuffer packet = ByteBuffer.allocate(HEADER + SAMPLES);
        packet.put((byte) 0x80).put((byte) (sent == 0 ? 0x80 : 0));
        packet.putShort((short) sent).putInt(sent * SAMPLES).putInt(0x51BB);
        for (short sample : tone) {
            packet.put(Ulaw.encode(sample));
        }
        sent++;
        socket.send(new DatagramPacket(packet.array(), packet.capacity(), to.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
