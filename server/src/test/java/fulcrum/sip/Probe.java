package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// An OPTIONS that any stack answers, and the reading of answers without our own parser, which is what is tested.
final class Probe {
    static final String CALL_ID = "probe@test";

    private static final Pattern STATUS = Pattern.compile("SIP/2\\.0 (\\d{3}) ");

    private Probe() {}

    static byte[] over(String transport) {
        return ("OPTIONS sip:anybody@example.com SIP/2.0\r\n"
                        + "Via: SIP/2.0/"
                        + transport
                        + " probe.invalid;branch=z9hG4bKprobe;rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:probe@example.com>;tag=probe\r\n"
                        + "To: <sip:anybody@example.com>\r\n"
                        + "Call-ID: "
                        + CALL_ID
                        + "\r\n"
                        + "CSeq: 1 OPTIONS\r\n"
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isAnsweredBy(String answer) {
        return answer.contains("\r\nCall-ID: " + CALL_ID + "\r\n") && status(answer) == 200;
    }

    static int status(String answer) {
        var matcher = STATUS.matcher(answer);
        if (!matcher.lookingAt()) {
            throw new AssertionError("not an answer: " + answer);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
