package fulcrum.sip;

/// What the stack asks the server. Called on transport threads; nothing here may block.
public interface SipApplication {
    /// First look at a request outside any dialog, before anything is allocated for it.
    Admission admit(SipRequest request, Connection from);

    /// An admitted INVITE; the application answers through it, now or later, from any thread. It must call
    /// [Invitation#listen] before it returns, since the caller may give up at once.
    void invited(Invitation invitation);

    /// Any other admitted request outside a dialog (REGISTER, MESSAGE, SUBSCRIBE…): to be answered exactly once, now
    /// or later, from any thread. OPTIONS is answered by the stack.
    void requested(IncomingRequest request);
}
