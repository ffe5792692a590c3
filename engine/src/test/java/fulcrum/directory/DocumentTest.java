package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class DocumentTest {
    private static final Instant MADE = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant LATER = MADE.plusSeconds(60);

    private final Document document =
            Document.fresh(
                    "a",
                    "device",
                    "1",
                    Json.object(
                            "{\"sip\":{\"username\":\"alice\",\"port\":5060},\"enabled\":\"true\"}"),
                    MADE);

    @Test
    void a_fresh_document_has_no_revision_and_is_not_deleted() {
        assertThat(document.revision()).isEmpty();
        assertThat(document.deleted()).isFalse();
        assertThat(document.hidden()).isEmpty();
        assertThat(document.created()).isEqualTo(document.modified()).isEqualTo(MADE);
    }

    @Test
    void values_are_read_by_their_path() {
        assertThat(document.text("sip", "username")).contains("alice");
        assertThat(document.text("sip", "port")).contains("5060");
        assertThat(document.text("sip", "password")).isEmpty();
        assertThat(document.flag("enabled")).isTrue();
        assertThat(document.flag("sip")).isFalse();
        assertThat(document.at("sip")).isPresent();
    }

    @Test
    void a_copy_differs_in_what_it_was_given_and_leaves_the_first_alone() {
        Document saved = document.saved("1-x", LATER);
        Document changed =
                saved.withBody(Json.object("{\"b\":1}"))
                        .withHidden(Json.object("{\"h\":1}"))
                        .asDeleted();

        assertThat(changed.body()).isEqualTo(Json.object("{\"b\":1}"));
        assertThat(changed.hidden()).isEqualTo(Json.object("{\"h\":1}"));
        assertThat(changed.deleted()).isTrue();
        assertThat(changed.revision()).isEqualTo("1-x");
        assertThat(changed.created()).isEqualTo(MADE);
        assertThat(changed.modified()).isEqualTo(LATER);
        assertThat(saved.deleted()).isFalse();
        assertThat(saved.text("sip", "username")).contains("alice");
        assertThat(document.revision()).isEmpty();
    }

    @Test
    void gregorian_seconds_count_from_the_year_0() {
        assertThat(Gregorian.seconds(Instant.EPOCH)).isEqualTo(62_167_219_200L);
        assertThat(Gregorian.seconds(MADE)).isEqualTo(MADE.getEpochSecond() + 62_167_219_200L);
        assertThat(Gregorian.instant(Gregorian.seconds(MADE))).isEqualTo(MADE);
    }
}
