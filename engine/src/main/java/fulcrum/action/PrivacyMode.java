package fulcrum.action;

/// What of a caller id is hidden.
///
/// @param hidesName and `hidesNumber`: from the people who are called
record PrivacyMode(boolean hidesName, boolean hidesNumber) {
    /// The channel variables that tell legs dialled later.
    static final String HIDE_NAME = "Privacy-Hide-Name";

    static final String HIDE_NUMBER = "Privacy-Hide-Number";

    static final PrivacyMode NONE = new PrivacyMode(false, false);

    /// By a word of `mode` or of `outbound_privacy`; an unknown one hides both.
    static PrivacyMode of(String word) {
        return switch (word) {
            case "name", "hide_name" -> new PrivacyMode(true, false);
            case "number", "hide_number" -> new PrivacyMode(false, true);
            case "none" -> NONE;
            default -> new PrivacyMode(true, true);
        };
    }
}
