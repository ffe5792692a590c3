package fulcrum.app;

/// A setting, or something it names, cannot be used. The message is one line that says what to do; exit code 2.
final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSetting(String message) {
        super(message, null, false, false); // told to a person, not debugged
    }
}
