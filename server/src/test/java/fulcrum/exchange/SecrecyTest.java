package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Dial.Encryption;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.exchange.Secrecy.Agreement;
import fulcrum.media.PacketCipher;
import fulcrum.media.SrtpCipher;
import fulcrum.sip.SdpAttribute;
import fulcrum.sip.SdpMedia;
import fulcrum.sip.SessionDescription;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class SecrecyTest {
    private static final String KEY = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    private static final String CRYPTO = "a=crypto:4 AES_CM_128_HMAC_SHA1_80 " + KEY + "\r\n";
    private static final String OTHER = "a=crypto:1 F8_128_HMAC_SHA1_80 " + KEY + "\r\n";

    private static SessionDescription theirs(String... media) {
        return SessionDescription.parse(
                "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                        + String.join("", media));
    }

    private static String audio(String protocol) {
        return "m=audio 5000 " + protocol + " 0\r\n";
    }

    private static Optional<SessionDescription> answer(Secrecy secrecy, SessionDescription offer) {
        SessionDescription view = secrecy.view(offer);
        return Negotiation.answer(view, "192.0.2.1", 4000)
                .map(answer -> secrecy.answered(view, answer));
    }

    private static SdpMedia answered(Encryption wish, SessionDescription offer) {
        return answer(Secrecy.of(wish), offer).orElseThrow().audio().orElseThrow();
    }

    private static List<String> crypto(SdpMedia section) {
        return section.attributes().stream()
                .filter(attribute -> attribute.name().equals("crypto"))
                .map(SdpAttribute::value)
                .toList();
    }

    private static PacketCipher agreed(
            Secrecy secrecy, SessionDescription ours, SessionDescription theirs) {
        return switch (secrecy.agreed(ours, theirs)) {
            case Agreement.Agreed agreed -> agreed.cipher();
            case Agreement.Broken broken -> throw new AssertionError(broken.reason());
        };
    }

    private static String broken(
            Secrecy secrecy, SessionDescription ours, SessionDescription theirs) {
        return switch (secrecy.agreed(ours, theirs)) {
            case Agreement.Agreed agreed -> "agreed on " + agreed.cipher();
            case Agreement.Broken broken -> broken.reason();
        };
    }

    @ParameterizedTest
    @EnumSource
    void an_encrypted_offer_is_answered_with_its_tag_and_a_key_of_ours(Encryption wish) {
        SdpMedia section = answered(wish, theirs(audio("RTP/SAVP"), OTHER, CRYPTO));
        assertThat(section.protocol()).isEqualTo("RTP/SAVP");
        assertThat(crypto(section))
                .singleElement()
                .asString()
                .startsWith("4 AES_CM_128_HMAC_SHA1_80 inline:")
                .doesNotContain(KEY);
    }

    @Test
    void keys_in_a_plain_offer_are_used_only_by_a_device_that_is_set_up_for_it() {
        SessionDescription offer = theirs(audio("RTP/AVP"), CRYPTO);
        assertThat(crypto(answered(Encryption.NONE, offer))).isEmpty();
        assertThat(crypto(answered(Encryption.OPTIONAL, offer))).hasSize(1);
        assertThat(crypto(answered(Encryption.REQUIRED, offer))).hasSize(1);
        assertThat(answered(Encryption.OPTIONAL, offer).protocol()).isEqualTo("RTP/AVP");
    }

    @Test
    void a_plain_offer_of_a_device_that_must_encrypt_is_refused_with_a_reason() {
        Secrecy secrecy = Secrecy.of(Encryption.REQUIRED);
        SessionDescription offer = theirs(audio("RTP/AVP"));
        assertThat(answer(secrecy, offer)).isEmpty();
        assertThat(secrecy.obstacle(offer))
                .hasValue("the sound must be encrypted (SRTP) and the offer is not");
        assertThat(Secrecy.of(Encryption.OPTIONAL).obstacle(offer)).isEmpty();
    }

    @Test
    void an_encrypted_offer_without_a_line_that_we_know_is_refused_with_the_reason() {
        Secrecy secrecy = Secrecy.of(Encryption.NONE);
        assertThat(secrecy.obstacle(theirs(audio("RTP/SAVP"), OTHER)))
                .hasValue("the suite F8_128_HMAC_SHA1_80 is not known");
        assertThat(secrecy.obstacle(theirs(audio("RTP/SAVP")))).hasValue("no a=crypto line");
        assertThat(secrecy.obstacle(theirs(audio("UDP/TLS/RTP/SAVPF")))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"NONE, RTP/SAVP", "REQUIRED, RTP/SAVP"})
    void of_two_sections_the_first_that_may_be_taken_is_answered(Encryption wish, String taken) {
        SessionDescription offer =
                theirs(audio("RTP/SAVP"), OTHER, audio("RTP/AVP"), audio(taken), CRYPTO);
        Secrecy secrecy = Secrecy.of(wish);
        List<Integer> ports = secrecy.view(offer).media().stream().map(SdpMedia::port).toList();
        assertThat(ports)
                .isEqualTo(wish == Encryption.NONE ? List.of(0, 5000, 0) : List.of(0, 0, 5000));
    }

    @Test
    void a_device_set_up_for_it_is_offered_sealed_sound_with_the_same_keys_every_time() {
        SessionDescription plain = Negotiation.offer("192.0.2.1", 4000);
        assertThat(Secrecy.ifAsked().offered(plain)).isEqualTo(plain);
        Secrecy secrecy = Secrecy.of(Encryption.OPTIONAL);
        SdpMedia section = secrecy.offered(plain).audio().orElseThrow();
        assertThat(section.protocol()).isEqualTo("RTP/SAVP");
        assertThat(crypto(section)).hasSize(3).first().asString().startsWith("1 AES_CM_128_");
        assertThat(secrecy.offered(plain)).isEqualTo(secrecy.offered(plain));
    }

    /// Both sides of a call, each with its own cipher, understand each other.
    private static void assertTalk(PacketCipher one, PacketCipher other) {
        byte[] packet = new byte[100];
        packet[0] = (byte) 0x80;
        packet[20] = 42;
        byte[] before = packet.clone();
        int sealed = one.protect(packet, 60);
        assertThat(sealed).isEqualTo(70);
        assertThat(packet[20]).isNotEqualTo((byte) 42);
        assertThat(other.unprotect(packet, sealed)).isEqualTo(60);
        assertThat(Arrays.copyOf(packet, 60)).isEqualTo(Arrays.copyOf(before, 60));
    }

    @Test
    void both_sides_of_an_exchange_understand_each_other() {
        Secrecy caller = Secrecy.required();
        Secrecy callee = Secrecy.ifAsked();
        SessionDescription offer = caller.offered(Negotiation.offer("192.0.2.1", 4000));
        SessionDescription answer = answer(callee, offer).orElseThrow();

        PacketCipher one = agreed(caller, offer, answer);
        PacketCipher other = agreed(callee, answer, offer);

        assertThat(one).isInstanceOf(SrtpCipher.class);
        assertTalk(one, other);
        assertTalk(other, one);
    }

    @Test
    void when_the_audio_is_taken_out_nothing_leaves_in_the_clear() {
        Secrecy secrecy = Secrecy.ifAsked();
        SessionDescription offer = theirs(audio("RTP/SAVP"), CRYPTO);
        PacketCipher sealing = agreed(secrecy, answer(secrecy, offer).orElseThrow(), offer);
        SessionDescription without = theirs("m=audio 0 RTP/SAVP 0\r\n");
        assertThat(agreed(secrecy, without, without)).isSameAs(sealing);
    }

    @Test
    void a_plain_exchange_stays_plain() {
        Secrecy secrecy = Secrecy.of(Encryption.OPTIONAL);
        SessionDescription offer = theirs(audio("RTP/AVP"));
        assertThat(agreed(secrecy, answer(secrecy, offer).orElseThrow(), offer))
                .isEqualTo(PacketCipher.PLAIN);
    }

    @Test
    void a_plain_answer_to_a_sealed_offer_is_taken_unless_encryption_is_enforced() {
        SessionDescription plain = theirs(audio("RTP/AVP"));
        Secrecy optional = Secrecy.of(Encryption.OPTIONAL);
        SessionDescription offer = optional.offered(Negotiation.offer("192.0.2.1", 4000));
        assertThat(agreed(optional, offer, plain)).isEqualTo(PacketCipher.PLAIN);

        Secrecy required = Secrecy.required();
        SessionDescription strict = required.offered(Negotiation.offer("192.0.2.1", 4000));
        assertThat(broken(required, strict, plain)).startsWith("the sound must be encrypted");
    }

    @Test
    void an_answer_with_no_line_or_a_wrong_one_is_broken() {
        Secrecy secrecy = Secrecy.required();
        SessionDescription offer = secrecy.offered(Negotiation.offer("192.0.2.1", 4000));
        assertThat(broken(secrecy, offer, theirs(audio("RTP/SAVP")))).isEqualTo("no a=crypto line");
        assertThat(broken(secrecy, offer, theirs(audio("RTP/SAVP"), CRYPTO)))
                .isEqualTo("the key in the answer is for none of the offered lines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | NONE",
                "{\"methods\":[\"zrtp\"]} | NONE",
                "{\"methods\":[\"zrtp\",\"srtp\"]} | OPTIONAL",
                "{\"methods\":[\"srtp\"],\"enforce_security\":true} | REQUIRED",
                "{\"methods\":[],\"enforce_security\":true} | REQUIRED"
            })
    void a_device_says_how_it_is_set_up(String encryption, Encryption wish) {
        Document device =
                Document.fresh(
                        "a",
                        "device",
                        "d",
                        Json.object("{\"media\":{\"encryption\":" + encryption + "}}"),
                        Instant.EPOCH);
        assertThat(Secrecy.of(device)).isEqualTo(wish);
    }
}
