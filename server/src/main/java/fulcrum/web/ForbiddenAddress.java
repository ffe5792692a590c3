package fulcrum.web;

import java.net.UnknownHostException;

/// A host must not be connected to. A kind of unknown host, so that it passes through the HTTP library.
final class ForbiddenAddress extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String reason) {
        super(reason);
    }
}
