package fulcrum.call;

/// A leg beside the subject leg that a call owns: it is hung up when the call ends, unless it was taken meanwhile.
record OwnedLeg(Call call, Leg leg, Takes takes) implements Held {
    @Override
    public void release() {
        if (takes.owns(leg.id())) {
            takes.went(leg.id());
            call.tell(leg, new Order.HangUp(HangupCause.NORMAL_CLEARING, false));
        }
    }
}
