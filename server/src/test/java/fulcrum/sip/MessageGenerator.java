package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Makes well-formed messages in all the ways the grammar leaves open: header names in any case, long or compact, in
/// any order; folds; names with and without quotes; hosts of every kind; escapes; unknown headers and parameters. The
/// same ones for the same seed.
final class MessageGenerator {
    private static final List<String> METHODS =
            List.of(
                    "INVITE",
                    "OPTIONS",
                    "REGISTER",
                    "MESSAGE",
                    "BYE",
                    "NOTIFY",
                    "SUBSCRIBE",
                    "INFO",
                    "NewMethod");
    private static final List<String> HOSTS =
            List.of(
                    "example.com",
                    "a-b.c1.example.net",
                    "192.0.2.7",
                    "255.255.255.255",
                    "[2001:db8::9:1]",
                    "[::ffff:192.0.2.1]",
                    "h",
                    "X.EXAMPLE.ORG");
    private static final List<String> USERS =
            List.of(
                    "alice",
                    "+12125550100",
                    "a.b-c_d",
                    "%61lice",
                    "j%40h",
                    "user;par=1",
                    "x&y=z",
                    "*97",
                    "O'Brien",
                    "(a)",
                    "a:secret");
    private static final List<String> NAMES =
            List.of(
                    "",
                    "Alice ",
                    "Alice B. ",
                    "\"Alice, B\" ",
                    "\"q \\\" \\\\ <x>\" ",
                    "\"\u00fcml\u00e4ut\" ",
                    "\"\" ");
    private static final List<String> URI_PARAMETERS =
            List.of(
                    "",
                    ";transport=tcp",
                    ";user=phone",
                    ";lr",
                    ";x=y;z",
                    ";maddr=192.0.2.1",
                    ";ttl=1");

    private final Random random;
    private int number;

    MessageGenerator(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        number++;
        var method = one(METHODS);
        var headers = new ArrayList<String>();
        headers.add(header("To", "t", address("")));
        headers.add(header("From", "f", address(";tag=" + token())));
        headers.add(header("Call-ID", "i", token() + (random.nextBoolean() ? "@" + token() : "")));
        headers.add(
                header(
                        "CSeq",
                        "CSeq",
                        zeros() + random.nextInt(Integer.MAX_VALUE) + space() + method));
        headers.add(header("Max-Forwards", "Max-Forwards", zeros() + random.nextInt(256)));
        headers.add(header("Contact", "m", address(one(List.of("", ";expires=60", ";q=0.5;x")))));
        for (var left = random.nextInt(3); left > 0; left--) {
            headers.add(
                    header(
                            "X-" + token(),
                            "X-" + token(),
                            one(List.of("", ";;,,", "a, b; c", "\u00e4 \u20ac"))));
        }
        Collections.shuffle(headers, random);
        for (var left = 1 + random.nextInt(3); left > 0; left--) {
            headers.add(random.nextInt(headers.size() + 1), header("Via", "v", via()));
        }
        var body = "x".repeat(random.nextInt(40));
        headers.add(header("Content-Length", "l", String.valueOf(body.length())));
        return (startLine(method) + String.join("", headers) + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String startLine(String method) {
        if (random.nextInt(4) == 0) {
            return "SIP/2.0 "
                    + (100 + random.nextInt(600))
                    + ' '
                    + one(List.of("OK", "", "Odd: reason"))
                    + "\r\n";
        }
        return method
                + " sip:"
                + one(USERS)
                + '@'
                + one(HOSTS)
                + port()
                + one(URI_PARAMETERS)
                + " SIP/2.0\r\n";
    }

    private String header(String name, String compact, String value) {
        var written = random.nextInt(3) == 0 ? compact : name;
        var cased = random.nextInt(4) == 0 ? oddCase(written) : written;
        var spaced = random.nextInt(6) == 0 ? cased + ' ' : cased;
        // No fold before nothing: the reference parser takes it for the end of the headers.
        var between = value.isEmpty() ? " " : one(List.of(" ", "", "  ", "\t", "\r\n "));
        return spaced + ':' + between + value + "\r\n";
    }

    private static String oddCase(String name) {
        var odd = new StringBuilder();
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            odd.append(i % 2 == 0 ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return odd.toString();
    }

    private String address(String parameters) {
        var user = random.nextInt(5) == 0 ? "" : one(USERS) + '@';
        // A semicolon needs the brackets, also in the user.
        if (random.nextInt(4) == 0 && user.indexOf(';') < 0) {
            return "sip:" + user + one(HOSTS) + port() + parameters;
        }
        return one(NAMES)
                + "<sip:"
                + user
                + one(HOSTS)
                + port()
                + one(URI_PARAMETERS)
                + '>'
                + spaced(parameters);
    }

    private String spaced(String parameters) {
        return random.nextInt(3) == 0
                ? parameters.replace(";", " ; ").replace("=", " = ")
                : parameters;
    }

    private String via() {
        var transport = one(List.of("UDP", "TCP", "TLS", "SCTP"));
        // No fold and no tab before the host: the reference parser drops the one and does not know
        // the other.
        return "SIP/2.0/"
                + transport
                + one(List.of(" ", "  "))
                + one(HOSTS)
                + port()
                + spaced(";branch=z9hG4bK" + token())
                + one(List.of("", ";rport", ";received=192.0.2.9", ";x=y"));
    }

    private String port() {
        return random.nextInt(3) == 0 ? ":" + (1 + random.nextInt(65_535)) : "";
    }

    private String space() {
        return one(List.of(" ", "  ", "\r\n "));
    }

    private String zeros() {
        return "0".repeat(random.nextInt(3));
    }

    private String token() {
        return Long.toString(random.nextLong() >>> 1, 36) + number;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
