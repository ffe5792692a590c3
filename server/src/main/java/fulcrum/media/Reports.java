package fulcrum.media;

import java.nio.charset.StandardCharsets;

/// Writes and reads the reports of one path (RTCP, RFC 3550 §6): sender and receiver reports, CNAME, BYE.
///
/// Pure: bytes and time in, bytes out. Belongs to one media thread and moves with its path.
final class Reports {
    /// The most octets that [#write] or [#bye] make.
    static final int LONGEST = 128;

    /// Octets of sender and reception reports without and with one block.
    private static final int BLOCK = 24;

    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;

    /// Seconds from 1900, where NTP counts from, to 1970.
    private static final long NTP_EPOCH = 2_208_988_800L;

    private static final long SECOND = 1_000_000_000L;

    private final byte[] cname;
    private final Tally tally;
    private int lastSenderReport;
    private long lastSenderReportAt;
    private boolean senderReportHeard;
    private int lastFractionLost;

    /// Makes them for one path.
    ///
    /// @param cname the name that stays the same over all streams of this end, at most 60 ASCII characters (§6.5.1)
    Reports(String cname, Tally tally) {
        this.cname = cname.getBytes(StandardCharsets.US_ASCII);
        this.tally = tally;
        if (this.cname.length > 60) {
            throw new IllegalArgumentException(
                    "a CNAME has at most 60 characters, was " + this.cname.length);
        }
    }

    /// Writes a compound report: a sender report if `sends`, else a receiver report, and the CNAME.
    ///
    /// @param sends whether audio was sent since the report before (§6.4)
    /// @param wallMillis milliseconds since 1970
    /// @param now `System.nanoTime()`
    /// @return the octets
    int write(
            byte[] out,
            boolean sends,
            RtpSender sender,
            Reception reception,
            long wallMillis,
            long now) {
        boolean block = reception.isHeard();
        int at = 8;
        if (sends) {
            long ntp = ntp(wallMillis);
            Bytes.int32(out, 8, (int) (ntp >>> 32));
            Bytes.int32(out, 12, (int) ntp);
            Bytes.int32(out, 16, sender.timestampAt(now));
            Bytes.int32(out, 20, (int) tally.packetsSent.getPlain());
            Bytes.int32(out, 24, (int) tally.bytesSent.getPlain());
            at = 28;
        }
        if (block) {
            block(out, at, reception, now);
            at += BLOCK;
        }
        header(out, 0, block ? 1 : 0, sends ? SR : RR, at, sender.ssrc());
        return at + description(out, at, sender.ssrc());
    }

    /// Seconds since 1900 in the upper half, fractions in the lower.
    private static long ntp(long wallMillis) {
        return (wallMillis / 1000 + NTP_EPOCH) << 32 | (wallMillis % 1000 << 32) / 1000;
    }

    private void block(byte[] out, int at, Reception reception, long now) {
        Bytes.int32(out, at, reception.ssrc());
        int lost = Math.clamp(reception.lost(), -0x80_0000, 0x7F_FFFF);
        Bytes.int32(out, at + 4, reception.fractionLost() << 24 | (lost & 0xFF_FFFF));
        Bytes.int32(out, at + 8, reception.extendedHighest());
        Bytes.int32(out, at + 12, (int) reception.jitterTicks());
        Bytes.int32(out, at + 16, senderReportHeard ? lastSenderReport : 0);
        Bytes.int32(out, at + 20, senderReportHeard ? units(now - lastSenderReportAt) : 0);
    }

    /// Nanoseconds in units of 1/65536 s, as delays are told.
    private static int units(long nanos) {
        return (int) (nanos / SECOND * 65_536 + nanos % SECOND * 65_536 / SECOND);
    }

    private static void header(byte[] out, int at, int count, int type, int length, int ssrc) {
        out[at] = (byte) (0x80 | count);
        out[at + 1] = (byte) type;
        Bytes.uint16(out, at + 2, length / 4 - 1);
        Bytes.int32(out, at + 4, ssrc);
    }

    private int description(byte[] out, int at, int ssrc) {
        int end = at + 8;
        out[end] = CNAME;
        out[end + 1] = (byte) cname.length;
        System.arraycopy(cname, 0, out, end + 2, cname.length);
        end += 2 + cname.length;
        do {
            out[end++] = 0;
        } while (((end - at) & 3) != 0);
        header(out, at, 1, SDES, end - at, ssrc);
        return end - at;
    }

    /// Writes a report and a BYE after it (§6.6), and returns the octets.
    int bye(byte[] out, RtpSender sender, Reception reception, long wallMillis, long now) {
        int at = write(out, false, sender, reception, wallMillis, now);
        header(out, at, 1, BYE, 8, sender.ssrc());
        return at + 8;
    }

    /// Reads a compound report of the other side, and returns whether it was one (§A.2).
    ///
    /// @param ssrc ours, to find what is said of it
    /// @param clockRate of what we send
    boolean read(byte[] in, int length, int ssrc, int clockRate, long wallMillis, long now) {
        boolean any = false;
        for (int at = 0; at + 8 <= length; ) {
            int size = 4 * (Bytes.uint16(in, at + 2) + 1);
            if ((in[at] & 0xC0) != 0x80 || at + size > length) {
                return any;
            }
            readOne(in, at, size, ssrc, clockRate, wallMillis, now);
            any = true;
            at += size;
        }
        return any;
    }

    private void readOne(
            byte[] in, int at, int size, int ssrc, int clockRate, long wallMillis, long now) {
        int type = in[at + 1] & 0xFF;
        if (type == SR && size >= 28) {
            lastSenderReport = (Bytes.uint16(in, at + 10) << 16) | Bytes.uint16(in, at + 12);
            lastSenderReportAt = now;
            senderReportHeard = true;
        }
        if (type != SR && type != RR) {
            return;
        }
        int count = in[at] & 0x1F;
        int block = at + (type == SR ? 28 : 8);
        for (int i = 0; i < count && block + BLOCK <= at + size; i++, block += BLOCK) {
            if (Bytes.int32(in, block) == ssrc) {
                readBlock(in, block, clockRate, wallMillis);
            }
        }
    }

    private void readBlock(byte[] in, int at, int clockRate, long wallMillis) {
        lastFractionLost = in[at + 4] & 0xFF;
        tally.remoteLost.setRelease((Bytes.int32(in, at + 4) << 8) >> 8);
        long jitter = Bytes.int32(in, at + 12) & 0xFFFF_FFFFL;
        tally.remoteJitterNanos.setRelease(jitter * SECOND / clockRate);
        int echoed = Bytes.int32(in, at + 16);
        if (echoed != 0) {
            int middle = (int) (ntp(wallMillis) >>> 16);
            int trip = middle - echoed - Bytes.int32(in, at + 20);
            // two clocks of different step: a little below zero is nothing
            tally.roundTripNanos.setRelease(Math.max(0, trip) * SECOND / 65_536);
        }
    }

    /// Returns the 256ths of our packets that the other side missed lately, as it last reported.
    int remoteFractionLost() {
        return lastFractionLost;
    }
}
