package fulcrum.speech;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.Attachments;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what a system prompt is for an account (prompts.md §1) and what a media document has to say.
///
/// 1. Languages to try: `xx-yy` → itself, `xx`; `xx-yy_zz-ww` → itself, `xx-yy`, `xx`; anything else → itself.
/// 2. At the account, the first of these that has a recording of the account itself, a recording of the system, or a
///    text of ours; in one language the account's comes before the system's, and that before our text.
/// 3. The same at the account's reseller, and so on up; at last the system in its own language.
///
/// An account's recording is a media document of it with `prompt_id`; its language is its `language`, else the
/// account's. The system's are those of the account [#SYSTEM_ACCOUNT]. Unlike Kazoo, a document without content does
/// not hide what would be heard without it. Safe for use from any thread; may wait for a disk.
public final class Prompts {
    /// Owner of the recordings that all accounts share.
    public static final String SYSTEM_ACCOUNT = "system_media";

    /// The language of last resort.
    public static final String SYSTEM_LANGUAGE = "en-us";

    private static final Pattern DOUBLE =
            Pattern.compile("(([a-z]{2})-[a-z]{2})_[a-z]{2}-[a-z]{2}");
    private static final Pattern SINGLE = Pattern.compile("([a-z]{2})-[a-z]{2}");
    private static final Pattern REFERENCE =
            Pattern.compile("prompt://([^/]+)/([^/]+)(?:/([^/]+))?");
    private static final int MOST_ANCESTORS = 20;

    private final Directory directory;
    private final Attachments attachments;
    private final PromptTexts texts = new PromptTexts();

    public Prompts(Directory directory, Attachments attachments) {
        this.directory = directory;
        this.attachments = attachments;
    }

    /// Finds a prompt by its reference, `prompt://<owner>/<prompt id>/<language>`; without a language, in the owner's.
    public Prompt byReference(String reference) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            return new Prompt.Missing("not a prompt reference: " + reference);
        }
        String language = parts.group(3) == null ? "" : parts.group(3);
        return find(parts.group(1), parts.group(2), language);
    }

    /// Finds a prompt.
    ///
    /// @param language of the call, in any case; empty: the account's prompt language
    public Prompt find(String accountId, String promptId, String language) {
        String wanted =
                language.isEmpty() ? languageOf(accountId) : language.toLowerCase(Locale.ROOT);
        List<String> candidates = candidates(wanted);
        Optional<String> owner = Optional.of(accountId).filter(id -> !id.equals(SYSTEM_ACCOUNT));
        for (int i = 0; i < MOST_ANCESTORS && owner.isPresent(); i++) {
            Optional<Prompt> found = firstOf(candidates, owner.get(), promptId);
            if (found.isPresent()) {
                return found.get();
            }
            owner = aboveOf(owner.get());
        }
        return firstOf(candidates, SYSTEM_ACCOUNT, promptId)
                .or(() -> firstOf(List.of(SYSTEM_LANGUAGE), SYSTEM_ACCOUNT, promptId))
                .orElseGet(() -> new Prompt.Missing("there is no prompt " + promptId));
    }

    /// What a media document has to say: its content, or the text of a `tts` document.
    public Prompt media(String accountId, String documentId) {
        return directory
                .find(accountId, documentId)
                .filter(document -> document.type().equals("media"))
                .flatMap(this::heardOf)
                .orElseGet(
                        () ->
                                new Prompt.Missing(
                                        "there is no sound in the media document " + documentId));
    }

    /// The ids of all prompts that have a text of ours.
    public SortedSet<String> ids() {
        return texts.ids();
    }

    /// Has our texts of some prompts rendered, so that the first caller hears them at once.
    public void warm(Voices voices, Collection<String> promptIds) {
        for (String id : promptIds) {
            Optional<String> text = texts.text(SYSTEM_LANGUAGE, id);
            if (text.isPresent()) {
                var _ = voices.say(Utterance.of(text.get(), SYSTEM_LANGUAGE));
            }
        }
    }

    static List<String> candidates(String language) {
        Matcher both = DOUBLE.matcher(language);
        if (both.matches()) {
            return List.of(language, both.group(1), both.group(2));
        }
        Matcher single = SINGLE.matcher(language);
        return single.matches() ? List.of(language, single.group(1)) : List.of(language);
    }

    private Optional<Prompt> firstOf(List<String> languages, String owner, String promptId) {
        List<Document> own = recordings(owner, promptId);
        List<Document> shared =
                owner.equals(SYSTEM_ACCOUNT) ? List.of() : recordings(SYSTEM_ACCOUNT, promptId);
        for (String language : languages) {
            Optional<Prompt> found =
                    in(language, own)
                            .or(() -> in(language, shared))
                            .or(
                                    () ->
                                            texts.text(language, promptId)
                                                    .map(text -> spoken(text, language)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Document> recordings(String owner, String promptId) {
        return directory.all(owner, "media").stream()
                .filter(media -> media.text("prompt_id").filter(promptId::equals).isPresent())
                .toList();
    }

    private Optional<Prompt> in(String language, List<Document> recordings) {
        return recordings.stream()
                .filter(media -> languageOf(media).equals(language))
                .map(this::heardOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Prompt> heardOf(Document media) {
        return attachments
                .find(media.accountId(), media.id())
                .<Prompt>map(Prompt.Recording::new)
                .or(() -> media.text("tts", "text").map(text -> spokenAs(text, media)));
    }

    private Prompt spokenAs(String text, Document media) {
        return new Prompt.Text(
                new Utterance(text, media.text("tts", "voice").orElse(""), languageOf(media), ""));
    }

    private static Prompt spoken(String text, String language) {
        return new Prompt.Text(Utterance.of(text, language));
    }

    private String languageOf(Document media) {
        return media.text("language")
                .map(own -> own.toLowerCase(Locale.ROOT))
                .orElseGet(() -> languageOf(media.accountId()));
    }

    /// The account's prompt language (prompts.md §1.2).
    private String languageOf(String accountId) {
        return directory
                .find(accountId, accountId)
                .flatMap(account -> account.text("language"))
                .orElse(SYSTEM_LANGUAGE)
                .toLowerCase(Locale.ROOT);
    }

    /// The account's reseller; where none is named, the account directly above.
    private Optional<String> aboveOf(String accountId) {
        return directory
                .find(accountId, accountId)
                .flatMap(
                        account ->
                                Json.text(account.hidden(), "pvt_reseller_id")
                                        .or(() -> parent(account)))
                .filter(above -> !above.equals(accountId));
    }

    private static Optional<String> parent(Document account) {
        List<String> tree = Json.texts(account.hidden(), "pvt_tree");
        return tree.isEmpty() ? Optional.empty() : Optional.of(tree.getLast());
    }
}
