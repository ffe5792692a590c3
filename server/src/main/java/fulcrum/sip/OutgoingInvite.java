package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call to be made: whom to ask for, as whom, with what. Immutable; each method makes a copy.
public final class OutgoingInvite {
    private final SipUri target;
    private final NameAddress from;
    private final NameAddress to;
    private final List<NameAddress> routes;
    private final Map<String, String> headers;
    private final String username;
    private final String password;
    private final @Nullable SessionDescription offer;
    private final @Nullable Connection connection;
    private final String callId;

    private OutgoingInvite(OutgoingInvite other, Change change) {
        target = other.target;
        from = other.from;
        to = change.to == null ? other.to : change.to;
        routes = change.routes == null ? other.routes : List.copyOf(change.routes);
        headers = change.headers == null ? other.headers : change.headers;
        username = change.username == null ? other.username : change.username;
        password = change.password == null ? other.password : change.password;
        offer = change.offer == null ? other.offer : change.offer;
        connection = change.connection == null ? other.connection : change.connection;
        callId = change.callId == null ? other.callId : change.callId;
    }

    private OutgoingInvite(SipUri target, NameAddress from) {
        this.target = target;
        this.from = from;
        to = NameAddress.of(target);
        routes = List.of();
        headers = Map.of();
        username = "";
        password = "";
        offer = null;
        connection = null;
        callId = "";
    }

    /// A call to that address, with it in To as well, without offer, credentials or route.
    ///
    /// @param from the From header without tag
    public static OutgoingInvite to(SipUri target, NameAddress from) {
        return new OutgoingInvite(target, from);
    }

    /// With this offer; without one the other side offers in its 200.
    public OutgoingInvite offering(SessionDescription newOffer) {
        var change = new Change();
        change.offer = newOffer;
        return new OutgoingInvite(this, change);
    }

    /// With another To header.
    public OutgoingInvite addressedTo(NameAddress newTo) {
        var change = new Change();
        change.to = newTo;
        return new OutgoingInvite(this, change);
    }

    /// Through these proxies, the next one first.
    public OutgoingInvite through(List<NameAddress> newRoutes) {
        var change = new Change();
        change.routes = newRoutes;
        return new OutgoingInvite(this, change);
    }

    /// With one more header.
    public OutgoingInvite with(String name, String value) {
        var change = new Change();
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        change.headers = more;
        return new OutgoingInvite(this, change);
    }

    /// Answering a 401 or 407 as this user.
    public OutgoingInvite authenticatedBy(String newUsername, String newPassword) {
        var change = new Change();
        change.username = newUsername;
        change.password = newPassword;
        return new OutgoingInvite(this, change);
    }

    /// Over this flow, such as the one over which a device registered, whatever the target's host says.
    public OutgoingInvite over(Connection newConnection) {
        var change = new Change();
        change.connection = newConnection;
        return new OutgoingInvite(this, change);
    }

    /// Under this Call-ID; an empty one is made up. It must be our own in all the world.
    public OutgoingInvite named(String newCallId) {
        var change = new Change();
        change.callId = newCallId;
        return new OutgoingInvite(this, change);
    }

    String callId() {
        return callId;
    }

    SipUri target() {
        return target;
    }

    NameAddress from() {
        return from;
    }

    NameAddress to() {
        return to;
    }

    List<NameAddress> routes() {
        return new ArrayList<>(routes);
    }

    Map<String, String> headers() {
        return headers;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    Optional<SessionDescription> offer() {
        return Optional.ofNullable(offer);
    }

    Optional<Connection> connection() {
        return Optional.ofNullable(connection);
    }

    private static final class Change {
        private @Nullable NameAddress to;
        private @Nullable List<NameAddress> routes;
        private @Nullable Map<String, String> headers;
        private @Nullable String username;
        private @Nullable String password;
        private @Nullable SessionDescription offer;
        private @Nullable Connection connection;
        private @Nullable String callId;
    }
}
