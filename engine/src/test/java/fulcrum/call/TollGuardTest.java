package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.OutboundLimits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calls out to carriers, counted against an account's limits.
class TollGuardTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final OutboundLimits NONE =
            new OutboundLimits(
                    -1, -1, List.of("1"), -1, Duration.ofMinutes(1), Duration.ofHours(1), -1);

    private final TollGuard guard = new TollGuard();
    private final List<LegCard> legs = new ArrayList<>();
    private OutboundLimits limits = NONE;
    private Instant now = Instant.parse("2026-01-01T23:00:00Z");
    private int calls;

    private static OutboundLimits limits(long atOnce, long perDay, long burst, long same) {
        return new OutboundLimits(
                atOnce, perDay, NONE.countries(), burst, NONE.burstWindow(), NONE.lock(), same);
    }

    /// A new call of the account that wants to go out.
    private Answer.Outbound calls(String number) {
        String callId = "call-" + ++calls;
        legs.add(leg(callId, "inbound", "device"));
        return guard.ask(
                new OutboundAsk(ACCOUNT, callId, number, "+14155550100"), limits, legs, now);
    }

    private Answer.Outbound calls() {
        return calls("+1415555" + (1000 + calls));
    }

    private static LegCard leg(String callId, String direction, String type) {
        return new LegCard(
                callId + direction,
                callId,
                ACCOUNT,
                direction,
                LegState.NEW,
                "",
                "",
                "",
                callId,
                "",
                type,
                List.of(),
                "",
                Instant.EPOCH,
                Optional.empty());
    }

    private void ends(String callId) {
        legs.removeIf(card -> card.callId().equals(callId));
    }

    @Test
    void no_more_go_out_at_once_than_may_and_one_that_has_ended_makes_room() {
        limits = limits(2, -1, -1, -1);
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
        Answer.Outbound refused = calls();
        assertThat(refused.cause()).isEqualTo(HangupCause.NORMAL_CIRCUIT_CONGESTION);
        assertThat(refused.why()).contains("2 calls to carriers already");
        ends("call-1");
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
        guard.leave(ACCOUNT, "call-2");
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
        assertThat(calls().why()).isNotEmpty();
    }

    @Test
    void a_carriers_leg_that_another_call_has_now_counts() {
        limits = limits(1, -1, -1, -1);
        legs.add(leg("transferred", "outbound", "resource"));
        assertThat(calls().why()).isNotEmpty();
        ends("transferred");
        legs.add(leg("incoming", "inbound", "resource"));
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void a_call_that_goes_out_a_second_time_is_one_call() {
        limits = limits(1, -1, -1, -1);
        assertThat(calls("+14155550199")).isEqualTo(Answer.Outbound.GRANTED);
        legs.add(leg("call-1", "outbound", "resource"));
        OutboundAsk again = new OutboundAsk(ACCOUNT, "call-1", "+14155550198", "+14155550100");
        assertThat(guard.ask(again, limits, legs, now)).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void a_day_has_so_many_and_the_next_one_as_many_again() {
        limits = limits(-1, 2, -1, -1);
        calls();
        calls();
        assertThat(calls().cause()).isEqualTo(HangupCause.OUTGOING_CALL_BARRED);
        now = now.plus(Duration.ofHours(1));
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void another_country_is_not_called() {
        assertThat(calls("+442071234567").cause()).isEqualTo(HangupCause.OUTGOING_CALL_BARRED);
        assertThat(calls("+442071234567").why()).contains("no country that may be called");
        assertThat(calls("411")).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void a_burst_locks_with_one_alarm_until_the_lock_is_over() {
        limits = limits(-1, -1, 3, -1);
        for (int i = 0; i < 3; i++) {
            assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
            now = now.plusSeconds(10);
        }
        Answer.Outbound alarm = calls();
        assertThat(alarm.isAlarm()).isTrue();
        assertThat(alarm.why()).contains("4 calls to carriers within 60 s");
        now = now.plus(Duration.ofHours(1)).minusSeconds(1);
        Answer.Outbound locked = calls();
        assertThat(locked.isAlarm()).isFalse();
        assertThat(locked.why()).contains("locked until");
        now = now.plusSeconds(1);
        assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void as_many_over_a_longer_time_are_no_burst() {
        limits = limits(-1, -1, 3, -1);
        for (int i = 0; i < 20; i++) {
            assertThat(calls()).isEqualTo(Answer.Outbound.GRANTED);
            now = now.plusSeconds(20);
        }
    }

    @Test
    void many_calls_from_one_to_one_number_are_a_loop() {
        limits = limits(-1, -1, -1, 2);
        calls("+14155550199");
        calls("+14155550199");
        assertThat(calls("+14155550198")).isEqualTo(Answer.Outbound.GRANTED);
        Answer.Outbound loop = calls("+14155550199");
        assertThat(loop.cause()).isEqualTo(HangupCause.EXCHANGE_ROUTING_ERROR);
        assertThat(loop.why()).contains("loop");
        ends("call-1");
        assertThat(calls("+14155550199")).isEqualTo(Answer.Outbound.GRANTED);
    }

    @Test
    void accounts_do_not_count_for_each_other() {
        limits = limits(1, 1, 1, 1);
        calls();
        OutboundAsk other = new OutboundAsk("b".repeat(32), "x", "+14155550199", "1");
        assertThat(guard.ask(other, limits, List.of(), now)).isEqualTo(Answer.Outbound.GRANTED);
    }
}
