package fulcrum.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// One of the messages of RFC 4475 or RFC 5118 and what becomes of it here. Where those documents leave a choice, the
/// reason for ours stands beside the message.
///
/// @param document `rfc4475` or `rfc5118`, also the folder of the message's bytes
/// @param section  where the document tells of it
record TortureMessage(String document, String section, String name, Treatment treatment) {
    /// What becomes of a message.
    sealed interface Treatment {
        /// It is well-formed and for us. At the wire the status is the one of the core or of the application that the
        /// wire test brings: 200 for a request, 486 for an INVITE, unless something else is wrong with it.
        record Accepted(int status) implements Treatment {}

        /// It is answered before any state is made.
        record Refused(int status) implements Treatment {}

        /// As refused; on a stream it also takes the connection with it, since nobody knows where it ends.
        record LosesFraming(int status) implements Treatment {}

        /// A response that is not well-formed: dropped.
        record Unreadable() implements Treatment {}

        /// A well-formed response to no request of ours: dropped.
        record Stray() implements Treatment {}
    }

    private static final Treatment OK = new Treatment.Accepted(200);
    private static final Treatment RINGS = new Treatment.Accepted(486);
    private static final Treatment NO_DIALOG = new Treatment.Accepted(481);
    private static final Treatment BAD = new Treatment.Refused(400);

    static List<TortureMessage> all() {
        var all = new ArrayList<>(valid());
        all.addAll(invalid());
        all.addAll(semantics());
        all.addAll(ipv6());
        return all;
    }

    private static List<TortureMessage> valid() {
        return List.of(
                // It has a To tag, and so is of a dialog of which we know nothing.
                rfc4475("3.1.1.1", "wsinv", NO_DIALOG),
                // Well-formed, but of a method that nobody knows.
                rfc4475("3.1.1.2", "intmeth", new Treatment.Accepted(501)),
                rfc4475("3.1.1.3", "esc01", RINGS),
                rfc4475("3.1.1.4", "escnull", OK),
                // Not a REGISTER: methods have no escapes.
                rfc4475("3.1.1.5", "esc02", new Treatment.Accepted(501)),
                rfc4475("3.1.1.6", "lwsdisp", OK),
                rfc4475("3.1.1.7", "longreq", RINGS),
                rfc4475("3.1.1.8", "dblreq", OK),
                rfc4475("3.1.1.9", "semiuri", OK),
                rfc4475("3.1.1.10", "transports", OK),
                rfc4475("3.1.1.11", "mpart01", OK),
                rfc4475("3.1.1.12", "unreason", new Treatment.Stray()),
                rfc4475("3.1.1.13", "noreason", new Treatment.Stray()));
    }

    private static List<TortureMessage> invalid() {
        return List.of(
                rfc4475("3.1.2.1", "badinv01", BAD),
                // On a stream the rest of the body is waited for.
                rfc4475("3.1.2.2", "clerr", BAD),
                rfc4475("3.1.2.3", "ncl", new Treatment.LosesFraming(400)),
                rfc4475("3.1.2.4", "scalar02", BAD),
                rfc4475("3.1.2.5", "scalarlg", new Treatment.Unreadable()),
                // Choice: no quote is inferred, as the inference can be wrong.
                rfc4475("3.1.2.6", "quotbal", BAD),
                // Choice: the brackets are not ignored.
                rfc4475("3.1.2.7", "ltgtruri", BAD),
                rfc4475("3.1.2.8", "lwsruri", BAD),
                // Choice: extra spaces are refused, here and at the end of the line.
                rfc4475("3.1.2.9", "lwsstart", BAD),
                rfc4475("3.1.2.10", "trws", BAD),
                // Choice: refused, so that the headers can never be carried out by anybody behind
                // us.
                rfc4475("3.1.2.11", "escruri", BAD),
                // Choice: accepted, as nobody here looks at Date.
                rfc4475("3.1.2.12", "baddate", RINGS),
                // Choice: the angle brackets are not inferred.
                rfc4475("3.1.2.13", "regbadct", BAD),
                // Choice: the spaces are not ignored.
                rfc4475("3.1.2.14", "badaspec", BAD),
                // Choice: the quotes are not inferred.
                rfc4475("3.1.2.15", "baddn", BAD),
                rfc4475("3.1.2.16", "badvers", new Treatment.Refused(505)),
                rfc4475("3.1.2.17", "mismatch01", BAD),
                // Choice: 501 rather than 400, as the document advises.
                rfc4475("3.1.2.18", "mismatch02", new Treatment.Refused(501)),
                rfc4475("3.1.2.19", "bigcode", new Treatment.Unreadable()));
    }

