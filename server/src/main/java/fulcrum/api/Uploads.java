package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.storage.Attachments;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;

/// Files that come in requests and are kept beside documents (REST conventions §15); one for each document.
final class Uploads {
    private final Attachments attachments;

    Uploads(Attachments attachments) {
        this.attachments = attachments;
    }

    /// The one file of a request.
    ///
    /// @throws Refusal 400 `file` when there is none, or more than one
    static UploadedFile one(ApiRequest request) {
        List<UploadedFile> files = request.files();
        if (files.isEmpty()) {
            throw Refusal.invalid(
                    Violation.of("file", "required", "Please provide a file")
                            .with("value", "file"));
        } else if (files.size() > 1) {
            throw Refusal.invalid(
                    Violation.of("file", "maxItems", "Please provide a single file")
                            .with("target", 1));
        }
        return files.getFirst();
    }

    /// Keeps a file in place of an earlier one; it survives a crash once this returned.
    void keep(Document document, UploadedFile file) {
        Attachments.Keeping keeping =
                attachments.keep(
                        document.accountId(),
                        document.id(),
                        file.name(),
                        file.contentType(),
                        new ByteArrayInputStream(file.content()),
                        file.content().length);
        if (keeping instanceof Attachments.Keeping.TooLong) {
            throw new IllegalStateException("a file in memory became longer: " + document.id());
        }
    }

    boolean has(Document document) {
        return attachments.find(document.accountId(), document.id()).isPresent();
    }

    Optional<Content> content(Document document) {
        return attachments
                .find(document.accountId(), document.id())
                .map(
                        stored -> {
                            String name = stored.name().isEmpty() ? document.id() : stored.name();
                            return new Content(
                                    stored.contentType(), name, attachments.bytes(stored));
                        });
    }

    void remove(Document document) {
        attachments.remove(document.accountId(), document.id());
    }
}
