package fulcrum.exchange;

import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.call.Leg;
import fulcrum.call.LegCard;
import fulcrum.call.LegEvent;
import fulcrum.media.Codec;
import fulcrum.sip.BadSip;
import fulcrum.sip.Connection;
import fulcrum.sip.NameAddress;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.SipUri;
import fulcrum.sip.Stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Begins outgoing legs: an INVITE with our offer to a SIP URI, over the connection of a registration if one is named.
final class Dialling {
    private static final int SIP_PORT = 5060;
    private static final int USUAL_HOPS = 70;

    /// The type of an endpoint that is another account of this server.
    private static final String ACCOUNT = "account";

    /// Who calls when the caller does not want to be known (RFC 3323 §4.1.1.3).
    private static final NameAddress ANONYMOUS =
            NameAddress.of("Anonymous", SipUri.of("anonymous", "anonymous.invalid", 0));

    private final Stack stack;
    private final LegWorld world;
    private final Registrar registrar;
    private final Within within;
    private final Supplier<InetSocketAddress> ownAddress;

    /// @param ownAddress where we listen ourselves, for calls from one account to another
    Dialling(
            Stack stack,
            LegWorld world,
            Registrar registrar,
            Within within,
            Supplier<InetSocketAddress> ownAddress) {
        this.stack = stack;
        this.world = world;
        this.registrar = registrar;
        this.within = within;
        this.ownAddress = ownAddress;
    }

    /// Begins to ring; what comes of it is told to the call that dials.
    Leg dial(Dial dial, String callId) {
        boolean isWithin = dial.endpoint().type().equals(ACCOUNT);
        Optional<SipUri> uri = isWithin ? uri(dial).map(this::ownUri) : uri(dial);
        int hops = hopsLeft(callId);
        Optional<Connection> flow =
                registrar.bound(dial.binding()).map(Binding::connection).filter(Connection::isOpen);
        Line line = Line.outgoing(remote(uri, flow), dial.media(), spoken(callId));
        SipLeg leg =
                new SipLeg(world, line, LegCard.outgoing(dial, callId, world.clock().instant()));
        world.calls().seated(leg, callId);
        if (uri.isEmpty()) {
            fails(leg, HangupCause.INVALID_NUMBER_FORMAT);
        } else if (!dial.binding().isEmpty() && flow.isEmpty()) {
            fails(leg, HangupCause.USER_NOT_REGISTERED); // it was, when the call asked
        } else if (hops < 1) {
            fails(leg, HangupCause.EXCHANGE_ROUTING_ERROR); // it goes round in circles
        } else {
            OutgoingInvite invite =
                    invite(dial, uri.get(), flow, line)
                            .with("Max-Forwards", Integer.toString(hops));
            leg.begin(isWithin ? passed(invite, dial.endpoint().id()) : invite, stack);
        }
        return leg;
    }

    /// The number at our own address.
    private SipUri ownUri(SipUri uri) {
        InetSocketAddress own = ownAddress.get();
        InetAddress address =
                own.getAddress().isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : own.getAddress();
        return uri.withHost(address.getHostAddress(), own.getPort());
    }

    /// Under a Call-ID of its own, since the leg that comes of it here is named after that.
    private OutgoingInvite passed(OutgoingInvite invite, String accountId) {
        return invite.named("").with(Within.HEADER, within.pass(accountId, stack.nowMillis()));
    }

    /// How many hops are left to a leg that this call dials: one less than its own (RFC 3261 §16.6, 3), so that a call
    /// that comes back to us again and again ends.
    private int hopsLeft(String callId) {
        return world.calls()
                .leg(callId)
                .filter(SipLeg.class::isInstance)
                .map(SipLeg.class::cast)
                .map(leg -> leg.hopsLeft() - 1)
                .orElse(USUAL_HOPS);
    }

    private void fails(Leg leg, HangupCause cause) {
        world.calls().deliver(new LegEvent.HungUp(leg.id(), cause, cause.sipStatus(), false));
    }

    /// What the other party of the call speaks, so that nothing has to be transcoded if it can be helped.
    private List<Codec> spoken(String callId) {
        return world.calls()
                .leg(callId)
                .filter(SipLeg.class::isInstance)
                .map(SipLeg.class::cast)
                .map(leg -> leg.audio().spoken())
                .orElse(List.of());
    }

    private OutgoingInvite invite(Dial dial, SipUri uri, Optional<Connection> flow, Line line) {
        OutgoingInvite invite =
                OutgoingInvite.to(uri, from(dial.caller(), line))
                        .named(dial.legId())
                        .authenticatedBy(
                                dial.credentials().username(), dial.credentials().password());
        if (flow.isPresent()) {
            invite = invite.over(flow.get());
        }
        if (dial.caller().isHidden()) {
            invite = invite.with("Privacy", "id");
        }
        for (Map.Entry<String, String> header : dial.headers().entrySet()) {
            invite = invite.with(header.getKey(), header.getValue());
        }
        return invite;
    }

    private NameAddress from(Dial.Caller caller, Line line) {
        if (caller.isHidden()) {
            return ANONYMOUS;
        }
        String host =
                caller.host().isEmpty() ? world.addresses().toward(line.remote()) : caller.host();
        return NameAddress.of(caller.name(), SipUri.of(caller.number(), host, 0));
    }

    private static Optional<SipUri> uri(Dial dial) {
        try {
            return Optional.of(SipUri.parse(dial.uri())).filter(SipUri::isSip);
        } catch (BadSip bad) {
            return Optional.empty();
        }
    }

    private static InetSocketAddress remote(Optional<SipUri> uri, Optional<Connection> flow) {
        return flow.map(Connection::remote)
                .or(() -> uri.map(Dialling::remote))
                .orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), SIP_PORT));
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
}
