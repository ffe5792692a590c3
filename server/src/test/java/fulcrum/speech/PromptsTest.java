package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.MemoryDirectory;
import fulcrum.storage.Attachments;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;

class PromptsTest {
    private static final String PROMPT = "menu-exit";

    @TempDir private Path path;
    private final MemoryDirectory directory = new MemoryDirectory();
    private DataFolder folder;
    private Database database;
    private Attachments attachments;
    private Prompts prompts;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        database = Database.in(folder);
        attachments = new Attachments(folder, database);
        prompts = new Prompts(directory, attachments);
        account("master", "{}", "[]");
        account("reseller", "{}", "[\"master\"]");
        account("acme", "{}", "[\"master\",\"reseller\"]");
    }

    @AfterEach
    void close() {
        database.close();
        folder.close();
    }

    private void account(String id, String body, String tree) {
        Document account = Document.fresh(id, "account", id, Json.object(body), Instant.EPOCH);
        directory.save(account.withHidden(Json.object("{\"pvt_tree\":%s}".formatted(tree))));
    }

    /// A media document without content.
    private Document media(String account, String id, String body) {
        Document media = Document.fresh(account, "media", id, Json.object(body), Instant.EPOCH);
        directory.save(media);
        return media;
    }

    private void recording(String account, String id, String body) {
        media(account, id, body);
        attachments.keep(
                account, id, "", "audio/wav", new ByteArrayInputStream(new byte[] {1, 2, 3}), 100);
    }

    private void recording(String account, String language) {
        recording(
                account,
                language + "%2F" + PROMPT,
                "{\"prompt_id\":\"%s\",\"language\":\"%s\"}".formatted(PROMPT, language));
    }

    /// `<account>: <document>` of a recording, `<language>: <text>` of a text.
    private String heard(String account, String language) {
        return said(prompts.find(account, PROMPT, language));
    }

    private static String said(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Recording(Attachments.Stored content) ->
                    content.accountId() + ": " + content.documentId();
            case Prompt.Text(Utterance words) -> words.language() + ": " + words.text();
            case Prompt.Missing(String reason) -> reason;
        };
    }

    @Test
    void without_a_recording_our_own_text_is_spoken() {
        assertThat(heard("acme", "en-us"))
                .isEqualTo("en-us: That was one try too many. We are leaving the menu.");
    }

    @Test
    void an_accounts_recording_takes_the_place_of_our_text_for_this_account_only() {
        recording("acme", "en-us");

        assertThat(heard("acme", "en-us")).isEqualTo("acme: en-us%2Fmenu-exit");
        assertThat(heard("acme", "EN-US")).isEqualTo("acme: en-us%2Fmenu-exit");
        assertThat(heard("master", "en-us")).startsWith("en-us: ");
    }

    @Test
    void a_recording_is_known_by_its_prompt_id_whatever_its_own_id_is() {
        recording("acme", "0123", "{\"prompt_id\":\"menu-exit\",\"language\":\"EN-US\"}");
        recording("acme", "4567", "{\"prompt_id\":\"menu-return\",\"language\":\"en-us\"}");

        assertThat(heard("acme", "en-us")).isEqualTo("acme: 0123");
    }

    @Test
    void a_recording_without_a_language_is_in_the_accounts() {
        account("berlin", "{\"language\":\"de-DE\"}", "[\"master\"]");
        recording("berlin", "0123", "{\"prompt_id\":\"menu-exit\"}");

        assertThat(heard("berlin", "de-de")).isEqualTo("berlin: 0123");
        assertThat(heard("berlin", "")).isEqualTo("berlin: 0123");
        assertThat(heard("berlin", "en-us")).startsWith("en-us: ");
    }

    @Test
    void the_systems_recording_is_for_all_accounts_but_after_their_own() {
        recording(Prompts.SYSTEM_ACCOUNT, "en-us");
        assertThat(heard("acme", "en-us")).isEqualTo("system_media: en-us%2Fmenu-exit");
        assertThat(heard(Prompts.SYSTEM_ACCOUNT, "en-us"))
                .isEqualTo("system_media: en-us%2Fmenu-exit");

        recording("acme", "en-us");
        assertThat(heard("acme", "en-us")).isEqualTo("acme: en-us%2Fmenu-exit");
    }

    @Test
    void a_country_falls_back_to_its_language() {
        recording("acme", "fr");

        assertThat(heard("acme", "fr-ca")).isEqualTo("acme: fr%2Fmenu-exit");

        recording("acme", "fr-ca");
        assertThat(heard("acme", "fr-ca")).isEqualTo("acme: fr-ca%2Fmenu-exit");
    }

    @Test
    void the_resellers_recording_is_heard_where_neither_account_nor_system_has_the_language() {
        recording("reseller", "fr-ca");
        recording("master", "fr-ca");

        assertThat(heard("acme", "fr-ca")).isEqualTo("reseller: fr-ca%2Fmenu-exit");

        recording(Prompts.SYSTEM_ACCOUNT, "fr");
        assertThat(heard("acme", "fr-ca")).isEqualTo("system_media: fr%2Fmenu-exit");
    }

    @Test
    void a_named_reseller_comes_before_the_account_above() {
        Document named = Document.fresh("named", "account", "named", Json.object(), Instant.EPOCH);
        directory.save(
                named.withHidden(
                        Json.object(
                                "{\"pvt_tree\":[\"master\"],\"pvt_reseller_id\":\"reseller\"}")));
        recording("reseller", "fr-fr");

        assertThat(heard("named", "fr-fr")).isEqualTo("reseller: fr-fr%2Fmenu-exit");
    }

    @Test
    void a_language_nobody_has_is_heard_in_the_systems() {
        assertThat(heard("acme", "ja-jp")).startsWith("en-us: ");
        assertThat(heard("nobody", "en-us")).startsWith("en-us: ");
    }

    @Test
    void accounts_that_are_above_each_other_do_not_hang_the_search() {
        account("x", "{}", "[\"y\"]");
        account("y", "{}", "[\"x\"]");

        assertThat(heard("x", "ja-jp")).startsWith("en-us: ");
    }

    @Test
    void a_recording_without_content_does_not_hide_the_text() {
        media("acme", "0123", "{\"prompt_id\":\"menu-exit\",\"language\":\"en-us\"}");

        assertThat(heard("acme", "en-us")).startsWith("en-us: ");
    }

    @Test
    void a_text_of_the_account_is_spoken_in_its_voice() {
        media(
                "acme",
                "0123",
                """
                {"prompt_id":"menu-exit","language":"en-us","media_source":"tts",
                 "tts":{"text":"So long.","voice":"female/en-US"}}""");

        assertThat(prompts.find("acme", PROMPT, "en-us"))
                .isEqualTo(new Prompt.Text(new Utterance("So long.", "female/en-US", "en-us", "")));
    }

    @Test
    void an_unknown_prompt_is_missing() {
        assertThat(prompts.find("acme", "no-such", "en-us"))
                .isEqualTo(new Prompt.Missing("there is no prompt no-such"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "en-us, 'en-us,en'",
        "en-us_fr-fr, 'en-us_fr-fr,en-us,en'",
        "fr, fr",
        "eng, eng",
        "en-usa, en-usa",
        "mr-weird_xx, mr-weird_xx"
    })
    void languages_are_tried_from_the_particular_to_the_general(String language, String tried) {
        assertThat(Prompts.candidates(language)).containsExactly(tried.split(","));
    }

    @Test
    void a_reference_names_owner_prompt_and_language() {
        recording("acme", "fr-fr");

        assertThat(said(prompts.byReference("prompt://acme/menu-exit/FR-FR")))
                .isEqualTo("acme: fr-fr%2Fmenu-exit");
        assertThat(said(prompts.byReference("prompt://acme/menu-exit"))).startsWith("en-us: ");
        assertThat(said(prompts.byReference("prompt://system_media/menu-exit/en-us")))
                .startsWith("en-us: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt://acme", "prompt://a/b/c/d", "prompt:///x/y", "menu-exit", ""})
    void anything_else_is_no_reference(String reference) {
        assertThat(prompts.byReference(reference))
                .isEqualTo(new Prompt.Missing("not a prompt reference: " + reference));
    }

    @Test
    void a_media_document_is_its_content_else_its_text_else_nothing() {
        recording("acme", "1", "{}");
        media("acme", "2", "{\"tts\":{\"text\":\"Hello.\"}}");
        media("acme", "3", "{}");

        assertThat(said(prompts.media("acme", "1"))).isEqualTo("acme: 1");
        assertThat(said(prompts.media("acme", "2"))).isEqualTo("en-us: Hello.");
        assertThat(said(prompts.media("acme", "3"))).contains("no sound in the media document 3");
        assertThat(said(prompts.media("reseller", "1"))).contains("no sound");
    }
}
