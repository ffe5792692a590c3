package fulcrum.action.carrier;

import static fulcrum.action.carrier.CarrierTrial.GATEWAYS;
import static fulcrum.action.carrier.CarrierTrial.NUMBER;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// System carriers whatever the node says, and numbers of accounts of this server.
class OffnetTest {
    private static final String ANY = "'rules':['.*']," + GATEWAYS;
    private static final String OTHER = "b2".repeat(16);

    @Test
    void local_resources_and_a_hunt_account_have_no_effect() {
        CarrierTrial trial =
                CarrierTrial.of("offnet", "{'use_local_resources':true,'hunt_account_id':'x'}")
                        .local("own", "'rules':['.*'],'gateways':[{'server':'own.example'}]")
                        .global("all", ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + NUMBER + "@gw.example");
    }

    private static CarrierTrial toAnother(
            String module, String data, String number, String account) {
        return CarrierTrial.of(module, data)
                .global("all", ANY)
                .foreign(OTHER, "account", OTHER, account)
                .foreign(OTHER, "number", NUMBER, number);
    }

    @Test
    void a_number_of_another_account_of_the_server_is_called_within() {
        CarrierTrial trial =
                toAnother("offnet", "{}", "{'state':'in_service'}", "{'realm':'b.example'}");
        trial.person(NUMBER).isRinging().answers().isBridgedTo(trial.scenario().caller()).hangsUp();
        trial.plays();
        assertThat(trial.dial().uri()).isEqualTo("sip:" + NUMBER + "@b.example");
        assertThat(trial.dial().endpoint().type()).isEqualTo("account");
        assertThat(trial.dial().endpoint().id()).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "offnet, {}, \"{'state':'in_service','force_outbound':true}\", {'realm':'b.example'}",
                "offnet, {}, {'state':'released'}, {'realm':'b.example'}",
                "offnet, {}, {'state':'in_service'}, \"{'realm':'b.example','enabled':false}\"",
                "resources, {'use_local_resources':true}, {'state':'in_service'}, {'realm':'b.example'}",
            })
    void it_goes_out_when_it_must_or_the_account_has_carriers_of_its_own(
            String module, String data, String number, String account) {
        CarrierTrial trial = toAnother(module, data, number, account).local("own", ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + NUMBER + "@gw.example");
        assertThat(trial.dial().endpoint().type()).isEqualTo("resource");
    }

    @Test
    void what_comes_of_a_call_within_names_the_child_as_ever() {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER, node("offnet", "{}", children("USER_BUSY", early("busy"))))
                        .foreign(OTHER, "account", OTHER, "{'realm':'b.example'}")
                        .foreign(OTHER, "number", NUMBER, "{'state':'in_service'}");
        trial.person(NUMBER).isRinging().refuses(486);
        assertThat(trial.plays().heard()).isEqualTo(List.of("busy"));
    }
}
