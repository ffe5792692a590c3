package fulcrum.flow;

import java.util.Set;

/// The names of all actions that Kazoo's published schemas know, so that an author learns whether a name is a slip of
/// the pen or something that Fulcrum cannot do yet.
final class KazooModules {
    private static final Set<String> NAMES =
            Set.of(
                    """
                    acdc_agent acdc_member acdc_queue acdc_wait_time after_bridge answer audio_macro
                    branch_bnumber branch_variable call_forward call_waiting callflow camping_feature
                    check_cid cidlistmatch collect_dtmf conference conference_feature dead_air device
                    directory disa do_not_disturb dynamic_cid eavesdrop eavesdrop_feature edr fax_detect
                    faxbox flush_dtmf function group group_pickup group_pickup_feature hangup hotdesk
                    intercept intercept_feature intercom language lookupcidname manual_presence menu
                    missed_call_alert move nomorobo noop notification offnet page_group park pivot play
                    prepend_cid privacy receive_fax record_call record_caller resources response ring_group
                    ring_group_toggle route_to_cid send_dtmf set set_alert_info set_cid set_variable
                    set_variables skel sleep temporal_route transfer tts user voicemail wait_for_hangup
                    webhook
                    """
                            .split("\\s+"));

    private KazooModules() {}

    static boolean knows(String module) {
        return NAMES.contains(module);
    }
}
