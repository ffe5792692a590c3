package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.sip.address.SipURI;

/// Our parser beside the Java reference one, JAIN SIP, which shares no line of code with ours.
class ReferenceParserTest {
    private static final int MESSAGES = 3_000;

    /// Where we and the reference differ on the torture messages, and why.
    private static final Map<String, String> DIFFERENCES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(
                                    "baddate",
                                    "we accept: nobody here reads Date, so nobody refuses it"),
                            Map.entry(
                                    "lwsstart",
                                    "we refuse: RFC 3261 §7.1 has exactly one space there"),
                            Map.entry("trws", "we refuse: RFC 3261 §7.1 has no space there"),
                            Map.entry(
                                    "escruri",
                                    "we refuse: no headers in a Request-URI (RFC 3261 §19.1.1)"),
                            Map.entry(
                                    "regbadct",
                                    "we refuse: the URI needs angle brackets (RFC 3261 §20.10)"),
                            Map.entry("badaspec", "we refuse: no spaces inside angle brackets"),
                            Map.entry("baddn", "we refuse: no comma in a name without quotes"),
                            Map.entry(
                                    "badvers",
                                    "we refuse: 505; the reference leaves the version to its caller"),
                            Map.entry(
                                    "mismatch01",
                                    "we refuse: the reference leaves the methods to its caller"),
                            Map.entry(
                                    "mismatch02",
                                    "we refuse: the reference leaves the methods to its caller"),
                            Map.entry(
                                    "badbranch",
                                    "we refuse: the reference leaves the branch to its caller"),
                            Map.entry(
                                    "unkscm",
                                    "we refuse: 416; the reference leaves the scheme to its caller"),
                            Map.entry(
                                    "novelsc",
                                    "we refuse: 416; the reference leaves the scheme to its caller"),
                            Map.entry(
                                    "unksm2",
                                    "we refuse: an address of record is a SIP URI (RFC 3261 §10.2)"),
                            Map.entry(
                                    "multi01",
                                    "we refuse: the reference takes the last of several"),
                            Map.entry(
                                    "mcl01", "we refuse: the reference takes the last of several"),
                            Map.entry(
                                    "sdp01",
                                    "we refuse: 406; the reference leaves Accept to its caller"),
                            Map.entry(
                                    "ipv6-bad",
                                    "we refuse: 2001 is neither a name nor an address")));

    /// What both must find in the same message.
    private record Reading(
            String method,
            String user,
            String host,
            int port,
            String fromTag,
            String callId,
            long number,
            String of) {}

    @Test
    void on_the_torture_messages_both_agree_but_for_the_listed_ones() {
        var differing = new ArrayList<String>();
        for (var message : TortureMessage.all()) {
            if (ours(message.bytes()).isPresent() != reference(message.bytes()).isPresent()) {
                differing.add(message.name());
            }
        }
        assertThat(differing).containsExactlyInAnyOrderElementsOf(DIFFERENCES.keySet());
    }

    @Test
    void on_well_formed_messages_both_read_the_same() {
        var generator = new MessageGenerator(3261);
        for (var i = 0; i < MESSAGES; i++) {
            var bytes = generator.next();
            var theirs = reference(bytes);
            assertThat(theirs).as(() -> "not well-formed:\n" + text(bytes)).isPresent();
            assertThat(ours(bytes)).as(() -> text(bytes)).isEqualTo(theirs);
        }
    }

    /// What one of them refuses the other may take; where both take it, they must have understood the same.
    @Test
    void on_broken_messages_that_both_accept_both_read_the_same() {
        var sources = new ArrayList<byte[]>();
        var generator = new MessageGenerator(4475);
        for (var i = 0; i < 50; i++) {
            sources.add(generator.next());
        }
        var mutations = new Mutations(5118, sources);
        var both = 0;
        for (var i = 0; i < MESSAGES; i++) {
            var bytes = mutations.next();
            var our = ours(bytes);
            var their = reference(bytes);
            if (our.isPresent() && their.isPresent()) {
                both++;
                assertThat(our).as(() -> text(bytes)).isEqualTo(their);
            }
        }
        assertThat(both).isGreaterThan(MESSAGES / 10);
    }

    /// Empty when we refuse it; anything thrown but [BadSip] fails the test.
    private static Optional<Reading> ours(byte[] bytes) {
        try {
            var message = SipParser.parse(bytes, bytes.length);
            var uri = message instanceof SipRequest request ? request.uri() : SipUri.star();
            var method = message instanceof SipRequest request ? request.method() : "";
            var host = uri.host().indexOf(':') >= 0 ? '[' + uri.host() + ']' : uri.host();
            var cseq = message.cseq();
            return Optional.of(
                    new Reading(
                            method,
                            uri.user(),
                            host,
                            uri.port(),
                            message.from().tag(),
                            message.callId(),
                            cseq.number(),
                            cseq.method()));
        } catch (BadSip refused) {
            return Optional.empty();
        }
    }

    private static Optional<Reading> reference(byte[] bytes) {
        SIPMessage message;
        try {
            message =
                    new StringMsgParser()
                            .parseSIPMessage(
                                    bytes,
                                    true,
                                    false,
                                    (problem, _, _, _, _) -> {
                                        throw problem;
                                    });
        } catch (ParseException | RuntimeException refused) {
            return Optional.empty();
        }
        // What it could not read it leaves out.
        return message == null
                        || message.getCallId() == null
                        || message.getFrom() == null
                        || message.getCSeq() == null
                ? Optional.empty()
                : Optional.of(reading(message));
    }

    private static Reading reading(SIPMessage message) {
        var method = message instanceof SIPRequest request ? request.getMethod() : "";
        var uri = message instanceof SIPRequest request ? request.getRequestURI() : null;
        var isSip = uri instanceof SipURI;
        var sip = isSip ? (SipURI) uri : null;
        var user = sip == null || sip.getUser() == null ? "" : SipUri.unescaped(sip.getUser());
        var port = sip == null ? 0 : Math.max(0, sip.getPort());
        var tag = message.getFromTag() == null ? "" : message.getFromTag();
        var host = sip == null ? "" : sip.getHost();
        var cseq = message.getCSeq();
        return new Reading(
                method,
                user,
                host,
                port,
                tag,
                message.getCallId().getCallId(),
                cseq.getSeqNumber(),
                cseq.getMethod());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
