package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyStore;
import fulcrum.storage.StorageFailed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps what calls leave behind: a call detail record of each call, and its pivot debug documents (pivot.md §12.1).
///
/// The records are queued for the disk; this waits only while that queue is full, so it belongs behind an [EventQueue].
/// A record that could not be kept is counted and logged whole, so that it can be mended by hand.
public final class Records implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final MonthlyStore store;
    private final String node;
    private final AtomicLong lost = new AtomicLong();

    /// @param node the name of this server, told with each pivot debug document
    public Records(MonthlyStore store, String node) {
        this.store = store;
        this.node = node;
    }

    @Override
    public void emit(CallEvent event) {
        switch (event) {
            case CallEvent.Ended ended -> {
                ObjectNode cdr = CdrDocument.of(ended);
                cdr.put("node", node);
                cdr.put("media_server", node);
                String id = MonthlyStore.id(ended.at(), ended.callId());
                keep(document(event, "cdr", id, cdr));
            }
            case CallEvent.PivotDebug debug -> {
                String rest = UUID.randomUUID().toString().replace("-", "");
                String id = MonthlyStore.id(debug.at(), rest);
                keep(document(event, "pivot_debug", id, debug.document()));
            }
            case CallEvent.Started _,
                    CallEvent.Answered _,
                    CallEvent.NodeEntered _,
                    CallEvent.Noticed _,
                    CallEvent.PresenceSet _,
                    CallEvent.Alarmed _,
                    CallEvent.MailWritten _,
                    CallEvent.Exchanged _ -> {
                // leaves nothing behind
            }
        }
    }

    private Document document(CallEvent event, String type, String id, ObjectNode body) {
        Instant at = event.at();
        ObjectNode hidden = Json.object();
        hidden.put("pvt_node", node);
        hidden.put("pvt_type", type);
        hidden.put("pvt_account_id", event.accountId());
        return Document.fresh(event.accountId(), type, id, body, at).withHidden(hidden);
    }

    private void keep(Document record) {
        CompletableFuture<Document> kept;
        try {
            kept = store.append(record);
        } catch (StorageFailed failed) {
            kept = CompletableFuture.failedFuture(failed);
        }
        var _ =
                kept.whenComplete(
                        (_, failed) -> {
                            if (failed != null) {
                                lost.incrementAndGet();
                                LOG.error("{}: {}", failed.getMessage(), record.body());
                            }
                        });
    }

    /// How many records could not be kept since the start.
    public long lost() {
        return lost.get();
    }
}
