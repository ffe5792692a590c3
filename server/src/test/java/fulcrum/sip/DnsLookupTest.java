package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

import java.net.InetAddress;

/// A real name server is asked over UDP.
class DnsLookupTest {
    private final DnsResponder server = new DnsResponder();
    private final DnsLookup lookup = DnsLookup.at(server.address());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void records_of_every_kind_are_read() {
        server.knows(
                "example.com. 60 IN NAPTR 10 20 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com.",
                "_sip._udp.example.com. 60 IN SRV 1 2 5062 a.example.com.",
                "a.example.com. 60 IN AAAA 2001:db8::1",
                "a.example.com. 60 IN A 192.0.2.1");
        assertThat(lookup.naptr("example.com"))
                .containsExactly(
                        new NameLookup.Naptr(10, 20, "s", "SIP+D2U", "_sip._udp.example.com"));
        assertThat(lookup.srv("_sip._udp.example.com"))
                .containsExactly(new NameLookup.Srv(1, 2, 5062, "a.example.com"));
        assertThat(lookup.addresses("a.example.com"))
                .containsExactly(
                        InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    }

    @Test
    void what_was_told_is_remembered() {
        server.knows("_sip._udp.example.com. 60 IN SRV 1 2 5062 a.example.com.");
        lookup.srv("_sip._udp.example.com");
        assertThat(lookup.srv("_sip._udp.example.com")).hasSize(1);
        assertThat(server.asked()).containsExactly("SRV _sip._udp.example.com");
    }

    @Test
    void a_name_that_is_not_there_is_nothing() {
        server.knows("a.example.com. 60 IN A 192.0.2.1");
        assertThat(lookup.srv("_sip._udp.example.com")).isEmpty();
        assertThat(lookup.naptr("a.example.com")).isEmpty();
        assertThat(lookup.addresses("odd..name")).isEmpty();
    }

    @Test
    void a_server_that_fails_is_not_asked_the_same_again_at_once() {
        server.fails(Rcode.SERVFAIL);
        assertThat(lookup.srv("_sip._udp.example.com")).isEmpty();
        int before = server.asked().size();
        assertThat(lookup.srv("_sip._udp.example.com")).isEmpty();
        assertThat(server.asked()).hasSize(before);
    }
}
