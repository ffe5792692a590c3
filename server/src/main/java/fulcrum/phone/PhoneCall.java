package fulcrum.phone;

import fulcrum.exchange.InfoKeys;
import fulcrum.exchange.Negotiation;
import fulcrum.exchange.Secrecy;
import fulcrum.media.AudioSource;
import fulcrum.media.MediaListener;
import fulcrum.media.MediaPath;
import fulcrum.media.TapSide;
import fulcrum.sip.Invitation;
import fulcrum.sip.MediaDirection;
import fulcrum.sip.OutgoingInvite;
import fulcrum.sip.SessionDescription;
import fulcrum.sip.SessionEvent;
import fulcrum.sip.SessionListener;
import fulcrum.sip.SipSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One call of a phone. Methods named `await…` wait, all others return at once.
///
/// 1. Ringing or calling; early sound may be heard.
/// 2. Answered: [#isAnswered].
/// 3. Over: [#isOver], and [#ending] tells how.
public final class PhoneCall implements SessionListener, MediaListener {
    private static final Duration KEY = Duration.ofMillis(100);
    private static final long SAYING = 1;

    /// How a call ended.
    ///
    /// @param status the SIP status that ended an unanswered call, 0 for an answered one
    /// @param byThem true when the other side ended it
    /// @param reasonHeader of the BYE or the refusal; empty for none
    public record Ending(Instant at, int status, boolean byThem, String reasonHeader) {}

    private final SoftPhone phone;
    private final MediaPath path;
    private final Secrecy secrecy;
    private final Hearing hearing = new Hearing();
    private final Queue<Character> keys = new ConcurrentLinkedQueue<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    /// Open until the call is answered or over.
    private final CountDownLatch decided = new CountDownLatch(1);

    private final CountDownLatch sounding = new CountDownLatch(1);
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private volatile @Nullable SipSession session;
    private volatile @Nullable Invitation invitation;
    private volatile @Nullable SessionDescription ours;
    private volatile boolean leaving;
    private volatile boolean keysByInfo;

    PhoneCall(SoftPhone phone) {
        this.phone = phone;
        secrecy = phone.secrecy();
        path = phone.media().open(phone.address(), this);
        path.startTap(hearing.tap(), TapSide.RECEIVED);
    }

    void begin(OutgoingInvite invite, boolean offering) {
        session = phone.stack().invite(offering ? invite.offering(offer()) : invite, this);
    }

    private SessionDescription offer() {
        SessionDescription offer =
                secrecy.offered(
                        Negotiation.offer(phone.ownHost(), path.local().getPort(), phone.codecs()));
        ours = offer;
        return offer;
    }

    void rings(Invitation ringing) {
        invitation = ringing;
        session = ringing.session();
        ringing.listen(this);
        ringing.ring();
    }

    /// Answers a ringing call.
    public void answer() {
        Invitation ringing = invitation;
        if (ringing == null) {
            throw new IllegalStateException("only a call that came in can be answered");
        }
        ringing.answer(answerTo(ringing));
        ringing.offer().ifPresent(this::settle);
        nowAnswered();
    }

    private SessionDescription answerTo(Invitation ringing) {
        SessionDescription known = ours;
        if (known != null) {
            return known;
        }
        SessionDescription description =
                ringing.offer().flatMap(this::answerTo).orElseGet(this::offer);
        ours = description;
        return description;
    }

    private Optional<SessionDescription> answerTo(SessionDescription offer) {
        SessionDescription view = secrecy.view(offer);
        return Negotiation.answer(view, phone.ownHost(), path.local().getPort(), phone.codecs())
                .map(answer -> secrecy.answered(view, answer));
    }

    /// Lets the caller of a ringing call hear us before the answer (183).
    public void speakEarly() {
        Invitation ringing = invitation;
        if (ringing != null) {
            ringing.progress(answerTo(ringing));
            ringing.offer().ifPresent(this::settle);
        }
    }

    /// Points a ringing call to another SIP URI (302).
    public void pointTo(String uri) {
        Invitation ringing = invitation;
        if (ringing != null) {
            leaving = true;
            ringing.reject(302, "Moved Temporarily", Map.of("Contact", "<" + uri + ">"));
        }
    }

    /// Puts the other side on hold, or takes it back.
    public void hold(boolean on) {
        MediaDirection direction = on ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
        description()
                .ifPresent(
                        now ->
                                reoffer(
                                        now.withMedia(
                                                now.media().stream()
                                                        .map(one -> one.withDirection(direction))
                                                        .toList())));
    }

    /// Refuses a ringing call.
    ///
    /// @param status 400 to 699
    public void refuse(int status) {
        Invitation ringing = invitation;
        if (ringing != null) {
            leaving = true;
            ringing.reject(status, "", Map.of());
        }
    }

    /// Ends the call as its state wants.
    public void hangUp() {
        leaving = true;
        SipSession known = session;
        if (known != null) {
            known.hangUp(Optional.empty());
        }
    }

