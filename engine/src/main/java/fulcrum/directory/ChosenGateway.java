package fulcrum.directory;

import tools.jackson.databind.node.ObjectNode;

/// A gateway that a number may go out through.
///
/// @param gateway as it stands in the resource's `gateways`
/// @param number what is left of the number by the resource's rule, with what the classifier puts around it
/// @param isGlobal whether the resource serves all accounts
/// @param isEmergency whether the call goes to emergency services
public record ChosenGateway(
        Document resource,
        ObjectNode gateway,
        String number,
        boolean isGlobal,
        boolean isEmergency) {}
