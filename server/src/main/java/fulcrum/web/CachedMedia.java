package fulcrum.web;

import fulcrum.call.HttpAnswer;

import java.nio.file.Path;

/// What became of a wish for a piece of media at a URL.
public sealed interface CachedMedia {
    /// It lies in a file, which stays for at least a minute; whoever plays it opens it by then.
    ///
    /// @param contentType as the web server said, without parameters, in lower case; may be empty
    record Ready(Path file, String contentType) implements CachedMedia {}

    /// It could not be had.
    record Unavailable(HttpAnswer.Kind kind, String reason) implements CachedMedia {}
}
