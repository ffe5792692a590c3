package fulcrum.directory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A directory that tells of every change made through it, after the change is stored: for tables that are kept ready
/// for look-ups which must not wait.
public final class WatchedDirectory implements Directory {
    private final Directory inner;
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    public WatchedDirectory(Directory inner) {
        this.inner = inner;
    }

    /// Has `watcher` told the type of each document that was saved, and an empty text when one was removed for good.
    /// It is called on the thread that made the change, whose maker waits for it: what was saved is in force everywhere
    /// when the save returns.
    public void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    private void changed(String type) {
        watchers.forEach(watcher -> watcher.accept(type));
    }

    @Override
    public Optional<Document> find(String accountId, String id) {
        return inner.find(accountId, id);
    }

    @Override
    public List<Document> all(String accountId, String type) {
        return inner.all(accountId, type);
    }

    @Override
    public List<Document> accounts() {
        return inner.accounts();
    }

    @Override
    public Optional<Document> accountByRealm(String realm) {
        return inner.accountByRealm(realm);
    }

    @Override
    public List<Document> devicesByUsername(String username) {
        return inner.devicesByUsername(username);
    }

    @Override
    public Optional<Document> number(String e164) {
        return inner.number(e164);
    }

    @Override
    public Saving save(Document document) {
        Saving saving = inner.save(document);
        if (saving instanceof Saving.Saved) {
            changed(document.type());
        }
        return saving;
    }

    @Override
    public void remove(String accountId, String id) {
        inner.remove(accountId, id);
        changed("");
    }

    @Override
    public Optional<CallflowMatch> callflowFor(String accountId, String number) {
        return inner.callflowFor(accountId, number);
    }

    @Override
    public List<String> accountsAnswering(String dialled) {
        return inner.accountsAnswering(dialled);
    }

    @Override
    public LookUps atHand() {
        return inner.atHand();
    }
}
