package fulcrum.api;

/// Bytes that go out as they are, instead of an envelope.
///
/// @param filename for `Content-Disposition: attachment`
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Content(String contentType, String filename, byte[] bytes) {}
