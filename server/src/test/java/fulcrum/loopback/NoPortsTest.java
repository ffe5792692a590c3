package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/// What a caller meets when every port for sound is taken: a refusal, not silence.
class NoPortsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// An even port that was free a moment ago, as was the one above it.
    private static int freePair() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int tries = 0; tries < 100; tries++) {
            try (DatagramSocket any = new DatagramSocket(0, loopback)) {
                int even = any.getLocalPort() & ~1;
                if (even != any.getLocalPort()) {
                    continue;
                }
                new DatagramSocket(even + 1, loopback).close();
                return even;
            } catch (IOException taken) {
                // the next one, then
            }
        }
        throw new UncheckedIOException(new IOException("no free pair of ports"));
    }

    private static OpenHouse withOnePair() {
        int port = freePair();
        return OpenHouse.open(
                "all",
                EventSink.NONE,
                sounds -> sounds,
                facts -> Journal.NONE,
                Map.of("rtp-ports", port + "-" + (port + 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"module\":\"answer\",\"data\":{},\"children\":{\"_\":{\"module\":\"wait_for_hangup\",\"data\":{}}}}",
                "{\"module\":\"response\",\"data\":{\"code\":486,\"media\":\"silence_stream://60000\"}}"
            })
    void a_caller_for_whom_no_port_is_left_is_refused_with_503(String flow) {
        try (OpenHouse house = withOnePair()) {
            house.callflow("1", flow);
            Login login = house.phone("desk");
            try (SoftPhone phone = SoftPhone.open(login)) {
                PhoneCall first = phone.call("1");
                assertThat(first.awaitSound(PATIENCE)).isTrue();
                PhoneCall second = phone.call("1");
                assertThat(second.awaitEnd(PATIENCE))
                        .hasValueSatisfying(end -> assertThat(end.status()).isEqualTo(503));
                assertThat(first.isOver()).isFalse();
            }
        }
    }

    @Test
    void a_port_that_was_given_back_serves_the_next_caller() {
        try (OpenHouse house = withOnePair()) {
            house.callflow("1", "{\"module\":\"answer\",\"data\":{}}");
            try (SoftPhone phone = SoftPhone.open(house.phone("desk"))) {
                for (int i = 0; i < 3; i++) {
                    PhoneCall call = phone.call("1");
                    assertThat(call.awaitAnswer(PATIENCE)).isTrue();
                    call.awaitEnd(PATIENCE);
                    awaitNoPaths(house);
                }
            }
        }
    }

    private static void awaitNoPaths(OpenHouse house) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (house.exchange().paths() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(house.exchange().paths()).isZero();
    }
}
