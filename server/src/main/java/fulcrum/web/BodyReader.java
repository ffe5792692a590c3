package fulcrum.web;

import java.io.IOException;
import java.io.InputStream;

/// Takes in an answer's body, already decompressed, on the thread of the request.
///
/// @param <T> what becomes of it
@FunctionalInterface
interface BodyReader<T> {
    T read(Head head, InputStream body) throws IOException;
}
