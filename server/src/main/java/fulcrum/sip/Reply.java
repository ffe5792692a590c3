package fulcrum.sip;

/// How an offer is answered; from any thread, and only the first call counts.
public interface Reply {
    /// Answers; the description is fitted to the offer.
    void accept(SessionDescription answer);

    /// Refuses the offer; the call goes on as it was. An offer that came with the answer to our own INVITE cannot
    /// be refused alone: the call then ends.
    ///
    /// @param status usually 488
    void refuse(int status, String reason);
}
