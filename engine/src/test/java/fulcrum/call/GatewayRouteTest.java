package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.ChosenGateway;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What becomes of the fields of a gateway.
class GatewayRouteTest {
    private static GatewayRoute route(String resource, String gateway, String number) {
        Document document =
                Document.fresh("a".repeat(32), "resource", "r1", object(resource), Instant.EPOCH);
        return GatewayRoute.of(new ChosenGateway(document, object(gateway), number, false, false));
    }

    private static tools.jackson.databind.node.ObjectNode object(String json) {
        return Json.object(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{'server':'gw.example'}, sip:+14155550199@gw.example",
                "\"{'server':'gw.example','port':5060}\", sip:+14155550199@gw.example",
                "\"{'server':'gw.example','port':5080}\", sip:+14155550199@gw.example:5080",
                "\"{'server':'gw.example:5070','port':5080}\", sip:+14155550199@gw.example:5070",
                "\"{'server':'10.0.0.1','prefix':'9','suffix':'#'}\", sip:9+14155550199%23@10.0.0.1",
                "\"{'server':'2001:db8::1','port':5080}\", sip:+14155550199@[2001:db8::1]:5080",
                "\"{'server':'gw.example;transport=tcp','port':5080}\", sip:+14155550199@gw.example:5080;transport=tcp",
                "\"{'server':'g','invite_format':'npan'}\", sip:4155550199@g",
                "\"{'server':'g','invite_format':'1npan'}\", sip:14155550199@g",
                "\"{'server':'g','invite_format':'strip_plus','prefix':'00'}\", sip:0014155550199@g",
                "\"{'server':'g','invite_format':'e164'}\", sip:+14155550199@g",
                "\"{'server':'g','invite_format':'username','username':'trunk'}\", sip:trunk@g",
                "\"{'server':'g','route':'sip:fixed@other.example'}\", sip:fixed@other.example",
                "\"{'server':'g','route':'other.example'}\", sip:other.example",
                "\"{'server':'g','invite_parameters':{'static':['tgrp=x','npdi']}}\", sip:+14155550199@g;tgrp=x;npdi",
            })
    void the_request_uri_is_made_of_number_and_place(String gateway, String uri) {
        assertThat(route("{}", gateway, "+14155550199").uri()).isEqualTo(uri);
    }

    @Test
    void a_number_in_another_form_is_brought_into_that_of_the_gateway() {
        assertThat(route("{}", "{'server':'g','invite_format':'e164'}", "4155550199").uri())
                .isEqualTo("sip:+14155550199@g");
        assertThat(route("{}", "{'server':'g','invite_format':'npan'}", "+442071234567").uri())
                .isEqualTo("sip:+442071234567@g");
    }

    @Test
    void the_gateway_counts_more_than_its_resource() {
        String resource =
                "{'name':'Acme','from_uri_realm':'acme','media':{'audio':{'codecs':['PCMA']},'progress_timeout':5,"
                        + "'ignore_early_media':true},'caller_id_options':{'type':'internal'}}";
        GatewayRoute plain = route(resource, "{'server':'g'}", "1");
        assertThat(plain.resourceName()).isEqualTo("Acme");
        assertThat(plain.media().codecs()).containsExactly("PCMA");
        assertThat(plain.progressTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plain.fromRealm()).isEqualTo("acme");
        assertThat(plain.callerIdType()).isEqualTo("internal");
        assertThat(plain.ignoresEarlyMedia()).isTrue();
        GatewayRoute own =
                route(
                        resource,
                        "{'server':'g','codecs':['G722_16','OPUS'],'progress_timeout':3,'from_uri_realm':'g.acme',"
                                + "'caller_id_type':'emergency','format_from_uri':true}",
                        "1");
        assertThat(own.media().codecs()).isEqualTo(List.of("G722", "OPUS"));
        assertThat(own.progressTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(own.fromRealm()).isEqualTo("g.acme");
        assertThat(own.callerIdType()).isEqualTo("emergency");
        assertThat(own.formatsFrom()).isTrue();
    }

    @Test
    void without_a_word_it_may_be_silent_for_eight_seconds_and_speaks_everything() {
        GatewayRoute route = route("{}", "{'server':'g'}", "1");
        assertThat(route.progressTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(route.media()).isEqualTo(Dial.Media.ANY);
        assertThat(route.credentials()).isEqualTo(Dial.Credentials.NONE);
        assertThat(route.resourceName()).isEqualTo("r1");
    }

    @Test
    void headers_are_a_map_or_one_for_the_way_out() {
        assertThat(route("{}", "{'server':'g','custom_sip_headers':{'X-A':'1'}}", "1").headers())
                .isEqualTo(Map.of("X-A", "1"));
        String both = "{'server':'g','custom_sip_headers':{'in':{'X-A':'1'},'out':{'X-B':'2'}}}";
        assertThat(route("{}", both, "1").headers()).isEqualTo(Map.of("X-B", "2"));
    }

    @Test
    void encryption_is_as_the_resource_says() {
        assertThat(route("{'media':{'encryption':{'methods':['srtp']}}}", "{'server':'g'}", "1"))
                .extracting(route -> route.media().encryption())
                .isEqualTo(Dial.Encryption.OPTIONAL);
        assertThat(
                        route(
                                        "{'media':{'encryption':{'enforce_security':true}}}",
                                        "{'server':'g'}",
                                        "1")
                                .media()
                                .encryption())
                .isEqualTo(Dial.Encryption.REQUIRED);
    }

    @Test
    void its_password_is_not_told() {
        GatewayRoute route = route("{}", "{'server':'g','username':'u','password':'s3cret'}", "1");
        assertThat(route.credentials().password()).isEqualTo("s3cret");
        assertThat(route.toString()).doesNotContain("s3cret");
        assertThat(Json.MAPPER.writeValueAsString(route)).doesNotContain("s3cret");
    }
}
