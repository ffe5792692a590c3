package fulcrum.sip;

/// How a REFER is answered; from any thread.
public interface TransferReply {
    /// Says 202 and NOTIFY with 100 Trying (RFC 3515 §2.4.4).
    void accept();

    /// Refuses the transfer; 603 is the usual status.
    void refuse(int status, String reason);

    /// Tells them how the call to the target goes; the subscription ends with the first final status.
    ///
    /// @param status 100 to 699
    void progress(int status, String reason);
}
