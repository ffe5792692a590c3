package fulcrum.secure;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One `a=crypto` line of a session description: a suite and the key of whoever wrote it (RFC 4568).
///
/// @param tag 1 to 999 999 999; the answer repeats the one it chose
/// @param lifetime after how many packets the writer will have changed the key, if it says so; we never change ours
///     within a call, which the suites allow for 2^48 packets, or 2^31 reports
public record CryptoLine(int tag, SrtpKey key, OptionalLong lifetime) {
    private static final String INLINE = "inline:";
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,9}) +(\\w{1,64}) +(\\S+)((?: +\\S+)*) *");
    private static final Pattern NAME = Pattern.compile("^\\w{1,64}");
    private static final Pattern POWER = Pattern.compile("2\\^(\\d{1,2})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final int MOST_BITS = 48;

    /// What we offer, in the order of our liking: widely understood first; the short signature last.
    private static final List<SrtpSuite> OFFERED =
            List.of(
                    SrtpSuite.AES_CM_128_HMAC_SHA1_80,
                    SrtpSuite.AES_256_CM_HMAC_SHA1_80,
                    SrtpSuite.AES_CM_128_HMAC_SHA1_32);

    /// Fresh lines for an offer.
    public static List<CryptoLine> offer() {
        List<CryptoLine> lines = new ArrayList<>();
        for (SrtpSuite suite : OFFERED) {
            lines.add(new CryptoLine(lines.size() + 1, SrtpKey.fresh(suite), OptionalLong.empty()));
        }
        return List.copyOf(lines);
    }

    /// The line of an answer: the same tag and suite, with a key of ours.
    public CryptoLine answeredWith(SrtpKey ours) {
        if (ours.suite() != key.suite()) {
            throw new IllegalArgumentException("an answer keeps the suite of the offer");
        }
        return new CryptoLine(tag, ours, OptionalLong.empty());
    }

    /// The first line that can be used; the other side likes it best (RFC 4568 §5.1.1).
    ///
    /// @param values of all `a=crypto` lines of a section
    /// @throws BadCrypto when there is none, with the reason for each
    public static CryptoLine choose(List<String> values) {
        List<String> reasons = new ArrayList<>();
        for (String value : values) {
            try {
                return parse(value);
            } catch (BadCrypto bad) {
                reasons.add(String.valueOf(bad.getMessage()));
            }
        }
        throw new BadCrypto(reasons.isEmpty() ? "no a=crypto line" : String.join("; ", reasons));
    }

    /// Reads the value of one line: `tag suite inline:key[|lifetime][|MKI:length] [session parameters]`.
    ///
    /// @throws BadCrypto when it is malformed, or wants something that we do not have
    public static CryptoLine parse(String value) {
        Matcher line = LINE.matcher(value);
        if (!line.matches()) {
            throw new BadCrypto("a=crypto is not tag, suite and key");
        }
        SrtpSuite suite =
                SrtpSuite.named(line.group(2))
                        .orElseThrow(
                                () ->
                                        new BadCrypto(
                                                "the suite " + line.group(2) + " is not known"));
        for (String parameter : line.group(4).strip().split(" +")) {
            check(parameter);
        }
        String[] parts = inline(line.group(3)).split("\\|", -1);
        OptionalLong lifetime = OptionalLong.empty();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].contains(":") || i > 1) {
                throw new BadCrypto("master key identifiers (MKI) are not understood");
            }
            lifetime = OptionalLong.of(packets(parts[i]));
        }
        return new CryptoLine(Integer.parseInt(line.group(1)), key(suite, parts[0]), lifetime);
    }

    private static String inline(String keys) {
        if (keys.contains(";")) {
            throw new BadCrypto(
                    "several master keys need identifiers (MKI), which are not understood");
        }
        if (!keys.regionMatches(true, 0, INLINE, 0, INLINE.length())) {
            throw new BadCrypto("the key is not inline");
        }
        return keys.substring(INLINE.length());
    }

    private static SrtpKey key(SrtpSuite suite, String base64) {
        try {
            return SrtpKey.of(suite, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw new BadCrypto("the key of " + suite + " is not base64");
        }
    }

    /// A lifetime in packets, written as a number or a power of two (RFC 4568 §6.1).
    private static long packets(String text) {
        Matcher power = POWER.matcher(text);
        if (power.matches() && Integer.parseInt(power.group(1)) <= MOST_BITS) {
            return 1L << Integer.parseInt(power.group(1));
        }
        if (NUMBER.matcher(text).matches()) {
            long packets = Long.parseLong(text);
            if (packets > 0 && packets <= 1L << MOST_BITS) {
                return packets;
            }
        }
        throw new BadCrypto("the lifetime of the key is not 1 to 2^48 packets");
    }

    /// Session parameters change how packets are protected, so one that we do not have makes the line useless; except
    /// the window size, which is a hint, and what is marked with `-` as optional (RFC 4568 §6.3).
    private static void check(String parameter) {
        boolean isHarmless =
                parameter.isEmpty() || parameter.startsWith("-") || parameter.startsWith("WSH=");
        if (!isHarmless) {
            String name =
                    NAME.matcher(parameter)
                            .results()
                            .map(MatchResult::group)
                            .findFirst()
                            .orElse("");
            throw new BadCrypto("the session parameter " + name + " is not understood");
        }
    }

    /// The value of the line, with the key: for a session description and nowhere else.
    public String value() {
        return tag + " " + key.suite() + " " + INLINE + key.inline();
    }
}
