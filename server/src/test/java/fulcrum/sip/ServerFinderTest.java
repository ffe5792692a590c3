package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which servers stand behind a SIP URI (RFC 3263 §4).
class ServerFinderTest {
    private final Map<String, List<NameLookup.Naptr>> naptr = new HashMap<>();
    private final Map<String, List<NameLookup.Srv>> srv = new HashMap<>();
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Set<Protocol> spoken = Set.of(Protocol.UDP, Protocol.TCP, Protocol.TLS);
    private long chance;

    private final NameLookup names =
            new NameLookup() {
                @Override
                public List<Naptr> naptr(String domain) {
                    asked.add(domain);
                    return naptr.getOrDefault(domain, List.of());
                }

                @Override
                public List<Srv> srv(String service) {
                    asked.add(service);
                    return srv.getOrDefault(service, List.of());
                }

                @Override
                public List<InetAddress> addresses(String host) {
                    asked.add(host);
                    return addresses.getOrDefault(host, List.of());
                }
            };

    private void host(String name, String... literals) {
        addresses.put(name, List.of(literals).stream().map(InetAddress::ofLiteral).toList());
    }

    private void server(String service, int priority, int weight, int port, String target) {
        srv.computeIfAbsent(service, any -> new ArrayList<>())
                .add(new NameLookup.Srv(priority, weight, port, target));
    }

    private void naptr(int order, int preference, String service, String replacement) {
        naptr.computeIfAbsent("example.com", any -> new ArrayList<>())
                .add(new NameLookup.Naptr(order, preference, "s", service, replacement));
    }

    /// Such as `UDP 192.0.2.1:5060`.
    private List<String> found(String uri) {
        return places(uri).stream()
                .map(
                        place ->
                                place.protocol()
                                        + " "
                                        + place.address().getAddress().getHostAddress()
                                        + ":"
                                        + place.address().getPort())
                .toList();
    }

    private List<Place> places(String uri) {
        return new ServerFinder(names, spoken::contains, () -> chance).find(SipUri.parse(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:a@192.0.2.1, UDP 192.0.2.1:5060",
        "sip:a@192.0.2.1:5070, UDP 192.0.2.1:5070",
        "sip:a@192.0.2.1;transport=tcp, TCP 192.0.2.1:5060",
        "sips:a@192.0.2.1, TLS 192.0.2.1:5061",
        "sip:a@[2001:db8::1], UDP 2001:db8:0:0:0:0:0:1:5060",
        "sip:a@host.example:5070, UDP 192.0.2.9:5070",
        "sip:a@host.example:5070;transport=tls, TLS 192.0.2.9:5070",
        "sip:a@localhost, UDP 127.0.0.1:5060"
    })
    void an_address_or_a_port_is_what_it_is_and_no_service_is_asked_for(String uri, String place) {
        host("host.example", "192.0.2.9");
        host("localhost", "127.0.0.1");
        assertThat(found(uri)).containsExactly(place);
        assertThat(asked).noneMatch(name -> name.startsWith("_")).doesNotContain("example");
    }

    @Test
    void naptr_says_which_protocols_in_the_domains_own_order() {
        naptr(50, 50, "SIP+D2T", "_t.example.com");
        naptr(40, 60, "SIPS+D2T", "_s.example.com");
        naptr(40, 50, "SIP+D2U", "_u.example.com");
        naptr(10, 10, "SIP+D2W", "_w.example.com");
        server("_t.example.com", 1, 0, 5062, "a.example.com");
        server("_u.example.com", 1, 0, 5060, "a.example.com");
        server("_s.example.com", 1, 0, 5061, "b.example.com");
        host("a.example.com", "192.0.2.1");
        host("b.example.com", "192.0.2.2");
        assertThat(found("sip:x@example.com"))
                .containsExactly("UDP 192.0.2.1:5060", "TLS 192.0.2.2:5061", "TCP 192.0.2.1:5062");
        spoken = Set.of(Protocol.TCP);
        assertThat(found("sip:x@example.com")).containsExactly("TCP 192.0.2.1:5062");
    }

    @Test
    void without_naptr_each_protocol_is_asked_for() {
        server("_sip._udp.example.com", 1, 0, 5060, "a.example.com");
        server("_sip._tcp.example.com", 1, 0, 5070, "a.example.com");
        host("a.example.com", "192.0.2.1");
        assertThat(found("sip:x@example.com"))
                .containsExactly("UDP 192.0.2.1:5060", "TCP 192.0.2.1:5070");
        assertThat(found("sip:x@example.com;transport=tcp")).containsExactly("TCP 192.0.2.1:5070");
    }

    @Test
    void what_is_to_be_secure_is_asked_for_as_that_alone() {
        server("_sips._tcp.example.com", 1, 0, 5061, "a.example.com");
        server("_sip._udp.example.com", 1, 0, 5060, "a.example.com");
        host("a.example.com", "192.0.2.1");
        assertThat(found("sips:x@example.com")).containsExactly("TLS 192.0.2.1:5061");
        spoken = Set.of(Protocol.UDP);
        assertThat(found("sips:x@example.com")).isEmpty();
        assertThat(found("sip:x@example.com;transport=ws")).isEmpty();
    }

    @Test
    void a_certificate_must_be_the_domains_and_not_the_servers() {
        server("_sips._tcp.example.com", 1, 0, 5061, "a.example.com");
        host("a.example.com", "192.0.2.1");
        assertThat(places("sips:x@example.com").getFirst().address().getHostString())
                .isEqualTo("example.com");
    }

    @Test
    void without_any_service_the_name_is_a_host() {
        host("example.com", "192.0.2.1", "2001:db8::1");
        assertThat(found("sip:x@example.com"))
                .containsExactly("UDP 192.0.2.1:5060", "UDP 2001:db8:0:0:0:0:0:1:5060");
        assertThat(asked)
                .containsExactly(
                        "example.com",
                        "_sip._udp.example.com",
                        "_sip._tcp.example.com",
                        "example.com");
        assertThat(found("sip:x@nowhere.example")).isEmpty();
    }

    @Test
    void the_lowest_priority_is_first() {
        server("_sip._udp.example.com", 20, 0, 5060, "b.example.com");
        server("_sip._udp.example.com", 10, 0, 5060, "a.example.com");
        server("_sip._udp.example.com", 30, 0, 5060, ".");
        host("a.example.com", "192.0.2.1");
        host("b.example.com", "192.0.2.2", "192.0.2.3");
        assertThat(found("sip:x@example.com"))
                .containsExactly("UDP 192.0.2.1:5060", "UDP 192.0.2.2:5060", "UDP 192.0.2.3:5060");
    }

    @Test
    void of_one_priority_chance_decides_in_proportion_to_the_weights() {
        server("_sip._udp.example.com", 1, 75, 5060, "a.example.com");
        server("_sip._udp.example.com", 1, 25, 5060, "b.example.com");
        host("a.example.com", "192.0.2.1");
        host("b.example.com", "192.0.2.2");
        int first = 0;
        for (chance = 0; chance <= 100; chance++) {
            if (found("sip:x@example.com").getFirst().contains("192.0.2.1")) {
                first++;
            }
        }
        assertThat(first).isEqualTo(75);
    }
}
