package fulcrum.call;

import java.util.List;
import java.util.Optional;

/// A leg that was gone before its new owner got to it: orders have no effect.
record GoneLeg(LegCard card) implements Leg {
    static GoneLeg of(String legId, Call call) {
        return new GoneLeg(
                new LegCard(
                        legId,
                        call.id(),
                        call.facts().accountId(),
                        "",
                        LegState.ENDED,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        "",
                        call.now(),
                        Optional.empty()));
    }

    @Override
    public String id() {
        return card.legId();
    }

    @Override
    public void tell(Order order) {
        // nobody is there any more
    }
}
