package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Saving;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// What every directory does. Each test has accounts of its own, so that all can share one store.
abstract class DirectoryContract {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");

    private final String account = id();

    abstract Directory directory();

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Document fresh(String account, String type, String id, String body) {
        return Document.fresh(account, type, id, Json.object(body), NOW);
    }

    private Document saved(String type, String id, String body) {
        return saved(fresh(account, type, id, body));
    }

    private Document saved(Document document) {
        Saving saving = directory().save(document);
        assertThat(saving).isInstanceOf(Saving.Saved.class);
        return ((Saving.Saved) saving).document();
    }

    @Test
    void what_was_saved_is_found_with_a_revision() {
        String body =
                """
                {"name":"Zoë ☎ \\"x\\"","n":12345678901234567,"f":1.5,"t":true,
                "list":[1,null,{}],"deep":{"a":{"b":""}}}""";
        Document document =
                fresh(account, "user", id(), body)
                        .withHidden(Json.object("{\"pvt_tree\":[\"a\"]}"));

        Document saved = saved(document);

        assertThat(saved.revision()).startsWith("1-");
        assertThat(saved.body()).isEqualTo(Json.object(body));
        assertThat(directory().find(account, document.id())).contains(saved);
    }

    @Test
    void keys_stay_in_the_order_in_which_they_were_given() {
        Document saved = saved("user", id(), "{\"z\":1,\"a\":2,\"m\":{\"y\":1,\"b\":2}}");

        assertThat(directory().find(account, saved.id()).orElseThrow().body().toString())
                .isEqualTo("{\"z\":1,\"a\":2,\"m\":{\"y\":1,\"b\":2}}");
    }

    @Test
    void a_save_counts_the_revision_up() {
        Document first = saved("user", id(), "{\"name\":\"a\"}");
        Document second = saved(first.withBody(Json.object("{\"name\":\"b\"}")));

        assertThat(second.revision()).startsWith("2-");
        assertThat(directory().find(account, first.id()).orElseThrow().text("name")).contains("b");
    }

    @Test
    void an_old_revision_is_a_conflict_and_changes_nothing() {
        Document first = saved("user", id(), "{\"name\":\"a\"}");
        Document second = saved(first.withBody(Json.object("{\"name\":\"b\"}")));

        Saving late = directory().save(first.withBody(Json.object("{\"name\":\"c\"}")));

        assertThat(late).isEqualTo(new Saving.Conflict(second.revision()));
        assertThat(directory().find(account, first.id())).contains(second);
    }

    @Test
    void a_new_document_with_a_taken_id_is_a_conflict() {
        Document there = saved("user", id(), "{}");

        assertThat(directory().save(fresh(account, "user", there.id(), "{}")))
                .isEqualTo(new Saving.Conflict(there.revision()));
    }

    @Test
    void a_document_that_was_never_stored_cannot_be_changed() {
        Document saved = saved("user", id(), "{}");
        directory().remove(account, saved.id());

        assertThat(directory().save(saved)).isEqualTo(new Saving.Conflict(""));
    }

    @Test
    void the_same_id_in_two_accounts_is_two_documents() {
        String id = id();
        Document here = saved("user", id, "{\"name\":\"here\"}");
        Document there = saved(fresh(id(), "user", id, "{\"name\":\"there\"}"));

        assertThat(directory().find(account, id)).contains(here);
        assertThat(directory().find(there.accountId(), id)).contains(there);
    }

    @Test
    void a_deleted_document_is_found_by_nothing() {
        String realm = id() + ".example";
        String name = id();
        String number = "+1" + id();
        Document owner = saved("account", account, "{\"realm\":\"%s\"}".formatted(realm));
        Document device = saved("device", id(), "{\"sip\":{\"username\":\"%s\"}}".formatted(name));
        Document did = saved("number", number, "{}");
        Document flow = saved("callflow", id(), "{\"numbers\":[\"1001\"]}");

        List.of(owner, device, did, flow).forEach(each -> saved(each.asDeleted()));

        assertThat(directory().find(account, device.id())).isEmpty();
        assertThat(directory().all(account, "device")).isEmpty();
        assertThat(directory().accounts()).extracting(Document::id).doesNotContain(account);
        assertThat(directory().accountByRealm(realm)).isEmpty();
        assertThat(directory().devicesByUsername(name)).isEmpty();
        assertThat(directory().number(number)).isEmpty();
        assertThat(directory().callflowFor(account, "1001")).isEmpty();
    }

