package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.flow.ActionCatalog;
import fulcrum.storage.Attachments;
import fulcrum.storage.MonthlyStore;

import java.time.Clock;

/// Everything the API needs from the house.
///
/// @param actions the actions there are: their schemas check the data of flow nodes
/// @param legs the live legs, [LiveLegs#of]
/// @param urls whether a URL in a document may ever be fetched; must not wait for a name server
/// @param speaker makes the sound of `tts` media
/// @param saved hears of every document that the API stored
/// @param health what `/healthz`, `/readyz` and `/metrics` say
public record ApiParts(
        Directory directory,
        MonthlyStore monthly,
        Attachments attachments,
        ActionCatalog actions,
        LiveLegs legs,
        Registrations registrations,
        UrlRule urls,
        Speaker speaker,
        SavedDocuments saved,
        Health health,
        Clock clock,
        ApiSettings settings) {}
