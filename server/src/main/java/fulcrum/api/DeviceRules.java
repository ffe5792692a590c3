package fulcrum.api;

import fulcrum.directory.Document;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What no schema can say of a device: who else has its user name, address or number (resources.md §3).
final class DeviceRules {
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    private final Documents documents;
    private final Draft draft;
    private final List<Document> others;

    DeviceRules(Documents documents, Draft draft) {
        this.documents = documents;
        this.draft = draft;
        this.others =
                documents.all(draft.account().id(), "device").stream()
                        .filter(draft::isOther)
                        .toList();
    }

    void check() {
        String method = draft.text("sip", "method").orElse("password");
        if (method.equals("password")) {
            draft.text("sip", "username").ifPresent(this::checkUsername);
        } else if (method.equals("ip")) {
            checkAddress(draft.text("sip", "ip").orElse(""));
        }
        draft.text("mac_address")
                .ifPresent(
                        mac ->
                                mustBeFree(
                                        mac,
                                        "mac_address",
                                        "Mac address already in use",
                                        "mac_address"));
        checkType();
    }

    private void checkUsername(String username) {
        String realm = realmOf(draft.text("sip", "realm"), draft.account());
        Stream<Document> elsewhere =
                documents.directory().devicesByUsername(username).stream()
                        .filter(device -> !device.accountId().equals(draft.account().id()))
                        .filter(device -> realm.equalsIgnoreCase(realmOf(device)));
        boolean isTaken =
                Stream.concat(others.stream(), elsewhere)
                        .anyMatch(
                                device ->
                                        device.text("sip", "username")
                                                .filter(username::equalsIgnoreCase)
                                                .isPresent());
        if (isTaken) {
            draft.refuseUnique("sip.username", "SIP credentials already in use", username);
        }
    }

    private String realmOf(Document device) {
        Optional<Document> account =
                documents.directory().find(device.accountId(), device.accountId());
        return account.map(there -> realmOf(device.text("sip", "realm"), there)).orElse("");
    }

    private static String realmOf(Optional<String> own, Document account) {
        return own.or(() -> account.text("realm")).orElse("");
    }

    private void checkAddress(String address) {
        if (!IPV4.matcher(address).matches()) {
            draft.refuse(
                    Violation.of("sip.ip", "type", "Must be a valid IPv4 RFC 791")
                            .with("value", address));
            return;
        }
        boolean isTaken =
                documents.directory().accounts().stream()
                        .flatMap(account -> documents.all(account.id(), "device").stream())
                        .filter(draft::isOther)
                        .filter(
                                device ->
                                        device.text("sip", "method")
                                                .filter("ip"::equals)
                                                .isPresent())
                        .anyMatch(
                                device ->
                                        device.text("sip", "ip")
                                                .filter(address::equals)
                                                .isPresent());
        if (isTaken) {
            draft.refuseUnique("sip.ip", "SIP IP already in use", address);
        }
    }

    private void mustBeFree(String value, String field, String message, String... path) {
        if (others.stream()
                .anyMatch(
                        device -> device.text(path).filter(value::equalsIgnoreCase).isPresent())) {
            draft.refuseUnique(field, message, value);
        }
    }

    private void checkType() {
        String type = draft.text("device_type").orElse("sip_device");
        Optional<Document> before = draft.before();
        String former = draft.textBefore("device_type").orElse("sip_device");
        if (before.isPresent() && !former.equals(type) && !draft.request().identity().isTop()) {
            draft.refuse(
                    Violation.of("device_type", "invalid", "Not allowed to change device type")
                            .with("cause", type));
        }
        if (type.equals("mobile")) {
            checkMobile(before.isPresent() && former.equals(type));
        }
    }

    private void checkMobile(boolean wasMobile) {
        Optional<String> number = draft.text("mobile", "mdn");
        if (number.isEmpty()) {
            draft.refuse(
                    Violation.of("mobile.mdn", "required", "Field is required but missing")
                            .with("value", "mobile.mdn"));
            return;
        }
        mustBeFree(number.get(), "mobile.mdn", "Mobile number already in use", "mobile", "mdn");
        if (wasMobile && !draft.textBefore("mobile", "mdn").equals(number)) {
            draft.refuse(
                    Violation.of("mobile.mdn", "invalid", "The mobile number cannot be changed")
                            .with("cause", number.get()));
        }
    }
}
