package fulcrum.sip;

import java.util.Optional;

/// Stands where a test has no session yet.
final class NoSession implements SipSession {
    @Override
    public String callId() {
        return "";
    }

    @Override
    public String localTag() {
        return "";
    }

    @Override
    public String remoteTag() {
        return "";
    }

    @Override
    public Connection connection() {
        return Nowhere.FLOW;
    }

    @Override
    public void hangUp(Optional<String> reasonHeader) {
        throw new AssertionError("no session yet");
    }

    @Override
    public void reoffer(SessionDescription description) {
        throw new AssertionError("no session yet");
    }

    @Override
    public void send(String method, String contentType, byte[] body) {
        throw new AssertionError("no session yet");
    }

    @Override
    public void transfer(String referTo) {
        throw new AssertionError("no session yet");
    }
}