    @Test
    void a_deleted_document_can_be_made_anew() {
        Document first = saved("user", id(), "{}");
        saved(first.asDeleted());

        Document again = saved("user", first.id(), "{\"name\":\"again\"}");

        assertThat(again.revision()).startsWith("3-");
        assertThat(directory().find(account, first.id())).contains(again);
    }

    @Test
    void a_removed_document_is_gone_and_removing_it_again_does_nothing() {
        Document saved = saved("user", id(), "{}");

        directory().remove(account, saved.id());
        directory().remove(account, saved.id());

        assertThat(directory().find(account, saved.id())).isEmpty();
        assertThat(directory().all(account, "user")).isEmpty();
        assertThat(saved("user", saved.id(), "{}").revision()).startsWith("1-");
    }

    @Test
    void all_of_a_type_come_in_the_order_of_their_ids() {
        for (String id : List.of("b", "+1", "a", "B", "c")) {
            saved("user", id, "{}");
        }
        saved("device", "d", "{}");
        saved(fresh(id(), "user", "e", "{}"));

        assertThat(directory().all(account, "user"))
                .extracting(Document::id)
                .containsExactly("+1", "B", "a", "b", "c");
    }

    @Test
    void a_list_that_was_read_before_shows_what_was_saved_since() {
        assertThat(directory().all(account, "menu")).isEmpty();
        Document menu = saved("menu", id(), "{\"name\":\"a\"}");
        assertThat(directory().all(account, "menu")).containsExactly(menu);

        Document changed = saved(menu.withBody(Json.object("{\"name\":\"b\"}")));

        assertThat(directory().all(account, "menu")).containsExactly(changed);
    }

    @Test
    void the_list_of_accounts_shows_what_was_saved_and_removed_since() {
        assertThat(directory().accounts()).extracting(Document::id).doesNotContain(account);
        Document owner = saved("account", account, "{\"name\":\"a\"}");
        assertThat(directory().accounts()).contains(owner);

        Document renamed = saved(owner.withBody(Json.object("{\"name\":\"b\"}")));
        assertThat(directory().accounts()).contains(renamed).doesNotContain(owner);

        directory().remove(account, account);
        assertThat(directory().accounts()).extracting(Document::id).doesNotContain(account);
    }

    @Test
    void the_accounts_that_answer_a_number_are_those_whose_callflows_have_it_now() {
        String last = "5%06d".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
        String e164 = "+1415" + last;
        saved("account", account, "{}");
        Document flow = saved("callflow", id(), "{\"numbers\":[\"%s\"]}".formatted(e164));
        assertThat(directory().accountsAnswering("1415" + last)).containsExactly(account);

        Document moved = saved(flow.withBody(Json.object("{\"numbers\":[\"77\"]}")));
        assertThat(directory().accountsAnswering("1415" + last)).isEmpty();

        saved(moved.withBody(flow.body()));
        assertThat(directory().accountsAnswering("1415" + last)).containsExactly(account);
        directory().remove(account, account);
        assertThat(directory().accountsAnswering("1415" + last)).isEmpty();
    }

    @Test
    void patterns_and_no_match_answer_no_number_and_a_dial_plan_counts() {
        String number = id();
        saved(
                "account",
                account,
                "{\"dial_plan\":{\"^short$\":{\"prefix\":\"%s\"}}}".formatted(number));
        saved("callflow", "1", "{\"numbers\":[\"no_match\"],\"patterns\":[\".\"]}");
        assertThat(directory().accountsAnswering("no_match")).doesNotContain(account);
        assertThat(directory().accountsAnswering("short")).doesNotContain(account);

        saved("callflow", "2", "{\"numbers\":[\"%sshort\"]}".formatted(number));
        assertThat(directory().accountsAnswering("short")).contains(account);
    }

    @Test
    void what_was_asked_before_is_at_hand_until_it_changes() {
        Document user = saved("user", id(), "{\"name\":\"a\"}");
        assertThat(directory().find(account, user.id())).contains(user);
        assertThat(directory().atHand().find(account, user.id())).contains(user);

        Document renamed = saved(user.withBody(Json.object("{\"name\":\"b\"}")));

        assertThat(directory().find(account, user.id())).contains(renamed);
        assertThat(directory().atHand().find(account, user.id())).contains(renamed);
    }

    @Test
    void a_realm_is_found_without_regard_to_case() {
        String realm = "Acme-" + id() + ".Example";
        Document owner = saved("account", account, "{\"realm\":\"%s\"}".formatted(realm));

        assertThat(directory().accountByRealm(realm.toUpperCase(Locale.ROOT))).contains(owner);
        assertThat(directory().accountByRealm("other." + realm)).isEmpty();
    }

