package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.Call;
import fulcrum.call.Contact;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.EventSink;
import fulcrum.call.HangupCause;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.RingPlan;
import fulcrum.call.RingTarget;
import fulcrum.directory.Document;
import fulcrum.media.Clip;
import fulcrum.media.Codec;
import fulcrum.media.Codecs;
import fulcrum.media.Spectrum;
import fulcrum.phone.Hearing;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// Two and three phones and the server between them: what they hear, what the wire says.
class BridgePhonesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WINDOW = 1024;

    private final List<DialResult> results = new CopyOnWriteArrayList<>();
    private final List<SoftPhone> phones = new ArrayList<>();
    private final OpenHouse house =
            OpenHouse.open(
                    "all",
                    EventSink.NONE,
                    sounds -> sounds,
                    facts -> Journal.NONE,
                    Map.of(),
                    flows -> this::carryOut);
    private volatile UnaryOperator<Dial> dialling = dial -> dial;

    @BeforeEach
    void nothingYet() {
        assertThat(house.exchange().paths()).isZero();
    }

    @AfterEach
    void close() {
        phones.forEach(SoftPhone::close);
        await(() -> house.exchange().paths() == 0 && house.exchange().sessions() == 0);
        assertThat(house.exchange().switchboard().legCount()).isZero();
        house.close();
    }

    /// Rings every phone that is registered, but the caller's.
    private void carryOut(Call call) {
        List<RingTarget> targets = new ArrayList<>();
        for (Document device : house.directory().all(house.masterAccountId(), "device")) {
            var where = new Question.Contacts(house.masterAccountId(), device.id());
            for (Contact contact : call.ask(where).contacts()) {
                Dial.Caller ann = Dial.Caller.of("Ann Lee", "+14155550100");
                Dial dial = Dial.to(contact, house.masterAccountId(), ann);
                targets.add(RingTarget.of(dialling.apply(dial)));
            }
        }
        DialResult result = call.ring(RingPlan.together(targets));
        results.add(result);
        switch (result) {
            case DialResult.Answered answered -> call.bridge(answered.leg(), answered.music());
            case DialResult.Failed failed ->
                    call.tell(new Order.Reject(failed.sipStatus(), "", Map.of()));
        }
    }

    private SoftPhone phone(String name) {
        Login login = house.phone(name);
        SoftPhone phone = SoftPhone.open(login);
        phones.add(phone);
        return phone;
    }

    private SoftPhone registered(String name) {
        SoftPhone phone = phone(name);
        assertThat(phone.register(Duration.ofMinutes(10))).isEqualTo(200);
        return phone;
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static PhoneCall ringing(SoftPhone phone) {
        return phone.awaitCall(PATIENCE).orElseThrow();
    }

    private static void talks(PhoneCall caller, PhoneCall callee) {
        callee.answer();
        assertThat(caller.awaitAnswer(PATIENCE)).isTrue();
    }

    private static void says(PhoneCall call, double frequency) {
        short[] tone = new short[16_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * frequency * i / 8000));
        }
        call.say(Clip.of(tone, 8000).source(0));
    }

    /// Waits until the phone hears this frequency and hardly anything else.
    private static void hears(PhoneCall call, double frequency) {
        Spectrum spectrum = new Spectrum(Hearing.SAMPLE_RATE, WINDOW);
        await(
                () -> {
                    int length = call.hearing().length();
                    if (length < WINDOW) {
                        return false;
                    }
                    spectrum.measure(call.hearing().samples(length - WINDOW, length), 0);
                    return spectrum.powerAt(frequency) > 0.9 * spectrum.totalPower()
                            && spectrum.totalPower() > 10_000;
                });
    }

    @ParameterizedTest
    @CsvSource({"PCMA, G722", "G722, PCMU", "PCMU, PCMA", "G722, G722"})
    void each_hears_the_other_whatever_codecs_they_speak(String callers, String callees) {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        ann.speak(List.of(codec(callers)));
        bob.speak(List.of(codec(callees)));
        PhoneCall out = ann.call("100");
        PhoneCall in = ringing(bob);
        talks(out, in);
        says(out, 700);
        says(in, 1100);
        hears(in, 700);
        hears(out, 1100);
        assertThat(in.description().orElseThrow().toString()).contains(callees + "/8000");
        in.hangUp();
        assertThat(out.awaitEnd(PATIENCE)).isPresent();
    }

    private static Codec codec(String name) {
        return Codecs.named(name).orElseThrow();
    }

    @Test
    void the_caller_is_answered_in_the_codec_that_the_callee_chose() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        bob.speak(List.of(Codecs.G722));
        PhoneCall out = ann.call("100");
        PhoneCall in = ringing(bob);
        talks(out, in);
        says(out, 700);
        hears(in, 700);
        assertThat(out.path().toString()).contains("G722");
        out.hangUp();
        assertThat(in.awaitEnd(PATIENCE)).isPresent();
    }

    @Test
    void a_phone_that_lost_learns_that_another_one_answered() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        SoftPhone carol = registered("carol");
        PhoneCall out = ann.call("100");
        PhoneCall first = ringing(bob);
        PhoneCall second = ringing(carol);
        talks(out, first);
        PhoneCall.Ending lost = second.awaitEnd(PATIENCE).orElseThrow();
        assertThat(lost.reasonHeader())
                .isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(lost.status()).isEqualTo(487);
        out.hangUp();
        assertThat(first.awaitEnd(PATIENCE).orElseThrow().reasonHeader()).startsWith("Q.850");
    }

    @Test
    void a_phone_whose_caller_gave_up_learns_that() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        PhoneCall out = ann.call("100");
        PhoneCall in = ringing(bob);
        out.hangUp();
        PhoneCall.Ending ending = in.awaitEnd(PATIENCE).orElseThrow();
        assertThat(ending.reasonHeader()).startsWith("SIP;cause=487");
    }

    @Test
    void keys_by_info_go_across_too() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        PhoneCall out = ann.call("100");
        PhoneCall in = ringing(bob);
        talks(out, in);
        out.sendKeysByInfo();
        for (char key : "42#".toCharArray()) {
            out.press(key);
        }
        await(() -> in.keys().equals("42#"));
        out.hangUp();
    }

    @Test
    void a_caller_who_lets_us_offer_is_connected_as_well() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        PhoneCall out = ann.callWithoutOffer("100");
        PhoneCall in = ringing(bob);
        talks(out, in);
        says(out, 700);
        says(in, 1100);
        hears(in, 700);
        hears(out, 1100);
        in.hangUp();
        assertThat(out.awaitEnd(PATIENCE)).isPresent();
    }

    @Test
    void both_change_the_call_at_the_same_time_and_still_hear_each_other_afterwards() {
        SoftPhone ann = phone("ann");
        SoftPhone bob = registered("bob");
        PhoneCall out = ann.call("100");
        PhoneCall in = ringing(bob);
        talks(out, in);
        for (int i = 0; i < 5; i++) {
            out.hold(true);
            in.hold(true);
            in.hold(false);
            out.hold(false);
        }
        says(out, 700);
        says(in, 1100);
        hears(in, 700);
        hears(out, 1100);
        in.hangUp();
        assertThat(out.awaitEnd(PATIENCE)).isPresent();
    }

    @Test
    void a_phone_that_is_gone_from_its_address_is_timed_out_and_the_caller_told() {
        SoftPhone ann = phone("ann");
        dialling = dial -> dial.withBinding("").withUri("sip:nobody@127.0.0.1:9");
        registered("bob");
        PhoneCall out = ann.call("100");
        assertThat(out.awaitEnd(Duration.ofSeconds(40)).orElseThrow().status()).isEqualTo(480);
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.NO_ANSWER, 480));
    }

    @Test
    void a_contact_that_is_no_longer_registered_fails_at_once() {
        SoftPhone ann = phone("ann");
        registered("bob");
        dialling = dial -> dial.withBinding(dial.binding() + "x");
        PhoneCall out = ann.call("100");
        assertThat(out.awaitEnd(PATIENCE)).isPresent();
        assertThat(results)
                .containsExactly(new DialResult.Failed(HangupCause.USER_NOT_REGISTERED, 480));
    }

    @Test
    void an_address_that_is_none_fails_at_once() {
        SoftPhone ann = phone("ann");
        registered("bob");
        dialling = dial -> dial.withBinding("").withUri("sip:");
        PhoneCall out = ann.call("100");
        assertThat(out.awaitEnd(PATIENCE).orElseThrow().status()).isEqualTo(484);
        assertThat(results)
                .containsExactly(new DialResult.Failed(HangupCause.INVALID_NUMBER_FORMAT, 484));
    }
}