    /// Sends keys by SIP INFO from now on, instead of RFC 4733 events.
    public void sendKeysByInfo() {
        keysByInfo = true;
    }

    /// Presses one key, 100 ms long.
    public void press(char key) {
        SipSession known = session;
        if (keysByInfo && known != null) {
            known.send("INFO", "application/dtmf-relay", InfoKeys.body(key, KEY));
        } else {
            path.sendDigits(String.valueOf(key), KEY);
        }
    }

    /// Says something, in place of what is being said.
    public void say(AudioSource source) {
        path.play(SAYING, source);
    }

    /// Offers another description.
    public void reoffer(SessionDescription description) {
        SipSession known = session;
        if (known != null) {
            ours = description;
            known.reoffer(description);
        }
    }

    /// What we offered or answered last; empty before.
    public Optional<SessionDescription> description() {
        return Optional.ofNullable(ours);
    }

    public Hearing hearing() {
        return hearing;
    }

    /// The path's counters: packets, loss, jitter.
    public MediaPath path() {
        return path;
    }

    /// The keys that were sent to us, in order.
    public String keys() {
        return keys.stream().map(String::valueOf).collect(Collectors.joining());
    }

    public String id() {
        SipSession known = session;
        return known == null ? "" : known.callId();
    }

    public boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /// Whether sound flows, early or after the answer.
    public boolean isSounding() {
        return sounding.getCount() == 0;
    }

    public boolean isOver() {
        return ended.isDone();
    }

    /// How it ended; empty while it goes on.
    public Optional<Ending> ending() {
        return Optional.ofNullable(ended.getNow(null));
    }

    /// Waits for the answer.
    ///
    /// @return false when the call ended or the time was over first
    public boolean awaitAnswer(Duration patience) {
        return await(decided, patience) && isAnswered();
    }

    /// Waits until sound flows.
    public boolean awaitSound(Duration patience) {
        return await(sounding, patience);
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Waits for the end; empty when the call goes on for longer.
    public Optional<Ending> awaitEnd(Duration patience) {
        try {
            return Optional.of(ended.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException goesOn) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException never) {
            throw new IllegalStateException("an ending is never a failure", never);
        }
    }

    private void settle(SessionDescription theirs) {
        SessionDescription own = ours;
        if (own != null) {
            switch (secrecy.agreed(own, theirs)) {
                case Secrecy.Agreement.Agreed agreed -> path.cipher(agreed.cipher());
                case Secrecy.Agreement.Broken broken -> {
                    hangUp();
                    return;
                }
            }
            Negotiation.settings(own, secrecy.view(theirs)).ifPresent(path::settings);
            sounding.countDown();
        }
    }

    @Override
    public void happened(SessionEvent event) {
        switch (event) {
            case SessionEvent.Ringing ringing -> {
                // nobody looks at a lamp
            }
            case SessionEvent.EarlyMedia early -> settle(early.description());
            case SessionEvent.Answered up -> {
                settle(up.description());
                nowAnswered();
            }
            case SessionEvent.Confirmed confirmed -> nowAnswered();
            case SessionEvent.Reoffered offered -> {
                Optional<SessionDescription> answer = answerTo(offered.offer());
                ours = answer.orElse(ours);
                answer.ifPresentOrElse(
                        offered.reply()::accept,
                        () -> offered.reply().refuse(488, "Not Acceptable Here"));
                settle(offered.offer());
            }
            case SessionEvent.Reanswered up -> settle(up.description());
            case SessionEvent.ReofferRefused refused -> {
                // the call goes on as it was
            }
            case SessionEvent.InfoReceived info ->
                    InfoKeys.read(info.contentType(), info.body())
                            .ifPresent(key -> keys.add(key.digit()));
            case SessionEvent.TransferAsked asked -> asked.reply().refuse(603, "Decline");
            case SessionEvent.TransferProgress progress -> {
                // it never asks
            }
            case SessionEvent.Cancelled gone -> end(487, true, gone.reasonHeader());
            case SessionEvent.Refused refused ->
                    end(refused.status(), !leaving, refused.response().header("Reason").orElse(""));
            case SessionEvent.Ended over ->
                    end(0, over.cause() == SessionEvent.Cause.REMOTE, over.reasonHeader());
        }
    }

    private void nowAnswered() {
        answered.countDown();
        decided.countDown();
    }

    private void end(int status, boolean byThem, String reasonHeader) {
        path.close();
        ended.complete(new Ending(Instant.now(), status, byThem, reasonHeader));
        decided.countDown();
    }

    @Override
    public void digitPressed(char digit, Duration length) {
        keys.add(digit);
    }

    @Override
    public void playbackEnded(long playbackId, boolean completed) {
        // whoever speaks does not wait for it
    }

    @Override
    public void digitsSent() {
        // nobody waits for it
    }

    @Override
    public void audioHeard() {
        // the hearing shows it
    }
}
