package fulcrum.sip;

import java.util.Arrays;
import java.util.Optional;

/// Cuts a byte stream into messages by their Content-Length (RFC 3261 §18.3) and tells keep-alives (RFC 5626 §4.4.1).
/// Pure; one thread at a time. What it keeps is never more than one message of the greatest size, and one read.
final class StreamFramer {
    /// What the stream says next.
    sealed interface Frame {
        /// Nothing whole yet.
        record Nothing() implements Frame {}

        /// A whole message.
        record Message(RawMessage raw) implements Frame {}

        /// A double line end, to be answered with a single one.
        record Ping() implements Frame {}

        /// Nobody knows where the next message begins.
        ///
        /// @param head the message's headers, when they could be cut
        record Broken(BadSip why, Optional<RawMessage> head) implements Frame {}
    }

    private static final Frame NOTHING = new Frame.Nothing();
    private static final Frame PING = new Frame.Ping();

    private byte[] bytes = new byte[2048];
    private int length;
    private int scanned;
    private int blankLines;
    private Optional<RawMessage> head = Optional.empty();
    private int bodyLength;

    /// Takes what was read.
    void add(byte[] read, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(read, 0, bytes, length, count);
        length += count;
    }

    /// True between messages.
    boolean isBetweenMessages() {
        return length == 0 && head.isEmpty();
    }

    /// The next piece; to be asked until there is nothing.
    Frame next() {
        if (head.isEmpty()) {
            if (takesLineEnds()) {
                return PING;
            }
            var end = headersEnd();
            if (end < 0) {
                return length > RawMessage.MOST_BYTES ? broken(tooLarge()) : NOTHING;
            }
            var broken = cutHeaders(end);
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        return length < bodyLength ? NOTHING : message();
    }

    /// Steps over the line ends in front of a message; true when two of them make a ping.
    private boolean takesLineEnds() {
        var at = 0;
        while (at < length && blankLines < 2 && (bytes[at] == '\r' || bytes[at] == '\n')) {
            blankLines += bytes[at] == '\n' ? 1 : 0;
            at++;
        }
        remove(at);
        if (blankLines == 2) {
            blankLines = 0;
            return true;
        }
        if (length > 0) {
            blankLines = 0;
        }
        return false;
    }

    /// Index after the empty line; -1 when it has not come yet.
    private int headersEnd() {
        for (var i = Math.max(scanned, 1); i < length; i++) {
            if (bytes[i] == '\n' && (bytes[i - 1] == '\n' || endsEmptyLine(i))) {
                scanned = 0;
                return i + 1;
            }
        }
        scanned = Math.max(0, length - 1);
        return -1;
    }

    private boolean endsEmptyLine(int at) {
        return at >= 2 && bytes[at - 1] == '\r' && bytes[at - 2] == '\n';
    }

    private Optional<Frame> cutHeaders(int end) {
        var headers = Arrays.copyOf(bytes, end);
        remove(end);
        RawMessage raw;
        try {
            raw = RawMessage.cut(headers, end);
        } catch (BadSip bad) {
            return Optional.of(broken(bad));
        }
        try {
            var announced = raw.contentLength();
            if (announced < 0) {
                throw BadSip.badRequest("Missing Content-Length", end);
            }
            if (announced > RawMessage.MOST_BYTES - end) {
                throw tooLarge();
            }
            bodyLength = announced;
        } catch (BadSip bad) {
            return Optional.of(new Frame.Broken(bad, Optional.of(raw)));
        }
        head = Optional.of(raw);
        return Optional.empty();
    }

    private Frame message() {
        var raw = head.orElseThrow();
        head = Optional.empty();
        if (bodyLength == 0) {
            return new Frame.Message(raw);
        }
        var body = Arrays.copyOf(bytes, bodyLength);
        remove(bodyLength);
        bodyLength = 0;
        return new Frame.Message(raw.withBody(body));
    }

    private void remove(int count) {
        if (count > 0) {
            System.arraycopy(bytes, count, bytes, 0, length - count);
            length -= count;
        }
    }

    private static BadSip tooLarge() {
        return new BadSip(513, "Message Too Large", RawMessage.MOST_BYTES);
    }

    private static Frame broken(BadSip why) {
        return new Frame.Broken(why, Optional.empty());
    }
}
