package fulcrum.exchange;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.CallRun;
import fulcrum.call.Calls;
import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.call.Journal;
import fulcrum.call.LegCard;
import fulcrum.call.RateBuckets;
import fulcrum.call.Value;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.LookUps;
import fulcrum.directory.NotAtHand;
import fulcrum.sip.Admission;
import fulcrum.sip.Connection;
import fulcrum.sip.IncomingRequest;
import fulcrum.sip.Invitation;
import fulcrum.sip.MessageListener;
import fulcrum.sip.SessionDescription;
import fulcrum.sip.SipApplication;
import fulcrum.sip.SipRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// Takes calls and registrations in: makes an invitation into a leg and starts the call that owns it.
///
/// 1. [#admit] decides, on a transport thread and without keeping anything.
/// 2. [#invited] makes the leg, its inbox and its call, and starts the call's thread.
/// 3. The call's thread carries out `body`, normally a flow; [CallRun] sees to its end.
/// 4. [#drain] refuses new calls from then on.
///
/// Requests arrive on transport threads, which never read a disk: what is not in memory is looked up by [Enquiries] on
/// a worker. A request that is not admitted yet is then handed to the stack once more from there, and one that is goes
/// on there; when too many wait already, the answer is 503.
public final class Switchboard implements SipApplication {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
    private static final String RETRY_AFTER_SECONDS = "30";

    /// Said to a request that cannot be served now.
    private static final Admission OVERLOADED =
            new Admission.Refused(
                    503, "Service Unavailable", Map.of("Retry-After", RETRY_AFTER_SECONDS));

    private final Doorkeeper doorkeeper;
    private final Enquiries enquiries;
    private final MessageListener stack;
    private final Registrar registrar;
    private final LegWorld legWorld;
    private final LiveWorld world;
    private final RateBuckets buckets;
    private final Consumer<Call> body;
    private final Function<CallFacts, Journal> journals;
    private final AtomicLong begun = new AtomicLong();

    /// Call-IDs whose legs are being made; two of a name may come in at once.
    private final Set<String> beginning = ConcurrentHashMap.newKeySet();

    private volatile boolean draining;

    /// @param buckets how many calls an address may begin for an account
    /// @param stack takes a request once more, as if it came in now
    Switchboard(
            Doorkeeper doorkeeper,
            Enquiries enquiries,
            MessageListener stack,
            Registrar registrar,
            LegWorld legWorld,
            LiveWorld world,
            RateBuckets buckets,
            Consumer<Call> body,
            Function<CallFacts, Journal> journals) {
        this.doorkeeper = doorkeeper;
        this.enquiries = enquiries;
        this.stack = stack;
        this.registrar = registrar;
        this.legWorld = legWorld;
        this.world = world;
        this.buckets = buckets;
        this.body = body;
        this.journals = journals;
    }

    @Override
    public Admission admit(SipRequest request, Connection from) {
        if (draining && request.method().equals("INVITE")) {
            return OVERLOADED;
        }
        try {
            return doorkeeper.decide(request, from, enquiries.documents());
        } catch (NotAtHand _) {
            boolean isTaken =
                    enquiries.later(transactionOf(request), () -> stack.received(request, from));
            return isTaken ? new Admission.Ignored() : OVERLOADED;
        } catch (DirectoryFailed failed) {
            LOG.error("a request from {} is refused", from.remote(), failed);
            return OVERLOADED;
        }
    }

    /// The same for each copy of a request.
    private static String transactionOf(SipRequest request) {
        return request.topVia().branch() + '|' + request.callId() + '|' + request.cseq().number();
    }

    @Override
    public void requested(IncomingRequest incoming) {
        try {
            serve(incoming, enquiries.documents());
        } catch (NotAtHand _) {
            if (!enquiries.later(() -> requested(incoming))) {
                overloaded(incoming);
            }
        } catch (DirectoryFailed failed) {
            LOG.error("{} is refused", incoming.request().method(), failed);
            overloaded(incoming);
        }
    }

    private static void overloaded(IncomingRequest incoming) {
        incoming.respond(503, "Service Unavailable", Map.of("Retry-After", RETRY_AFTER_SECONDS));
    }

    private void serve(IncomingRequest incoming, LookUps documents) {
        Optional<Peer> peer = doorkeeper.peer(incoming.request(), incoming.connection(), documents);
        String method = incoming.request().method();
        if (method.equals("REGISTER") && peer.orElse(null) instanceof Peer.Device device) {
            registrar.register(incoming, device);
        } else if (method.equals("SUBSCRIBE")) {
            incoming.respond(489, "Bad Event", Map.of());
        } else {
            incoming.respond(403, "Forbidden", Map.of());
        }
    }

    @Override
    public void invited(Invitation invitation) {
        try {
            answer(invitation, caller(invitation, enquiries.documents()));
        } catch (NotAtHand _) {
            if (!enquiries.later(() -> invited(invitation))) {
                refuse(invitation, 503, "Service Unavailable");
            }
        } catch (DirectoryFailed failed) {
            LOG.error("call {} refused", invitation.request().callId(), failed);
            refuse(invitation, 503, "Service Unavailable");
        }
    }

    /// Who calls, and how its sound is to be encrypted.
    private record Caller(CallFacts facts, Dial.Encryption encryption) {}

    private Optional<Caller> caller(Invitation invitation, LookUps documents) {
        SipRequest invite = invitation.request();
        return doorkeeper
                .peer(invite, invitation.connection(), documents)
                .flatMap(
                        who ->
                                Arrival.facts(invite, who, documents)
                                        .map(facts -> new Caller(facts, encryption(who))));
    }

