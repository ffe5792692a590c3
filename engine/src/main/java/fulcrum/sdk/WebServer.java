package fulcrum.sdk;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

/// A handler's web server as a function.
@FunctionalInterface
public interface WebServer {
    HttpAnswer answer(HttpAsk request);
}
