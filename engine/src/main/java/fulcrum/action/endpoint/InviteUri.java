package fulcrum.action.endpoint;

import fulcrum.call.Call;
import fulcrum.directory.Document;
import fulcrum.directory.NumberFormat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Request-URI of a leg to a device, as its `sip.invite_format` wants it (number-normalization.md §1).
///
/// All but `route` ring the contact that the phone registered with and differ in the user part only.
final class InviteUri {
    private static final Pattern SIP = Pattern.compile("^(sips?:)(?:[^@;?]*@)?(.*)$");
    private static final String PLAIN = "-_.!~*'()&=+$,;?/"; // RFC 3261 §25.1, user

    private final Call call;
    private final Document device;
    private final String staticInvite;

    /// @param staticInvite of the node; empty: the device's own counts
    InviteUri(Call call, Document device, String staticInvite) {
        this.call = call;
        this.device = device;
        this.staticInvite =
                staticInvite.isEmpty()
                        ? device.text("sip", "static_invite").orElse("")
                        : staticInvite;
    }

    /// The address that is rung without a registration.
    Optional<String> fixed() {
        if (format().equals("route")) {
            return device.text("sip", "route").map(InviteUri::withScheme);
        }
        boolean byAddress = device.text("sip", "method").filter("ip"::equals).isPresent();
        return device.text("sip", "ip")
                .filter(address -> byAddress)
                .map(address -> "sip:" + escaped(user().orElse(dialled())) + "@" + address)
                .map(uri -> uri + transport());
    }

    /// The address at a contact.
    String at(String contact) {
        return user().map(user -> withUser(contact, user)).orElse(contact);
    }

    private String format() {
        return device.text("sip", "invite_format").orElse("contact");
    }

    /// The user part, where it is not the contact's.
    private Optional<String> user() {
        return switch (format()) {
            case "username" ->
                    Optional.of(staticInvite)
                            .filter(user -> !user.isEmpty())
                            .or(() -> device.text("sip", "username"));
            case "e164", "npan", "1npan", "strip_plus" ->
                    Optional.of(NumberFormat.of(format(), number()));
            default -> Optional.of(staticInvite).filter(user -> !user.isEmpty());
        };
    }

    private String number() {
        return device.text("sip", "number").orElse(dialled());
    }

    private String dialled() {
        return call.variables().request().user();
    }

    private String transport() {
        return device.text("sip", "transport")
                .filter(name -> name.matches("(?i)udp|tcp|tls"))
                .map(name -> ";transport=" + name.toLowerCase(java.util.Locale.ROOT))
                .orElse("");
    }

    private static String withScheme(String route) {
        return route.matches("(?i)^sips?:.*") ? route : "sip:" + route;
    }

    private static String withUser(String contact, String user) {
        Matcher matcher = SIP.matcher(contact);
        return matcher.matches()
                ? matcher.group(1) + escaped(user) + "@" + matcher.group(2)
                : contact;
    }

    private static String escaped(String user) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : user.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean isPlain =
                    letter < 0x80
                            && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0);
            escaped.append(isPlain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
        }
        return escaped.toString();
    }
}
