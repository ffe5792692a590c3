package fulcrum.mail;

/// What became of handing a letter to the mail server.
sealed interface Delivery {
    record Sent() implements Delivery {}

    /// Not now: the server cannot be reached, or says so (4yz).
    record Later(String reason) implements Delivery {}

    /// The server refuses it for good (5yz), or the address is none.
    record Never(String reason) implements Delivery {}
}
