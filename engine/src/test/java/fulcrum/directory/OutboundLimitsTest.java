package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class OutboundLimitsTest {
    private static Optional<Document> document(String body) {
        return Optional.of(
                Document.fresh(
                        "a".repeat(32),
                        "limits",
                        "limits",
                        Json.object(body.replace('\'', '"')),
                        Instant.EPOCH));
    }

    private static OutboundLimits limits(String limits) {
        return OutboundLimits.of(document(limits), Optional.empty());
    }

    @Test
    void they_are_in_force_without_anybodys_doing() {
        assertThat(OutboundLimits.of(Optional.empty(), Optional.empty()))
                .isEqualTo(
                        new OutboundLimits(
                                20,
                                1000,
                                List.of("1"),
                                30,
                                Duration.ofSeconds(60),
                                Duration.ofHours(1),
                                5));
    }

    @Test
    void each_value_can_be_set() {
        assertThat(
                        limits(
                                "{'outbound':{'simultaneous':2,'per_day':-1,'countries':['44','1'],'same_number':1,"
                                        + "'burst':{'calls':3,'seconds':4,'lock_seconds':5}}}"))
                .isEqualTo(
                        new OutboundLimits(
                                2,
                                -1,
                                List.of("44", "1"),
                                3,
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                1));
    }

    @Test
    void the_document_of_limits_counts_more_than_the_account() {
        var account =
                document(
                        "{'limits':{'outbound':{'per_day':7,'simultaneous':8,'countries':['*']}}}");
        OutboundLimits both = OutboundLimits.of(document("{'outbound':{'per_day':5}}"), account);
        assertThat(both.perDay()).isEqualTo(5);
        assertThat(both.atOnce()).isEqualTo(8);
        assertThat(both.countries()).containsExactly("*");
        assertThat(OutboundLimits.of(Optional.empty(), account).perDay()).isEqualTo(7);
    }

    @Test
    void kazoos_hard_limits_narrow_what_may_go_out_at_once() {
        assertThat(limits("{'calls':3}").atOnce()).isEqualTo(3);
        assertThat(limits("{'resource_consuming_calls':0,'calls':3}").atOnce()).isZero();
        assertThat(limits("{'calls':100}").atOnce()).isEqualTo(20);
        assertThat(limits("{'calls':100,'outbound':{'simultaneous':-1}}").atOnce()).isEqualTo(100);
    }

    @Test
    void home_is_where_the_account_calls_from() {
        var account = document("{'caller_id':{'external':{'number':'+442071234567'}}}");
        assertThat(OutboundLimits.of(Optional.empty(), account).countries()).containsExactly("44");
    }
}
