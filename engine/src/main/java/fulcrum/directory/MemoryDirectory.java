package fulcrum.directory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A directory in memory: for the simulator and for tests. Nothing survives the process.
public final class MemoryDirectory implements Directory {
    private record Key(String accountId, String id) {}

    private final Map<Key, Document> documents = new ConcurrentHashMap<>();

    @Override
    public Optional<Document> find(String accountId, String id) {
        return Optional.ofNullable(documents.get(new Key(accountId, id)))
                .filter(found -> !found.deleted());
    }

    @Override
    public List<Document> all(String accountId, String type) {
        return select(accountId, type);
    }

    @Override
    public List<Document> accounts() {
        return select("", "account");
    }

    /// @param accountId empty: of every account
    private List<Document> select(String accountId, String type) {
        List<Document> found = new ArrayList<>();
        for (Document document : documents.values()) {
            boolean ofAccount = accountId.isEmpty() || document.accountId().equals(accountId);
            if (ofAccount && document.type().equals(type) && !document.deleted()) {
                found.add(document);
            }
        }
        found.sort(Comparator.comparing(Document::id));
        return found;
    }

    @Override
    public Optional<Document> accountByRealm(String realm) {
        return accounts().stream()
                .filter(
                        account ->
                                account.text("realm").filter(realm::equalsIgnoreCase).isPresent())
                .findFirst();
    }

    @Override
    public List<Document> devicesByUsername(String username) {
        return select("", "device").stream()
                .filter(
                        device ->
                                device.text("sip", "username").filter(username::equals).isPresent())
                .toList();
    }

    @Override
    public Optional<Document> number(String e164) {
        return select("", "number").stream().filter(number -> number.id().equals(e164)).findFirst();
    }

    @Override
    public Saving save(Document document) {
        Key key = new Key(document.accountId(), document.id());
        Saving[] outcome = new Saving[1];
        documents.compute(
                key,
                (k, stored) -> {
                    String storedRevision =
                            stored == null || stored.deleted() ? "" : stored.revision();
                    if (!storedRevision.equals(document.revision())) {
                        outcome[0] = new Saving.Conflict(storedRevision);
                        return stored;
                    }
                    Document saved = document.saved(nextRevision(stored), document.modified());
                    outcome[0] = new Saving.Saved(saved);
                    return saved;
                });
        return outcome[0];
    }

    private static String nextRevision(@org.jspecify.annotations.Nullable Document stored) {
        int generation = stored == null ? 0 : Integer.parseInt(stored.revision().split("-")[0]);
        return (generation + 1) + "-memory";
    }

    @Override
    public void remove(String accountId, String id) {
        documents.remove(new Key(accountId, id));
    }

    @Override
    public Optional<CallflowMatch> callflowFor(String accountId, String number) {
        return CallflowIndex.of(all(accountId, "callflow")).find(number);
    }

    @Override
    public List<String> accountsAnswering(String dialled) {
        return accounts().stream()
                .filter(
                        account ->
                                CallflowIndex.of(all(account.accountId(), "callflow"))
                                        .hasNumber(Numbers.normalise(dialled, account)))
                .map(Document::accountId)
                .toList();
    }

    /// Everything is in memory.
    @Override
    public LookUps atHand() {
        return this;
    }
}