    private static List<TortureMessage> semantics() {
        return List.of(
                // Choice: 400 without state rather than the transaction matching of RFC 2543.
                rfc4475("3.2.1", "badbranch", BAD),
                rfc4475("3.3.1", "insuf", BAD),
                rfc4475("3.3.2", "unkscm", new Treatment.Refused(416)),
                // Choice: a scheme that is never served here is an unknown one.
                rfc4475("3.3.3", "novelsc", new Treatment.Refused(416)),
                // We are a registrar.
                rfc4475("3.3.4", "unksm2", BAD),
                rfc4475("3.3.5", "bext01", new Treatment.Accepted(420)),
                rfc4475("3.3.6", "invut", new Treatment.Accepted(415)),
                // A registrar that cares challenges anew.
                rfc4475("3.3.7", "regaut01", new Treatment.Accepted(401)),
                rfc4475("3.3.8", "multi01", BAD),
                rfc4475("3.3.9", "mcl01", new Treatment.LosesFraming(400)),
                rfc4475("3.3.10", "bcast", new Treatment.Stray()),
                // We are an endpoint, so its hops are not counted.
                rfc4475("3.3.11", "zeromf", OK),
                rfc4475("3.3.12", "cparam01", OK),
                rfc4475("3.3.13", "cparam02", OK),
                rfc4475("3.3.14", "regescrt", OK),
                // Choice: 406 rather than 400.
                rfc4475("3.3.15", "sdp01", new Treatment.Refused(406)),
                rfc4475("3.4.1", "inv2543", RINGS));
    }

    private static List<TortureMessage> ipv6() {
        return List.of(
                rfc5118("4.1", "ipv6-good", OK),
                rfc5118("4.2", "ipv6-bad", BAD),
                rfc5118("4.3", "port-ambiguous", OK),
                rfc5118("4.4", "port-unambiguous", OK),
                // Of a dialog of which we know nothing.
                rfc5118("4.5", "via-received-param-with-delim", NO_DIALOG),
                rfc5118("4.5", "via-received-param-no-delim", OK),
                rfc5118("4.6", "ipv6-in-sdp", RINGS),
                rfc5118("4.7", "mult-ip-in-header", NO_DIALOG),
                rfc5118("4.8", "mult-ip-in-sdp", RINGS),
                rfc5118("4.9", "ipv4-mapped-ipv6", RINGS),
                rfc5118("4.10", "ipv6-bug-abnf-3-colons", OK),
                rfc5118("4.10", "ipv6-correct-abnf-2-colons", OK));
    }

    private static TortureMessage rfc4475(String section, String name, Treatment treatment) {
        return new TortureMessage("rfc4475", section, name, treatment);
    }

    private static TortureMessage rfc5118(String section, String name, Treatment treatment) {
        return new TortureMessage("rfc5118", section, name, treatment);
    }

    /// The message of that name.
    static byte[] bytes(String name) {
        for (var message : all()) {
            if (message.name.equals(name)) {
                return message.bytes();
            }
        }
        throw new IllegalArgumentException("no such message: " + name);
    }

    byte[] bytes() {
        var path = "torture/" + document + '/' + name + ".dat";
        try (var in = TortureMessage.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names the test that is run for this message.
    @Override
    public String toString() {
        return document + " §" + section + " " + name + ": " + treatment;
    }
}
