package fulcrum.sip;

import java.util.Map;
import java.util.function.Consumer;

/// An admitted request outside any dialog, other than INVITE. Answered exactly once; later answers are ignored by
/// its transaction.
public final class IncomingRequest {
    private final SipRequest request;
    private final Connection connection;
    private final Consumer<SipResponse> answering;

    IncomingRequest(SipRequest request, Connection connection, Consumer<SipResponse> answering) {
        this.request = request;
        this.connection = connection;
        this.answering = answering;
    }

    /// The request as received.
    public SipRequest request() {
        return request;
    }

    /// The flow over which it came.
    public Connection connection() {
        return connection;
    }

    /// Answers without body.
    ///
    /// @param status 200 to 699
    public void respond(int status, String reason, Map<String, String> headers) {
        var response = SipResponse.to(request, status, reason);
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        respond(response);
    }

    /// Answers with a response made from the request by [SipResponse#to]; a To tag is added when it has none.
    public void respond(SipResponse response) {
        answering.accept(response);
    }
}
