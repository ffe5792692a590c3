package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Under which address we are reached from where.
class OwnAddressesTest {
    private static final InetSocketAddress BOUND = at("192.0.2.5");
    private static final InetSocketAddress ANYWHERE = at("0.0.0.0");

    private final OwnAddresses addresses = new OwnAddresses("198.51.100.7");

    private static InetSocketAddress at(String host) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), 5060);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.7.7",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.1.1",
                "::1",
                "fe80::1",
                "fd00::1",
                "fc00::1"
            })
    void local_networks_hear_our_own_address(String host) {
        assertThat(addresses.isLocal(InetAddress.ofLiteral(host))).isTrue();
        assertThat(addresses.toward(at(host), BOUND)).isEqualTo("192.0.2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2001:4860::1"})
    void everybody_else_hears_the_public_one(String host) {
        assertThat(addresses.isLocal(InetAddress.ofLiteral(host))).isFalse();
        assertThat(addresses.toward(at(host), BOUND)).isEqualTo("198.51.100.7");
        assertThat(addresses.toward(at(host), ANYWHERE)).isEqualTo("198.51.100.7");
    }

    @Test
    void without_a_public_one_everybody_hears_our_own() {
        assertThat(new OwnAddresses("").toward(at("8.8.8.8"), BOUND)).isEqualTo("192.0.2.5");
    }

    @Test
    void bound_to_all_addresses_the_one_that_leads_there_counts() {
        assertThat(addresses.toward(at("127.0.0.1"), ANYWHERE)).isEqualTo("127.0.0.1");
    }

    @Test
    void calls_say_the_public_address_to_the_outside_and_our_own_inside() {
        var clock = new VirtualClock();
        var network = new MemoryNetwork(clock, 9);
        var settings = new SipSettings().withPublicAddress("198.51.100.7");
        var station = Station.on(network, clock, "192.168.1.2", settings);
        for (var host : new String[] {"203.0.113.9", "192.168.1.9"}) {
            var expected = host.startsWith("192.168") ? "192.168.1.2" : "198.51.100.7";
            var stranger = new Stranger(network, host);
            var target = SipUri.of("bob", host, 5060);
            var call =
                    station.stack.invite(
                            OutgoingInvite.to(target, NameAddress.of(station.uri("alice")))
                                    .offering(Station.audio(4000)),
                            station);
            clock.pass(20);
            var invite = stranger.lastRequest("INVITE");
            assertThat(invite.contacts().getFirst().uri()).hasToString("sip:" + expected + ":5060");
            assertThat(invite.topVia().host()).isEqualTo(expected);
            assertThat(station.stack.addressFor(stranger.address, Protocol.UDP))
                    .isEqualTo(expected);
            station.hangsUp(call);
            stranger.sends(stranger.invite(station, "in-" + host), station.address);
            clock.pass(20);
            station.invitation().ring();
            clock.pass(20);
            assertThat(stranger.lastResponse().contacts().getFirst().uri().host())
                    .isEqualTo(expected);
        }
    }
}
