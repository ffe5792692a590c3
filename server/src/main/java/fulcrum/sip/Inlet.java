package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.LongAdder;

/// Where received bytes become messages. Whatever comes in, nothing is thrown from here: a request that is malformed
/// gets the answer it deserves as long as it says where answers go, anything else that is malformed is dropped.
/// Keeps nothing; for use by many threads.
final class Inlet {
    private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);

    /// Where a message came from.
    interface Source {
        /// The way back for a message with that Via on top.
        Connection replyBy(Via via);

        /// The way back for a message whose Via cannot be read: where it came from.
        Connection back();

        /// The top Via with what the next hop saw of the sender (RFC 3261 §18.2.1, RFC 3581 §4).
        Via seen(Via via);
    }

    private final MessageListener listener;
    private final LongAdder malformed = new LongAdder();

    Inlet(MessageListener listener) {
        this.listener = listener;
    }

    /// How many messages were malformed.
    long malformed() {
        return malformed.sum();
    }

    /// Takes one datagram, or a frame of a stream.
    ///
    /// @param bytes kept; must not be changed afterwards
    void take(byte[] bytes, Source source) {
        RawMessage raw;
        try {
            raw = RawMessage.cut(bytes, bytes.length);
        } catch (BadSip bad) {
            malformed.increment();
            LOG.debug("not a SIP message: {}", bad.getMessage());
            return;
        }
        take(raw, source);
    }

    /// Takes one message that was cut already; true when it was well-formed.
    boolean take(RawMessage raw, Source source) {
        try {
            switch (SipParser.parse(raw)) {
                case SipResponse response ->
                        listener.received(response, source.replyBy(response.topVia()));
                case SipRequest request -> {
                    var via = request.topVia();
                    listener.received(request.withTopVia(source.seen(via)), source.replyBy(via));
                }
            }
            return true;
        } catch (BadSip bad) {
            refuse(raw, bad, source);
            return false;
        } catch (RuntimeException bug) {
            LOG.error("a SIP message could not be worked on; please report it", bug);
            return true;
        }
    }

    /// Answers a malformed request as far as it can be read.
    void refuse(RawMessage raw, BadSip bad, Source source) {
        malformed.increment();
        LOG.debug("malformed SIP message: {}", bad.getMessage());
        var line = raw.startLine();
        var end = line.indexOf(' ');
        if (SipParser.isResponse(raw) || end <= 0 || line.startsWith("ACK ")) {
            return;
        }
        var request = new SipRequest(line.substring(0, end), "", raw.lines(), Body.NONE);
        if (request.count("Via") == 0) {
            return;
        }
        try {
            var via = request.topVia();
            var seen = request.withTopVia(source.seen(via));
            source.replyBy(via).send(answer(seen, bad));
        } catch (BadSip unreadableVia) {
            source.back().send(answer(request, bad));
        }
    }

    private static byte[] answer(SipRequest request, BadSip bad) {
        return tagged(SipResponse.to(request, bad.status(), bad.reason())).toBytes();
    }

    /// A To that cannot be read is sent back as it came.
    private static SipResponse tagged(SipResponse response) {
        try {
            var to = response.to();
            var tag = Integer.toUnsignedString(response.topVia().branch().hashCode(), 36);
            return to.isStar() || !to.tag().isEmpty()
                    ? response
                    : response.with("To", to.withTag(tag).toString());
        } catch (BadSip unreadable) {
            return response;
        }
    }
}
