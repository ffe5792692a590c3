package fulcrum.call;

import java.util.List;
import java.util.Optional;

/// Makes what a flow or a document names as media into a [Sound] (prompts.md §2).
///
/// A name without `/` is a media document of the account; whatever contains one (a URL, `tone_stream://…`,
/// `prompt://…`, a full path) is used as it is.
public final class MediaReference {
    private static final List<String> AS_THEY_ARE =
            List.of("/system_media", "system_media", "local_stream://", "silence_stream://");

    private MediaReference() {}

    /// @param value empty: no media
    public static Optional<Sound> sound(String accountId, String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        boolean isFull = value.contains("/") || AS_THEY_ARE.stream().anyMatch(value::startsWith);
        return Optional.of(new Sound.Media(isFull ? value : "/" + accountId + "/" + value));
    }
}
