package fulcrum.directory;

import java.util.List;

/// What a call asks of the carriers.
///
/// @param accountId the account that calls
/// @param huntAccountId whose own resources are meant; empty: those that serve all accounts
/// @param number to be called, as it goes to the rules; normally E.164
/// @param callerNumber what the carrier would be shown, for `cid_rules`
/// @param flags what the resource must have
public record CarrierWish(
        String accountId,
        String huntAccountId,
        String number,
        String callerNumber,
        List<String> flags) {
    public CarrierWish {
        flags = List.copyOf(flags);
    }
}
