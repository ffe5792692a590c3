package fulcrum.place;

import fulcrum.call.Calls;
import fulcrum.call.Inbox;
import fulcrum.call.Value;

import java.time.Instant;

/// A call centre's queue: members wait in it, agents are offered to them.
///
/// 1. A call joins through a [QueueSeat] and waits in its own inbox.
/// 2. When an agent is free, the queue posts an offer to the member whose turn it is; the member's call rings the agent
///    and says how that went. The queue never waits for it.
/// 3. A call that ends in whatever way lets go of its seat, so that its agent is free again.
/// 4. Whoever works here is told by [QueueWord#LOGIN] and [QueueWord#LOGOUT], from REST or from a call.
///
/// Its state belongs to the thread that runs it.
public final class Queue {
    private final String id;
    private final Inbox inbox;
    private final Calls calls;
    private final QueueBook book;

    /// @param id what [Calls#post] knows its inbox by
    public Queue(String id, Inbox inbox, Calls calls, QueueRules rules) {
        this.id = id;
        this.inbox = inbox;
        this.calls = calls;
        this.book = new QueueBook(rules);
    }

    /// Serves on the calling thread until [QueueWord#CLOSE]; everybody who still waits is told then.
    public void run() {
        Instant wake = Instant.MAX;
        boolean open = true;
        while (open) {
            Inbox.Arrival arrival = inbox.next(wake);
            Instant now = arrival.at();
            if (arrival.value() instanceof Value.Message message) {
                open = QueueWord.of(message).map(word -> hear(word, message, now)).orElse(true);
            }
            if (open) {
                offer(now);
                wake = book.wake(now);
            }
        }
        book.members().forEach(member -> say(member, book.seat(member), QueueWord.CLOSED, ""));
        inbox.end();
    }

    /// @return false when the queue is to end
    private boolean hear(QueueWord word, Value.Message message, Instant now) {
        switch (word) {
            case JOIN -> join(message);
            case LEAVE -> book.leave(message.from(), now);
            case CONNECTED -> book.connected(message.from());
            case MISSED -> book.missed(message.from(), now);
            case POSITION -> {
                String position = String.valueOf(book.position(message.from()));
                say(message.from(), book.seat(message.from()), QueueWord.POSITION, position);
            }
            case LOGIN -> book.login(message.body());
            case LOGOUT -> book.logout(message.body());
            case CLOSE -> {
                return false;
            }
            case OFFER, CLOSED -> {
                // the queue's own words
            }
        }
        return true;
    }

    private void join(Value.Message message) {
        String[] parts = message.body().split(" ", 2);
        boolean told = parts.length == 2 && parts[1].matches("-?\\d{1,9}");
        book.join(message.from(), parts[0], told ? Integer.parseInt(parts[1]) : 0);
    }

    private boolean say(String callId, String seat, QueueWord word, String text) {
        return calls.post(callId, word.said(id, seat + " " + text));
    }

    /// A member whose call has ended cannot take an offer; its agent goes to the next one.
    private void offer(Instant now) {
        boolean refused = true;
        while (refused) {
            refused = false;
            for (QueueBook.Offer offer : book.offers(now)) {
                if (!say(offer.callId(), offer.seat(), QueueWord.OFFER, offer.agent())) {
                    book.leave(offer.callId(), now);
                    refused = true;
                }
            }
        }
    }
}
