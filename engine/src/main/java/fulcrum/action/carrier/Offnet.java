package fulcrum.action.carrier;

import fulcrum.call.Call;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.FromSetting;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.Setting;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sends the call out through the carriers that serve all accounts: `resources` without local ones, whatever
/// `use_local_resources` says.
@Named("offnet")
@Doc(
        "Sends the call out through the carriers that serve all accounts; a number of another account of this server is"
                + " called directly. As resources otherwise; use_local_resources and hunt_account_id have no effect.")
@Example("{ \"module\": \"offnet\", \"data\": { \"caller_id_type\": \"external\" } }")
public record Offnet(
        @Doc("Use carriers of an account (true) or those that serve all accounts (false).")
                @SchemaDefault("true")
                boolean useLocalResources,
        @Doc(
                        "Whose carriers, with use_local_resources: the calling account, which is the default, or one"
                                + " above it.")
                String huntAccountId,
        @Doc("The number that is called; default: the one that was dialled.") String toDid,
        @Doc("Call the number as it was dialled, without dial plan and E.164.")
                boolean doNotNormalize,
        @Doc("Do not bring the number into E.164.") boolean bypassE164,
        @Doc("Which of the configured caller ids is shown: a key of `caller_id` objects.")
                @SchemaDefault("external")
                String callerIdType,
        @Doc("The host of From, where it is formatted; default: that of the call's own From.")
                String fromUriRealm,
        @Doc("Make From of caller id and realm, instead of our own address.") boolean formatFromUri,
        @Doc("Send the header X-Account-ID.")
                @FromSetting("callflow.resources.default_emit_account_id")
                boolean emitAccountId,
        @Doc(
                        "Headers of the INVITE, or `out` with them. `{caller_id_number}`, `{caller_id_name}`,"
                                + " `{request_user}`, `{to_user}`, `{account_id}` and `{account_realm}` in values are"
                                + " filled in.")
                @Fragment(CarrierNode.HEADERS)
                @Lenient
                ObjectNode customSipHeaders,
        @Doc("Do not pass on what the carrier plays before the answer.") @SchemaDefault("false")
                boolean ignoreEarlyMedia,
        @Doc("What the caller hears until the answer: as the id of play.") String ringback,
        @Doc("Flags that the resource must have.") @SchemaDefault("[]") List<String> outboundFlags,
        @Doc(
                        "Flags that are worked out: `custom_channel_vars.NAME`, or a property of the call such as"
                                + " `owner_id`.")
                List<String> dynamicFlags,
        @Doc("How long to wait for the answer, seconds.") @Lenient Optional<Integer> timeout,
        @Doc("Accepted and not used: there are no resources of other types.") String resourceType,
        @Setting("callflow.resources.default_asserted_identity") boolean assertsIdentity,
        @Setting("callflow.ensure_valid_caller_id") boolean ensuresValidCallerId,
        @Setting("stepswitch.deny_invalid_emergency_cid") boolean deniesInvalidEmergencyCid,
        @Setting("stepswitch.bridge_timeout") Duration patience,
        @Setting("stepswitch.min_shortdial_correction") int shortestCorrection,
        @Setting("stepswitch.max_shortdial_correction") int longestCorrection)
        implements CarrierNode {
    @Override
    public Next run(Call call, Branches branches) {
        return new Outgoing(this, call, branches).next();
    }

    @Override
    public String huntAccountId(String accountId) {
        return "";
    }
}
