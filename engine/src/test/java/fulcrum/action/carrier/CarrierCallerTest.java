package fulcrum.action.carrier;

import static fulcrum.action.carrier.CarrierTrial.GATEWAYS;
import static fulcrum.action.carrier.CarrierTrial.NUMBER;
import static fulcrum.action.carrier.CarrierTrial.notices;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Dial;
import fulcrum.sdk.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// As whom a carrier is called, and what else the INVITE says.
class CarrierCallerTest {
    private static final String ANY = "'rules':['.*']," + GATEWAYS;
    private static final String IDS =
            "{'caller_id':{'external':{'name':'Ext','number':'+14155550101'},"
                    + "'internal':{'name':'Int','number':'101'},'mine':{'name':'Mine','number':'+14155550102'},"
                    + "'emergency':{'name':'Help','number':'+14155550103'}}}";

    private static Dial dialled(CarrierTrial trial) {
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        return trial.dial();
    }

    private static CarrierTrial sending(String data, String resource) {
        return CarrierTrial.of("resources", data).device(IDS).local("own", resource);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{}, '', Ext +14155550101",
                "{'caller_id_type':'internal'}, '', Int 101",
                "{'caller_id_type':'mine'}, '', Mine +14155550102",
                "{'caller_id_type':'mine'}, \"'caller_id_type':'external',\", Mine +14155550102",
                "{'caller_id_type':'mine'}, \"'caller_id_type':'internal',\", Int 101",
                "{}, \"'caller_id_type':'emergency',\", Help +14155550103",
            })
    void the_caller_id_is_of_the_type_that_the_gateway_or_else_the_node_wants(
            String data, String gateway, String shown) {
        String own = gateway.replace("''", "");
        Dial dial =
                dialled(
                        sending(
                                data,
                                "'rules':['.*'],'gateways':[{" + own + "'server':'gw.example'}]"));
        assertThat(dial.caller().name() + " " + dial.caller().number()).isEqualTo(shown);
        assertThat(dial.caller().isHidden()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{}, {}, \"\"",
                "{'from_uri_realm':'node.example'}, {}, \"\"",
                "{'format_from_uri':true}, {}, scenario.example",
                "\"{'format_from_uri':true,'from_uri_realm':'node.example'}\", {}, node.example",
                "{}, \"{'format_from_uri':true,'from_uri_realm':'r.example'}\", r.example",
                "{'from_uri_realm':'node.example'},"
                        + " \"{'format_from_uri':true,'from_account_realm':true}\", scenario.example",
            })
    void the_host_of_from_is_ours_unless_it_is_formatted(
            String data, String resource, String host) {
        String own = resource.substring(1, resource.length() - 1);
        assertThat(dialled(sending(data, own + (own.isEmpty() ? "" : ",") + ANY)).caller().host())
                .isEqualTo(host);
    }

    @Test
    void headers_of_gateway_device_and_node_are_sent_with_macros_filled_in() {
        CarrierTrial trial =
                CarrierTrial.of(
                                "resources",
                                "{'emit_account_id':true,'custom_sip_headers':{'out':{'X-Who':"
                                        + "'{caller_id_name} {caller_id_number} {account_realm} {odd}'},"
                                        + "'in':{'X-In':'1'}}}")
                        .device(
                                "{'sip':{'custom_sip_headers':{'X-Desk':'7','X-Gate':'desk'}},"
                                        + "'caller_id':{'external':{'name':'Ext','number':'+14155550101'}}}")
                        .local(
                                "own",
                                "'rules':['.*'],'gateways':[{'server':'g','custom_sip_headers':{'X-Gate':'1'}}]");
        assertThat(dialled(trial).headers())
                .containsEntry("X-Account-ID", fulcrum.sdk.Scenario.ACCOUNT)
                .containsEntry("X-Who", "Ext +14155550101 scenario.example {odd}")
                .containsEntry("X-Desk", "7")
                .containsEntry("X-Gate", "desk")
                .doesNotContainKey("X-In");
    }

    @Test
    void a_header_that_the_call_itself_needs_is_not_replaced() {
        CarrierTrial trial =
                sending("{'custom_sip_headers':{'Call-ID':'x','X-Ok':'a\\r\\nVia: b'}}", ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        Outcome outcome = trial.plays();
        assertThat(trial.dial().headers())
                .containsOnlyKeys("X-Ok")
                .containsEntry("X-Ok", "a Via: b");
        assertThat(notices(outcome)).containsExactly("the header Call-ID cannot be set");
    }

    @Test
    void what_the_endpoint_asserts_is_told_to_the_carrier_alone() {
        CarrierTrial trial =
                sending("{}", ANY)
                        .device(
                                "{'caller_id':{'asserted':{'number':'+14155550104',"
                                        + "'name':'A \\\"B\\\"','realm':'x.example'}}}");
        assertThat(dialled(trial).headers())
                .containsEntry(
                        "P-Asserted-Identity", "\"A \\\"B\\\"\" <sip:+14155550104@x.example>");
        assertThat(dialled(sending("{}", ANY)).headers()).isEmpty();
        assertThat(
                        dialled(
                                        sending("{}", ANY)
                                                .setting(
                                                        "callflow.resources.default_asserted_identity",
                                                        "true"))
                                .headers())
                .containsEntry(
                        "P-Asserted-Identity", "\"Ext\" <sip:+14155550101@scenario.example>");
    }

    @Test
    void a_caller_who_hides_is_anonymous_and_the_carrier_knows_the_number() {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER,
                                node(
                                        "set_variable",
                                        "{'variable':'x','value':'y'}",
                                        node("resources", "{}")))
                        .device(
                                "{'caller_id':{'external':{'name':'Ext','number':'+14155550101'}},"
                                        + "'caller_id_options':{'outbound_privacy':'full'}}")
                        .local("own", ANY);
        Dial dial = dialled(trial);
        assertThat(dial.caller().isHidden()).isTrue();
        assertThat(dial.headers())
                .containsEntry("P-Asserted-Identity", "<sip:+14155550101@scenario.example>");
    }

    @Test
    void a_number_that_the_account_does_not_own_can_be_replaced_by_one_that_it_does() {
        CarrierTrial trial =
                sending("{}", ANY)
                        .setting("callflow.ensure_valid_caller_id", "true")
                        .account("{'caller_id':{'external':{'number':'+14155550111'}}}");
        assertThat(dialled(trial).caller().number()).isEqualTo("+14155550101");
        CarrierTrial owned =
                sending("{}", ANY)
                        .setting("callflow.ensure_valid_caller_id", "true")
                        .account("{'caller_id':{'external':{'number':'+14155550111'}}}");
        owned.scenario().document("number", "+14155550111", "{\"state\":\"in_service\"}");
        assertThat(dialled(owned).caller().number()).isEqualTo("+14155550111");
        CarrierTrial other = sending("{}", ANY).setting("callflow.ensure_valid_caller_id", "true");
        other.scenario().document("number", "+14155550112", "{\"state\":\"in_service\"}");
        assertThat(dialled(other).caller().number()).isEqualTo("+14155550112");
    }

    @Test
    void codecs_credentials_and_encryption_go_with_the_leg() {
        Dial dial =
                dialled(
                        sending(
                                "{}",
                                "'rules':['.*'],'media':{'encryption':{'methods':['srtp']}},'gateways':[{'server':'g',"
                                        + "'username':'trunk','password':'pw','codecs':['PCMA']}]"));
        assertThat(dial.media())
                .isEqualTo(new Dial.Media(List.of("PCMA"), Dial.Encryption.OPTIONAL));
        assertThat(dial.credentials().username()).isEqualTo("trunk");
        assertThat(dial.credentials().password()).isEqualTo("pw");
    }
}
