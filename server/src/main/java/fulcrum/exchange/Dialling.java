package fulcrum.exchange;

import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.call.LegState;
import fulcrum.sip.BadSip;
import fulcrum.sip.NameAddress;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Begins outgoing legs: an INVITE to a SIP URI with our offer.
final class Dialling {
    private static final int SIP_PORT = 5060;

    private final Stack stack;
    private final LegWorld world;

    Dialling(Stack stack, LegWorld world) {
        this.stack = stack;
        this.world = world;
    }

    /// Begins to ring; what comes of it is told to the call that dials.
    Leg dial(Dial dial, String callId) {
        Optional<SipUri> uri = uri(dial);
        Line line =
                Line.outgoing(
                        uri.map(Dialling::remote)
                                .orElseGet(
                                        () ->
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(),
                                                        SIP_PORT)));
        SipLeg leg = new SipLeg(world, line, card(dial, callId));
        world.calls().seated(leg, callId);
        if (uri.isEmpty()) {
            world.calls()
                    .deliver(
                            new LegEvent.HungUp(
                                    leg.id(), HangupCause.INVALID_NUMBER_FORMAT, 484, false));
            return leg;
        }
        OutgoingInvite invite =
                OutgoingInvite.to(
                        uri.get(),
                        NameAddress.of(
                                dial.callerName(),
                                SipUri.of(
                                        dial.callerNumber(),
                                        world.addresses().toward(line.remote()),
                                        0)));
        for (var header : dial.headers().entrySet()) {
            invite = invite.with(header.getKey(), header.getValue());
        }
        leg.begin(invite, stack);
        return leg;
    }

    private static Optional<SipUri> uri(Dial dial) {
        try {
            return Optional.of(SipUri.parse(dial.uri()));
        } catch (BadSip bad) {
            return Optional.empty();
        }
    }

    /// Without a look-up: a name stands for some address outside.
    private static InetSocketAddress remote(SipUri uri) {
        int port = uri.port() > 0 ? uri.port() : SIP_PORT;
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(uri.host()), port);
        } catch (IllegalArgumentException name) {
            return InetSocketAddress.createUnresolved(uri.host(), port);
        }
    }

    private LegCard card(Dial dial, String callId) {
        return new LegCard(
                dial.legId(),
                callId,
                dial.accountId(),
                "outbound",
                LegState.NEW,
                dial.callerName(),
                dial.callerNumber(),
                dial.uri(),
                dial.interactionId(),
                "",
                "",
                List.of(),
                "",
                world.clock().instant(),
                Optional.empty());
    }
}
