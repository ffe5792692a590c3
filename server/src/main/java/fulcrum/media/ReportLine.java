package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/// Sends reports about every five seconds and takes those of the other side (RFC 3550 §6.2), on the port above the RTP
/// port or on the RTP port itself (RFC 5761). Belongs to one media thread and moves with its path.
final class ReportLine {
    private static final long INTERVAL_MILLIS = 5000;
    private static final long MILLI = 1_000_000;

    private final RtpSender sender;
    private final Hearer hearer;
    private final Tally tally;
    private final RtpSocket socket;
    private final Reports reports;
    private boolean muxed;
    private boolean begun;
    private long next;
    private long sentAtReport;
    private @Nullable InetSocketAddress heardFrom;

    /// Makes one for a path; its CNAME is random, so it tells nothing about the host (RFC 7022 §4.2).
    ReportLine(RtpSender sender, Hearer hearer, Tally tally, RtpSocket socket) {
        this.sender = sender;
        this.hearer = hearer;
        this.tally = tally;
        this.socket = socket;
        this.reports =
                new Reports("%016x".formatted(ThreadLocalRandom.current().nextLong()), tally);
    }

    /// Says whether reports share the RTP port.
    void muxed(boolean shared) {
        muxed = shared;
        heardFrom = null;
    }

    /// Takes a report in the clear, and returns whether it was one.
    boolean receive(byte[] in, int length, InetSocketAddress source, long now) {
        if (length < 0
                || !reports.read(
                        in,
                        length,
                        sender.ssrc(),
                        sender.clockRate(),
                        System.currentTimeMillis(),
                        now)) {
            return false;
        }
        heardFrom = source;
        return true;
    }

    /// Sends a report when it is time, between half and one and a half intervals after the one before.
    void tick(MediaThread thread, PacketCipher cipher, long now) {
        if (!begun) {
            begun = true;
            schedule(now);
        }
        if (now - next < 0) {
            return;
        }
        schedule(now);
        byte[] out = thread.scratch().out;
        boolean sends = tally.packetsSent.getPlain() > sentAtReport;
        if (sends || hearer.reception().isHeard()) {
            sentAtReport = tally.packetsSent.getPlain();
            long wall = System.currentTimeMillis();
            send(thread, cipher, reports.write(out, sends, sender, hearer.reception(), wall, now));
        }
    }

    private void schedule(long now) {
        long millis = INTERVAL_MILLIS / 2 + ThreadLocalRandom.current().nextLong(INTERVAL_MILLIS);
        next = now + millis * MILLI;
    }

    /// Says that the stream is over, if there was one.
    void bye(MediaThread thread, PacketCipher cipher, long now) {
        if (sender.isStarted()) {
            byte[] out = thread.scratch().out;
            send(
                    thread,
                    cipher,
                    reports.bye(out, sender, hearer.reception(), System.currentTimeMillis(), now));
        }
    }

    private void send(MediaThread thread, PacketCipher cipher, int length) {
        byte[] out = thread.scratch().out;
        int sealed = cipher.protect(out, length);
        if (sealed < 0) {
            return;
        }
        if (muxed) {
            socket.send(thread, out, sealed, target());
        } else {
            socket.sendReport(thread, out, sealed, target());
        }
    }

    private @Nullable InetSocketAddress target() {
        InetSocketAddress to = hearer.target();
        if (muxed || to == null) {
            return to;
        }
        InetSocketAddress from = heardFrom;
        if (from != null && from.getAddress().equals(to.getAddress())) {
            return from;
        }
        return to.getPort() == 65_535
                ? null
                : new InetSocketAddress(to.getAddress(), to.getPort() + 1);
    }

    @Override
    public String toString() {
        return muxed ? "reports on the same port" : "reports on the next port";
    }
}
