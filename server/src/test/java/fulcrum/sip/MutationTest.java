package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

class MutationTest {
    private static final int ROUNDS = 20_000;

    /// Everything that somebody may ask a message that the parser let through.
    private static final List<Consumer<SipMessage>> QUESTIONS =
            List.of(
                    SipMessage::vias,
                    message -> message.topVia().rport(),
                    message -> message.topVia().received(),
                    message -> message.from().uri().user(),
                    message -> message.to().displayName(),
                    message -> message.contacts().forEach(MutationTest::readAddress),
                    message -> message.routes().forEach(MutationTest::readAddress),
                    message -> message.recordRoutes().forEach(MutationTest::readAddress),
                    SipMessage::callId,
                    SipMessage::cseq,
                    SipMessage::maxForwards,
                    SipMessage::contentType,
                    SipMessage::body,
                    SipMessage::toBytes,
                    message -> assertThat(message.toString()).isNotEmpty(),
                    Content::type,
                    Content::description,
                    message -> message.headers("Refer-To").forEach(NameAddress::parse),
                    message -> message.headers("Authorization").forEach(DigestFields::parse),
                    message -> message.headers("Accept"),
                    message -> message.headers("Supported"),
                    message -> message.header("Subject"),
                    MutationTest::answer);

    private static void readAddress(NameAddress address) {
        address.parameter("expires");
        address.uri().parameter("transport");
        address.uri().matches(address.uri().plain());
        NameAddress.parse(address.toString());
    }

    private static void answer(SipMessage message) {
        if (message instanceof SipRequest request) {
            request.uri().matches(request.from().uri());
            var bytes =
                    SipResponse.to(request, 200, "OK")
                            .with("To", request.to().withTag("answer").toString())
                            .toBytes();
            SipParser.parse(bytes, bytes.length);
        }
    }

    @Test
    void no_broken_message_makes_more_than_a_refusal() {
        var sources = TortureMessage.all().stream().map(TortureMessage::bytes).toList();
        var mutations = new Mutations(4475, sources);
        var accepted = 0;
        for (var round = 0; round < ROUNDS; round++) {
            accepted += survives(mutations.next(), round) ? 1 : 0;
        }
        // Both sides were visited: had the mutations broken everything, or nothing, this would
        // prove little.
        assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static boolean survives(byte[] bytes, int round) {
        try {
            var message = SipParser.parse(bytes, bytes.length);
            QUESTIONS.forEach(question -> asks(question, message));
            return true;
        } catch (BadSip refused) {
            assertThat(refused.status()).isBetween(400, 699);
            return false;
        } catch (RuntimeException bug) {
            throw new AssertionError(
                    "round " + round + ":\n" + new String(bytes, StandardCharsets.UTF_8), bug);
        }
    }

    private static void asks(Consumer<SipMessage> question, SipMessage message) {
        try {
            question.accept(message);
        } catch (BadSip refused) {
            // A lazily read header may be refused when it is asked for; that is what its reader is
            // prepared for.
            assertThat(refused.status()).isBetween(400, 699);
        }
    }

    @Test
    void no_broken_description_makes_more_than_a_refusal() {
        var sources = new ArrayList<byte[]>();
        for (var name :
                List.of("wsinv", "inv2543", "ipv6-in-sdp", "mult-ip-in-sdp", "ipv4-mapped-ipv6")) {
            var bytes = TortureMessage.bytes(name);
            sources.add(SipParser.parse(bytes, bytes.length).body());
        }
        var mutations = new Mutations(8866, sources);
        var accepted = 0;
        for (var round = 0; round < ROUNDS; round++) {
            accepted += describes(mutations.next()) ? 1 : 0;
        }
        assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static boolean describes(byte[] bytes) {
        try {
            var description = SessionDescription.parse(bytes);
            for (var section : description.media()) {
                description.directionOf(section);
                description.isHeld(section);
                section.rtcpPort();
                section.ptimeMillis();
                section.maxptimeMillis();
                section.formats().forEach(section::rtpmap);
                section.formats().forEach(section::fmtp);
            }
            assertThat(SessionDescription.parse(description.toBytes())).isEqualTo(description);
            return true;
        } catch (BadDescription refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return false;
        }
    }
}
