package fulcrum.mail;

import fulcrum.directory.Json;
import fulcrum.storage.DurableFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The letters that wait, a JSON file each. Only the mail thread comes here.
final class MailSpool {
    private static final Logger LOG = LoggerFactory.getLogger(MailSpool.class);
    private static final String ENDING = ".json";

    private final Path folder;

    MailSpool(Path folder) {
        this.folder = folder;
    }

    /// Keeps a letter; when this returns it survives a crash.
    void keep(Letter letter) {
        try {
            DurableFiles.write(file(letter), Json.MAPPER.writeValueAsBytes(letter));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep a mail in " + folder, failed);
        }
    }

    void remove(Letter letter) {
        try {
            Files.deleteIfExists(file(letter));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove a mail from " + folder, failed);
        }
    }

    /// All letters, the oldest first. What cannot be read is put aside, with its name ending in `.bad`.
    List<Letter> all() {
        List<Letter> letters = new ArrayList<>();
        for (Path file : files()) {
            try {
                letters.add(Json.MAPPER.readValue(Files.readAllBytes(file), Letter.class));
            } catch (IOException | JacksonException unreadable) {
                putAside(file, unreadable);
            }
        }
        letters.sort(Comparator.comparing(Letter::written).thenComparing(Letter::id));
        return letters;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the mails in " + folder, failed);
        }
    }

    private static void putAside(Path file, Exception why) {
        LOG.warn("a mail cannot be read and is put aside as {}.bad: {}", file, why.getMessage());
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"));
        } catch (IOException stays) {
            LOG.warn("it cannot be put aside: {}", stays.getMessage());
        }
    }

    private Path file(Letter letter) {
        return folder.resolve(letter.id() + ENDING);
    }
}
