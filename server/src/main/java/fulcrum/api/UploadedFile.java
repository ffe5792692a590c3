package fulcrum.api;

/// A file that came in a request body.
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record UploadedFile(String name, String contentType, byte[] content) {}
