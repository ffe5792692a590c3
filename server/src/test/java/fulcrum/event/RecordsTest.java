package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.MonthlyStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.List;

class RecordsTest {
    @TempDir private Path path;
    private DataFolder folder;
    private Database database;
    private MonthlyStore store;
    private Records records;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        database = Database.in(folder);
        store = new MonthlyStore(database);
        records = new Records(store, "node1");
    }

    @AfterEach
    void close() {
        database.close();
        folder.close();
    }

    /// Everything that was kept, after the writes that wait are done.
    private List<Document> kept(String type) {
        database.close();
        database = Database.in(folder);
        return new MonthlyStore(database).between("acme", type, Events.STARTED, Events.ENDED);
    }

    private Document cdr() {
        List<Document> kept = kept("cdr");
        assertThat(kept).hasSize(1);
        return kept.getFirst();
    }

    @Test
    void a_call_leaves_one_call_detail_record() {
        records.emit(Events.started());
        records.emit(Events.answered());
        records.emit(Events.entered());
        records.emit(Events.ended());

        Document cdr = cdr();
        assertThat(cdr.id()).isEqualTo("202611-call@1");
        assertThat(cdr.created()).isEqualTo(Events.ENDED);
        assertThat(cdr.text("call_id")).contains("call@1");
        assertThat(cdr.text("node")).contains("node1");
        assertThat(Json.text(cdr.hidden(), "pvt_node")).contains("node1");
        assertThat(records.lost()).isZero();
    }

    @Test
    void the_record_has_the_fields_that_kazoo_gives_it() {
        ObjectNode cdr = Json.object(CdrDocument.of(Events.ended()).toString());

        assertThat(cdr)
                .isEqualTo(
                        Json.object(
                                """
                                {"app_name":"fulcrum","call_id":"call@1","call_direction":"inbound",
                                 "caller_id_name":"Alice A.","caller_id_number":"1001",
                                 "callee_id_number":"+14155550100","channel_created_time":1795521600250000,
                                 "custom_application_vars":{"ticket":"7"},
                                 "custom_channel_vars":{"fetch_id":"f1","account_id":"acme","realm":"acme.example",
                                  "authorizing_id":"phone","authorizing_type":"device","owner_id":"alice-user",
                                  "resource_type":"onnet-origination"},
                                 "digits_dialed":"4155550100","billing_seconds":10,"duration_seconds":12,
                                 "ringing_seconds":2,"disposition":"ANSWERED","from":"alice@acme.example",
                                 "from_uri":"alice@acme.example","hangup_cause":"NORMAL_CLEARING",
                                 "hangup_code":"sip:200","interaction_id":"%s",
                                 "request":"+14155550100@acme.example","timestamp":63962740812,
                                 "to":"4155550100@acme.example","to_uri":"4155550100@acme.example"}"""
                                        .formatted(interactionId())));
    }

    private static String interactionId() {
        return CdrDocument.interactionId(Events.STARTED, "call@1");
    }

    @Test
    void a_conversation_has_an_id_of_its_beginning_and_its_first_call() {
        assertThat(interactionId()).matches("63962740800-[0-9a-f]{8}");
        assertThat(CdrDocument.interactionId(Events.STARTED, "other"))
                .isNotEqualTo(interactionId());
    }

    @Test
    void a_crashed_call_leaves_a_record_too() {
        records.emit(Events.crashed());

        ObjectNode cdr = cdr().body();
        assertThat(Json.text(cdr, "hangup_cause")).contains("INTERWORKING");
        assertThat(Json.text(cdr, "hangup_code")).contains("sip:500");
        assertThat(Json.whole(cdr, "billing_seconds")).hasValue(0);
        assertThat(Json.whole(cdr, "ringing_seconds")).hasValue(12);
        assertThat(Json.text(cdr, "disposition")).contains("NO-ANSWER");
        assertThat(Json.text(cdr, "custom_channel_vars", "resource_type"))
                .contains("offnet-termination");
        assertThat(Json.text(cdr, "custom_channel_vars", "inception"))
                .contains("+14155550100@acme.example");
        assertThat(Json.text(cdr, "custom_channel_vars", "owner_id")).isEmpty();
    }

    @Test
    void two_calls_with_one_call_id_leave_two_records() {
        records.emit(Events.ended());
        records.emit(Events.ended());

        assertThat(kept("cdr"))
                .extracting(Document::id)
                .containsExactly("202611-call@1", "202611-call@1-2");
    }

    @Test
    void pivot_debug_documents_are_kept_in_their_order() {
        records.emit(Events.pivotDebug(1));
        records.emit(Events.pivotDebug(2));

        List<Document> kept = kept("pivot_debug");
        assertThat(kept)
                .extracting(each -> each.text("iteration").orElse(""))
                .containsExactly("1", "2");
        assertThat(kept).allSatisfy(each -> assertThat(each.id()).matches("202611-[0-9a-f]{32}"));
        assertThat(new MonthlyStore(database).ofCall("acme", "pivot_debug", "call@1")).hasSize(2);
    }

    @Test
    void a_record_that_cannot_be_kept_is_counted() {
        database.close();

        records.emit(Events.ended());

        assertThat(records.lost()).isEqualTo(1);
    }
}
