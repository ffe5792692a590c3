package fulcrum.secure;

import org.jspecify.annotations.Nullable;

/// The sources of one direction, each with its counters (RFC 3711 §3.2.3). A source keeps its roll-over counter when
/// the key changes, so the table outlives the key (§3.3.1).
///
/// At most [#MOST] are remembered; one more takes the place of the one that was silent the longest. Only genuine
/// packets get in, so a stranger cannot drive others out.
final class SrtpStreams {
    static final int MOST = 16;

    private static final int SEQUENCE_BITS = 16;
    private static final int SEQUENCES = 1 << SEQUENCE_BITS;
    private static final int HALF = SEQUENCES / 2;

    /// One source.
    static final class Stream {
        private int ssrc;
        private long used;
        private @Nullable Object owner;

        /// The highest index of the RTP packets that were taken, -1 before the first; survives a change of the key.
        private long highest = -1;

        final ReplayWindow rtp = new ReplayWindow();
        final ReplayWindow rtcp = new ReplayWindow();

        /// The index of the next report that is sent.
        private int nextReport;

        /// Whose packets were taken last; the windows are those of its key.
        @SuppressWarnings("ReferenceEquality") // the very object: two with equal keys count apart
        boolean isOf(Object key) {
            return owner == key;
        }

        /// The most likely index of a packet with that sequence number (RFC 3711 §3.3.1 and appendix A).
        long guess(int sequence) {
            if (highest < 0) {
                return sequence;
            }
            long rolls = highest >>> SEQUENCE_BITS;
            int last = (int) (highest & (SEQUENCES - 1));
            if (last < HALF && sequence - last > HALF && rolls > 0) {
                rolls--;
            } else if (last >= HALF && last - HALF > sequence) {
                rolls++;
            }
            return rolls << SEQUENCE_BITS | sequence;
        }

        /// Notes a packet that was taken.
        void take(long index) {
            rtp.take(index);
            highest = Math.max(highest, index);
        }

        /// Starts over at that index, since the other side did so with its new key.
        void restart(long index) {
            highest = index;
        }

        int nextReport() {
            return nextReport;
        }

        void reported() {
            nextReport++;
        }
    }

    private final Stream[] streams = new Stream[MOST];
    private int count;
    private long uses;

    /// The source with that SSRC; null when it is not known.
    @Nullable Stream find(int ssrc) {
        for (int i = 0; i < count; i++) {
            Stream stream = streams[i];
            if (stream.ssrc == ssrc) {
                return stream;
            }
        }
        return null;
    }

    /// The source with that SSRC, made known if need be, under that key from now on.
    Stream own(int ssrc, Object key) {
        Stream stream = find(ssrc);
        if (stream == null) {
            stream = new Stream();
            stream.ssrc = ssrc;
            streams[count < MOST ? count++ : oldest()] = stream;
        }
        if (!stream.isOf(key)) {
            stream.owner = key;
            stream.rtp.clear();
            stream.rtcp.clear();
        }
        stream.used = ++uses;
        return stream;
    }

    private int oldest() {
        int found = 0;
        for (int i = 1; i < count; i++) {
            found = streams[i].used < streams[found].used ? i : found;
        }
        return found;
    }
}
