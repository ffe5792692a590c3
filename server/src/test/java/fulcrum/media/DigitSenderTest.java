package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class DigitSenderTest {
    private final DigitSender sender = new DigitSender();
    private final byte[] payload = new byte[4];

    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        while (sender.isBusy()) {
            DigitSender.Step step = sender.next();
            if (step == DigitSender.Step.PAUSE) {
                steps.add(sender.isToldLast() ? "PAUSE told" : "PAUSE");
            } else {
                sender.write(payload, 0, 8000);
                String end = (payload[1] & 0x80) != 0 ? " end" : "";
                steps.add(step + " " + payload[0] + " " + Bytes.uint16(payload, 2) + end);
            }
        }
        return steps;
    }

    @Test
    void a_key_is_a_start_updates_every_20_ms_and_its_end_three_times() {
        sender.queue("5", Duration.ofMillis(90), true);

        assertThat(steps())
                .containsExactly(
                        "START 5 160",
                        "UPDATE 5 320",
                        "UPDATE 5 480",
                        "UPDATE 5 640",
                        "END 5 720 end",
                        "REPEAT 5 720 end",
                        "REPEAT 5 720 end",
                        "PAUSE told");
    }

    @Test
    void keys_follow_each_other_and_only_the_last_is_told() {
        sender.queue("1#", Duration.ofMillis(40), true);

        assertThat(steps())
                .containsExactly(
                        "START 1 160",
                        "END 1 320 end",
                        "REPEAT 1 320 end",
                        "REPEAT 1 320 end",
                        "PAUSE",
                        "START 11 160",
                        "END 11 320 end",
                        "REPEAT 11 320 end",
                        "REPEAT 11 320 end",
                        "PAUSE told");
    }

    @Test
    void waits_are_pauses_of_half_a_second_and_a_second() {
        sender.queue("wW", Duration.ofMillis(40), true);

        List<String> steps = steps();
        assertThat(steps).hasSize(75).endsWith("PAUSE told");
        assertThat(steps.subList(0, 74)).containsOnly("PAUSE");
    }

    @Test
    void lengths_are_brought_into_what_can_be_said() {
        sender.queue("1", Duration.ofMillis(1), false);
        assertThat(steps()).contains("END 1 320 end");

        sender.queue("1", Duration.ofMinutes(1), false);
        assertThat(steps()).hasSize(408 + 3).contains("END 1 65280 end");
    }

    @Test
    void what_is_no_key_is_left_out() {
        assertThat(DigitSender.keysOf("1-a(x)")).isEqualTo("1a");
        sender.queue(" - ", Duration.ofMillis(40), true);
        assertThat(sender.isBusy()).isFalse();
        assertThat(sender.next()).isEqualTo(DigitSender.Step.IDLE);
    }
}
