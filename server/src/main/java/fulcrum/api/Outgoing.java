package fulcrum.api;

import java.util.Map;

/// An HTTP answer, ready to be sent.
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Outgoing(int status, Map<String, String> headers, byte[] body) {}
