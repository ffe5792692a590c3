package fulcrum.api;

import java.util.Optional;

/// Who sends a request.
///
/// @param ownerId the user, for a login by name and password
/// @param method how the login was made: `cb_user_auth`, `cb_api_auth`, `basic`
/// @param token what the request carried or was just given; goes back in the envelope
/// @param isTop whether the account is the top of the tree and may act on all
/// @param privLevel `admin` or `user`; a login without a user counts as `admin`
record Identity(
        String accountId,
        Optional<String> ownerId,
        String method,
        String token,
        boolean isTop,
        String privLevel) {}
