package fulcrum.sdk;

import fulcrum.call.CallFacts;

import java.time.Instant;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;

/// The first line of a journal: whose it is, and what else could make a replay come out differently.
///
/// @param format of the journal; see [#FORMAT]
/// @param build of Fulcrum that wrote it
/// @param zones version of the time-zone data, such as `2026a`
/// @param settings that differed from the defaults
/// @param legId the subject leg's id
/// @param started when the call entered
public record JournalHeader(
        int format,
        String build,
        String zones,
        Map<String, String> settings,
        CallFacts facts,
        String legId,
        Instant started) {
    /// The format that this build writes, and the only one it reads: a journal explains a call, it is no archive.
    public static final int FORMAT = 1;

    /// A header for a call that begins now.
    public static JournalHeader of(
            String build, Map<String, String> settings, CallFacts facts, Instant started) {
        String zones = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
        return new JournalHeader(FORMAT, build, zones, settings, facts, facts.callId(), started);
    }
}