    @Test
    void an_empty_realm_or_user_name_is_nobodys() {
        saved("account", account, "{\"name\":\"without a realm\"}");
        saved("device", id(), "{\"name\":\"without a user name\"}");

        assertThat(directory().accountByRealm("")).isEmpty();
        assertThat(directory().devicesByUsername("")).isEmpty();
    }

    @Test
    void a_realm_that_was_changed_is_found_under_its_new_name_only() {
        String before = id() + ".example";
        String after = id() + ".example";
        assertThat(directory().accountByRealm(after)).isEmpty();
        Document owner = saved("account", account, "{\"realm\":\"%s\"}".formatted(before));
        assertThat(directory().accountByRealm(before)).contains(owner);

        Document renamed =
                saved(owner.withBody(Json.object("{\"realm\":\"%s\"}".formatted(after))));

        assertThat(directory().accountByRealm(before)).isEmpty();
        assertThat(directory().accountByRealm(after)).contains(renamed);
    }

    @Test
    void devices_of_all_accounts_are_found_by_user_name() {
        String name = id();
        String body = "{\"sip\":{\"username\":\"%s\"}}".formatted(name);
        Document here = saved("device", "1", body);
        Document there = saved(fresh(id(), "device", "2", body));
        saved("user", "3", body);

        assertThat(directory().devicesByUsername(name)).containsExactly(here, there);
    }

    @Test
    void a_number_is_found_in_whichever_account_owns_it() {
        String e164 = "+1" + id();
        assertThat(directory().number(e164)).isEmpty();

        Document number = saved("number", e164, "{\"state\":\"in_service\"}");

        assertThat(directory().number(e164)).contains(number);
    }

    @Test
    void a_callflow_is_found_by_number_pattern_and_no_match() {
        Document exact = saved("callflow", "1", "{\"numbers\":[\"1001\",\"+14155550100\"]}");
        Document pattern = saved("callflow", "2", "{\"patterns\":[\"^\\\\*7(\\\\d+)$\"]}");
        Document other = saved("callflow", "3", "{\"numbers\":[\"no_match\"]}");

        assertThat(directory().callflowFor(account, "+14155550100"))
                .map(CallflowMatch::callflow)
                .contains(exact);
        CallflowMatch star = directory().callflowFor(account, "*7123").orElseThrow();
        assertThat(star.callflow()).isEqualTo(pattern);
        assertThat(star.captureGroup()).contains("123");
        CallflowMatch unknown = directory().callflowFor(account, "999").orElseThrow();
        assertThat(unknown.callflow()).isEqualTo(other);
        assertThat(unknown.noMatch()).isTrue();
        assertThat(directory().callflowFor(account, "*8")).isEmpty();
        assertThat(directory().callflowFor(id(), "1001")).isEmpty();
    }

    @Test
    void a_callflow_that_was_changed_answers_its_new_numbers_only() {
        Document flow = saved("callflow", id(), "{\"numbers\":[\"1\"]}");
        assertThat(directory().callflowFor(account, "1")).isPresent();

        saved(flow.withBody(Json.object("{\"numbers\":[\"2\"]}")));

        assertThat(directory().callflowFor(account, "1")).isEmpty();
        assertThat(directory().callflowFor(account, "2")).isPresent();
    }

    /// Four writers count one document up, and each looks at once whether it sees its own save or a later one: no save
    /// is lost, and no cache shows an older one.
    @Test
    void concurrent_writers_lose_nothing_and_see_their_own_saves()
            throws ExecutionException, InterruptedException {
        int rounds = 50;
        Document start = saved("user", id(), "{\"count\":0}");
        AtomicInteger stale = new AtomicInteger();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 4; writer++) {
                writers.add(threads.submit(() -> countUp(start.id(), rounds, stale)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        Document end = directory().find(account, start.id()).orElseThrow();
        assertThat(Json.whole(end.body(), "count")).hasValue(4L * rounds);
        assertThat(end.revision()).startsWith((4 * rounds + 1) + "-");
        assertThat(stale).hasValue(0);
    }

    private void countUp(String id, int rounds, AtomicInteger stale) {
        for (int done = 0; done < rounds; ) {
            Document read = directory().find(account, id).orElseThrow();
            long count = Json.whole(read.body(), "count").orElseThrow();
            Document more = read.withBody(Json.object("{\"count\":%d}".formatted(count + 1)));
            if (directory().save(more) instanceof Saving.Saved) {
                done++;
                Document now = directory().find(account, id).orElseThrow();
                if (Json.whole(now.body(), "count").orElseThrow() <= count) {
                    stale.incrementAndGet();
                }
            }
        }
    }
}
