package fulcrum.sip;

import org.jspecify.annotations.Nullable;

/// Keeps an agreed session timer: refreshes the session when that is our duty, and ends the call when it is theirs and
/// they do not (RFC 4028 §7.2, §10). Belongs to the session's turn.
final class Pulse {
    private static final long RETRY_MILLIS = 10_000;

    private final Session session;
    private @Nullable SessionTimer timer;
    private Timers.@Nullable Timer refresh;
    private Timers.@Nullable Timer expiry;

    Pulse(Session session) {
        this.session = session;
    }

    /// Begins anew with this timer, or ends without one.
    void start(@Nullable SessionTimer agreed) {
        stop();
        timer = agreed;
        if (agreed == null || session.isOver()) {
            return;
        }
        var timers = session.stack().timers();
        expiry = timers.start(session.turn(), agreed.expiryMillis(), this::expired);
        if (agreed.weRefresh()) {
            refresh = timers.start(session.turn(), agreed.refreshMillis(), this::refresh);
        }
    }

    void stop() {
        Timers.Timer.stop(refresh);
        Timers.Timer.stop(expiry);
    }

    /// Our request with what it must say of the timer: the interval in force, or the one we would like.
    SipRequest dressed(SipRequest request) {
        var running = timer;
        var said =
                running == null
                        ? String.valueOf(SessionTimer.WANTED_SECONDS)
                        : new SessionTimer(running.seconds(), running.weRefresh()).refreshHeader();
        return request.with("Supported", RequestMaker.SUPPORTED_INSIDE)
                .with("Session-Expires", said)
                .with("Min-SE", String.valueOf(SessionTimer.LEAST_SECONDS));
    }

    /// A 2xx to a request of ours that opened or refreshed the session.
    void settled(SipResponse response) {
        start(SessionTimer.settled(response).orElse(null));
    }

    /// Takes a 422, which wants a longer interval (RFC 4028 §7.4); false when ours is as long already, so that asking
    /// again would be in vain.
    boolean raises(SipResponse response) {
        var running = timer;
        var least = SessionTimer.leastOf(response);
        if (running != null && least <= running.seconds()) {
            return false;
        }
        timer = new SessionTimer(least, running == null || running.weRefresh());
        return true;
    }

    private void expired() {
        session.bye(SessionEvent.Cause.EXPIRED, "");
    }

    private void refresh() {
        var party = session.party();
        if (party.isEmpty() || !party.get().allowsUpdate()) {
            session.reoffers().refresh();
            return;
        }
        DialogRequest.send(
                session,
                party.get(),
                "UPDATE",
                this::dressed,
                response -> refreshed(response, party.get()));
    }

    private void refreshed(SipResponse response, Party party) {
        if (session.isOver() || session.judge("UPDATE", response)) {
            return;
        }
        switch (response.status()) {
            case 200, 202 -> {
                party.dialog().refreshTarget(response);
                settled(response);
            }
            case 405, 501 -> {
                party.allowsUpdate(false);
                refresh();
            }
            default -> retry(response.status() == 422 && raises(response) ? 0 : RETRY_MILLIS);
        }
    }

    /// The session lives on until its expiry; until then there is time to try again.
    private void retry(long millis) {
        refresh = session.stack().timers().start(session.turn(), millis, this::refresh);
    }
}
