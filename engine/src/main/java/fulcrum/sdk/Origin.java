package fulcrum.sdk;

import java.util.List;

/// Who vouches for a person's calls.
///
/// @param authorizingId a device's or a carrier's document; empty for nobody
/// @param authorizingType `device`, `resource` or empty
/// @param ownerIds the users who own the device
/// @param isOffnet whether the calls come from a carrier
public record Origin(
        String authorizingId, String authorizingType, List<String> ownerIds, boolean isOffnet) {
    /// Nobody vouches for the caller.
    public static final Origin UNKNOWN = new Origin("", "", List.of(), false);

    /// A registered device calls.
    public static Origin device(String deviceId, String... ownerIds) {
        return new Origin(deviceId, "device", List.of(ownerIds), false);
    }

    /// The call comes in over a carrier.
    public static Origin carrier(String resourceId) {
        return new Origin(resourceId, "resource", List.of(), true);
    }
}
