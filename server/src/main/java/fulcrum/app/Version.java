package fulcrum.app;

/// The version that is told to phones, API clients and people.
final class Version {
    static final String NUMBER = "0.1.0";
    static final String TEXT = "Fulcrum " + NUMBER;

    /// What the server calls itself in SIP and HTTP.
    static final String AGENT = "Fulcrum/" + NUMBER;

    /// The name of this server in debug documents; one process is one server.
    static final String NODE = "fulcrum@localhost";

    private Version() {}
}