    private static Dial.Encryption encryption(Peer who) {
        return switch (who) {
            case Peer.Device device -> Secrecy.of(device.device());
            case Peer.Carrier carrier -> Secrecy.of(carrier.resource());
            case Peer.Within _ -> Dial.Encryption.NONE;
        };
    }

    /// Why nobody could hear the caller; empty when somebody can.
    private static Optional<String> obstacle(SessionDescription offer, Dial.Encryption encryption) {
        Secrecy secrecy = Secrecy.of(encryption);
        Optional<String> unsafe = secrecy.obstacle(offer);
        return unsafe.isPresent()
                        || Negotiation.answer(secrecy.view(offer), "0.0.0.0", 9).isPresent()
                ? unsafe
                : Optional.of("no codec in common");
    }

    private void answer(Invitation invitation, Optional<Caller> caller) {
        Optional<String> obstacle =
                caller.flatMap(
                        who ->
                                invitation
                                        .offer()
                                        .flatMap(offer -> obstacle(offer, who.encryption)));
        if (caller.isEmpty()) {
            LOG.info(
                    "call {} refused: nobody has the number {}",
                    invitation.request().callId(),
                    invitation.request().uri().user());
            refuse(invitation, 404, "Not Found");
        } else if (obstacle.isPresent()) {
            LOG.info("call {} refused: {}", invitation.request().callId(), obstacle.get());
            invitation.listen(event -> {});
            invitation.reject(
                    488,
                    "Not Acceptable Here",
                    Map.of("Warning", "399 fulcrum \"" + obstacle.get() + '"'));
        } else if (isTooMuch(invitation, caller.get().facts)) {
            refuse(invitation, 503, "Service Unavailable");
        } else {
            beginAlone(invitation, caller.get());
        }
    }

    private boolean isTooMuch(Invitation invitation, CallFacts facts) {
        String address = invitation.connection().remote().getAddress().getHostAddress();
        String sender = address + ' ' + facts.accountId();
        boolean isEmpty = buckets.take(sender, 1, legWorld.clock().instant()) < 0;
        if (isEmpty) {
            LOG.warn(
                    "call {} refused: {} begins more calls for account {} than --call-bucket allows",
                    facts.callId(),
                    address,
                    facts.accountId());
        }
        return isEmpty;
    }

    /// A leg's name must be its own.
    private void beginAlone(Invitation invitation, Caller caller) {
        String callId = caller.facts.callId();
        if (!beginning.add(callId)) {
            refuse(invitation, 482, "Call-ID In Use");
            return;
        }
        try {
            if (legWorld.calls().leg(callId).isPresent()) {
                refuse(invitation, 482, "Call-ID In Use");
            } else {
                begin(invitation, caller);
            }
        } finally {
            beginning.remove(callId);
        }
    }

    private static void refuse(Invitation invitation, int status, String reason) {
        invitation.listen(event -> {});
        invitation.reject(status, reason, Map.of());
    }

    private void begin(Invitation invitation, Caller caller) {
        CallFacts facts = caller.facts;
        Instant now = legWorld.clock().instant();
        LiveInbox inbox =
                new LiveInbox(
                        legWorld.clock(), legWorld.alarms(), () -> overflowed(facts.callId()));
        SipLeg leg =
                new SipLeg(
                        legWorld,
                        Line.incoming(invitation, caller.encryption),
                        LegCard.incoming(facts, now));
        String callId = facts.callId();
        LiveCalls calls = legWorld.calls();
        calls.opened(callId, inbox);
        calls.seated(leg, callId);
        begun.incrementAndGet();
        invitation.listen(leg);
        Call call = new Call(facts, leg, world, inbox, journals.apply(facts), now);
        Thread.ofVirtual()
                .name("call-" + callId)
                .start(
                        () -> {
                            try {
                                CallRun.run(call, body);
                            } finally {
                                calls.closed(callId);
                                legWorld.recordings().forget(leg.audio().recorded());
                            }
                        });
    }

    /// A call that does not read its inbox is ended from outside: its leg is told to go, and reports that.
    private void overflowed(String callId) {
        LOG.error("call {} does not keep up with what it is told, and is ended", callId);
        legWorld.calls().abandon(callId);
    }

    /// Ends calls that have not looked into their inbox for so long, and legs that no call owns any more.
    void watch(Duration patience) {
        Instant since = legWorld.clock().instant().minus(patience);
        for (String callId : legWorld.calls().stuckSince(since)) {
            LOG.error(
                    "call {} has been busy for {} without waiting, and is ended", callId, patience);
            legWorld.calls().abandon(callId);
        }
        legWorld.calls().hangUpOrphans();
        registrar.sweep();
    }

    /// The live calls and legs.
    public Calls calls() {
        return legWorld.calls();
    }

    /// How many calls are running now.
    public int callCount() {
        return legWorld.calls().callCount();
    }

    /// How many legs there are now.
    public int legCount() {
        return legWorld.calls().legCount();
    }

    /// How many calls have begun since the start.
    public long begun() {
        return begun.get();
    }

    /// Refuses new calls from now on; running ones go on.
    public void drain() {
        draining = true;
    }

    /// Asks every call to end.
    public void hangUpAll() {
        for (LegCard card : legWorld.calls().cards()) {
            legWorld.calls()
                    .postToOwner(
                            card.legId(),
                            new Value.HangupAsked(card.legId(), HangupCause.NORMAL_CLEARING));
        }
    }
}
