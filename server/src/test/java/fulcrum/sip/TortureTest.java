package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

class TortureTest {
    static List<TortureMessage> messages() {
        return TortureMessage.all();
    }

    @Test
    void all_messages_of_both_documents_are_here_each_once() {
        var names = new TreeSet<String>();
        for (var message : messages()) {
            names.add(message.document() + "/" + message.name());
        }
        assertThat(names).hasSize(49 + 12).hasSameSizeAs(messages());
    }

    /// One hash over all of them, in the order of the table. A checkout that changes line ends, or an
    /// editor that eats a control character, is noticed here and not as some odd failure below.
    @Test
    void no_byte_of_the_messages_has_changed() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var message : messages()) {
            digest.update(message.bytes());
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("c5702aed613ee86d4cd6c2cb1c7c13e73cfa4b6882ea4f22b8b958751f3cbef9");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void a_message_is_treated_as_the_table_says(TortureMessage message) {
        var bytes = message.bytes();
        switch (message.treatment()) {
            case TortureMessage.Treatment.Accepted(_) ->
                    assertThat(SipParser.parse(bytes, bytes.length)).isInstanceOf(SipRequest.class);
            case TortureMessage.Treatment.Stray() ->
                    assertThat(SipParser.parse(bytes, bytes.length))
                            .isInstanceOf(SipResponse.class);
            case TortureMessage.Treatment.Refused(var status) -> refuses(bytes, status);
            case TortureMessage.Treatment.LosesFraming(var status) -> refuses(bytes, status);
            case TortureMessage.Treatment.Unreadable() -> {
                var raw = RawMessage.cut(bytes, bytes.length);
                assertThat(SipParser.isResponse(raw)).isTrue();
                assertThatExceptionOfType(BadSip.class).isThrownBy(() -> SipParser.parse(raw));
            }
        }
    }

    private static void refuses(byte[] bytes, int status) {
        var raw = RawMessage.cut(bytes, bytes.length);
        assertThat(SipParser.isResponse(raw)).isFalse();
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> SipParser.parse(raw))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(status));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void a_message_that_is_written_again_is_read_the_same(TortureMessage message) {
        if (message.treatment() instanceof TortureMessage.Treatment.Accepted
                || message.treatment() instanceof TortureMessage.Treatment.Stray) {
            var bytes = message.bytes();
            var first = SipParser.parse(bytes, bytes.length);
            var written = first.toBytes();
            var second = SipParser.parse(written, written.length);
            assertThat(second.toBytes()).isEqualTo(written);
            assertThat(second.vias()).isEqualTo(first.vias());
            assertThat(second.from()).isEqualTo(first.from());
            assertThat(second.to()).isEqualTo(first.to());
            assertThat(second.cseq()).isEqualTo(first.cseq());
            assertThat(second.callId()).isEqualTo(first.callId());
            assertThat(second.contacts()).isEqualTo(first.contacts());
            assertThat(second.body()).isEqualTo(first.body());
        }
    }
}
