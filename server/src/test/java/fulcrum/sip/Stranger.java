package fulcrum.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Somebody on the network in memory who sends what a test wrote by hand, and keeps what he gets.
final class Stranger {
    final List<SipMessage> received = new ArrayList<>();
    final InetSocketAddress address;
    private final Flows flows;
    private int branches;

    Stranger(MemoryNetwork network, String host) {
        address = MemoryNetwork.address(host, 5060);
        flows = network.place(address, Protocol.UDP, (message, _) -> received.add(message));
    }

    Via via() {
        return Via.parse(
                "SIP/2.0/UDP "
                        + OwnAddresses.text(address.getAddress())
                        + ":5060;rport;branch=z9hG4bKstr"
                        + branches++);
    }

    void sends(SipMessage message, InetSocketAddress to) {
        flows.toward(Protocol.UDP, to).send(message.toBytes());
    }

    /// A request to a station, with everything that is needed and nothing else.
    SipRequest request(String method, Station to, String callId) {
        return SipRequest.of(method, to.uri("bob"))
                .with("Via", via().toString())
                .with("Max-Forwards", "70")
                .with("From", "<sip:stranger@example.com>;tag=s1")
                .with("To", "<sip:bob@example.com>")
                .with("Call-ID", callId)
                .with("CSeq", "1 " + method)
                .with("Contact", "<sip:stranger@" + OwnAddresses.text(address.getAddress()) + ">");
    }

    SipRequest invite(Station to, String callId) {
        return request("INVITE", to, callId)
                .withBody(SessionDescription.CONTENT_TYPE, Station.audio(4000).toBytes());
    }

    SipResponse lastResponse() {
        return received.reversed().stream()
                .filter(SipResponse.class::isInstance)
                .map(SipResponse.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no response"));
    }

    SipRequest lastRequest(String method) {
        return received.reversed().stream()
                .filter(SipRequest.class::isInstance)
                .map(SipRequest.class::cast)
                .filter(request -> request.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + method));
    }

    long count(String method) {
        return received.stream()
                .filter(
                        message ->
                                message instanceof SipRequest request
                                        && request.method().equals(method))
                .count();
    }
}
