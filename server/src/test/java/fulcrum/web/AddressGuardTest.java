package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

class AddressGuardTest {
    private static final Resolver NOBODY =
            host -> {
                throw new UnknownHostException(host);
            };
    private static final AddressGuard STRICT = new AddressGuard(LocalUrls.NONE, NOBODY);
    private static final AddressGuard LOCAL = new AddressGuard(LocalUrls.ALL, NOBODY);

    private static Resolver finding(String... addresses) {
        return host -> List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://LOCALHOST:8080/x",
                "http://localhost./",
                "http://any.localhost/",
                "http://localhost.localdomain/",
                "http://127.0.0.1/",
                "http://127.255.255.254/",
                "http://2130706433/",
                "http://0x7f.0.0.1/",
                "http://0177.1/",
                "http://0.0.0.0/",
                "http://0/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://3232235777/",
                "http://100.64.0.1/",
                "http://198.18.0.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[::ffff:0:127.0.0.1]/",
                "http://[64:ff9b::10.0.0.1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:c0a8:101::1]/",
                "http://[2a00::5efe:10.0.0.1]/",
                "http://[fc00::1]/",
                "http://[fd12:3456::1]/",
                "http://[fec0::1]/"
            })
    void local_and_private_addresses_are_refused_in_every_spelling_unless_allowed(String url) {
        assertThat(STRICT.judge(url)).isPresent();
        assertThat(LOCAL.judge(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://2852039166/",
                "http://0xA9FEA9FE/",
                "http://[::ffff:169.254.169.254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:a9fe:a9fe::]/",
                "http://169.254.0.1/",
                "http://100.100.100.200/",
                "http://168.63.129.16/",
                "http://metadata.google.internal/",
                "http://[fd00:ec2::254]/",
                "http://[fd20:ce::254]/",
                "http://[fe80::1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2001::1]/",
                "http://[2001:db8::1]/",
                "http://[100::1]/",
                "http://[ff02::1]/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://240.0.0.1/",
                "http://0.1.2.3/",
                "http://192.0.2.1/",
                "http://[4000::1]/"
            })
    void link_local_metadata_multicast_and_reserved_addresses_are_never_allowed(String url) {
        assertThat(STRICT.judge(url)).isPresent();
        assertThat(LOCAL.judge(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://93.184.215.14/",
                "http://172.32.0.1/",
                "http://172.15.255.255/",
                "http://100.128.0.1/",
                "http://11.0.0.1/",
                "http://[2606:4700::1111]/",
                "http://[64:ff9b::8.8.8.8]/",
                "http://[2002:808:808::1]/",
                "http://localhost.example.com/"
            })
    void public_addresses_and_names_are_not_refused_by_what_is_written(String url) {
        assertThat(STRICT.judge(url)).isEmpty();
    }

    @Test
    void what_is_no_url_is_refused_with_a_reason() {
        assertThat(STRICT.judge("http://user@[::1/"))
                .contains("not an http or https URL with a usable host");
    }

    @Test
    void only_the_listed_pairs_of_host_and_port_are_allowed() {
        AddressGuard some =
                new AddressGuard(LocalUrls.of("localhost:8080, 127.0.0.1:9000,[::1]:7"), NOBODY);
        assertThat(some.judge("http://localhost:8080/a")).isEmpty();
        assertThat(some.judge("http://127.0.0.1:9000/")).isEmpty();
        assertThat(some.judge("http://0x7f000001:9000/")).isEmpty();
        assertThat(some.judge("http://[::1]:7/")).isEmpty();
        assertThat(some.judge("http://localhost:8081/")).isPresent();
        assertThat(some.judge("http://localhost/")).isPresent();
        assertThat(some.judge("http://127.0.0.1:8080/")).isPresent();
        assertThat(LocalUrls.of("")).isEqualTo(LocalUrls.ALL);
        assertThatThrownBy(() -> LocalUrls.of("localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void a_name_is_refused_when_any_of_its_addresses_is() throws Exception {
        AddressGuard clean =
                new AddressGuard(LocalUrls.NONE, finding("93.184.215.14", "2606:4700::1111"));
        assertThat(clean.addresses("app.example", 80)).hasSize(2);
        AddressGuard mixed = new AddressGuard(LocalUrls.NONE, finding("93.184.215.14", "10.0.0.7"));
        assertThatThrownBy(() -> mixed.addresses("app.example", 80))
                .isInstanceOf(ForbiddenAddress.class)
                .hasMessageContaining("app.example has the address 10.0.0.7")
                .hasMessageContaining("--allow-local-urls");
        AddressGuard metadata = new AddressGuard(LocalUrls.ALL, finding("169.254.169.254"));
        assertThatThrownBy(() -> metadata.addresses("app.example", 80))
                .isInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void a_listed_name_may_have_a_private_address() throws Exception {
        AddressGuard some =
                new AddressGuard(LocalUrls.of("app.internal:8080"), finding("192.168.7.7"));
        assertThat(some.addresses("app.internal", 8080)).hasSize(1);
        assertThatThrownBy(() -> some.addresses("app.internal", 80))
                .isInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void an_address_is_not_looked_up() throws Exception {
        assertThat(STRICT.addresses("93.184.215.14", 80))
                .containsExactly(InetAddress.ofLiteral("93.184.215.14"));
    }

    @Test
    void a_host_without_addresses_is_unknown() {
        AddressGuard empty = new AddressGuard(LocalUrls.NONE, host -> List.of());
        assertThatThrownBy(() -> empty.addresses("app.example", 80))
                .isInstanceOf(UnknownHostException.class)
                .isNotInstanceOf(ForbiddenAddress.class);
    }
}
