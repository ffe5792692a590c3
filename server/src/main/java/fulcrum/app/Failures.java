package fulcrum.app;

import fulcrum.api.ApiFailed;
import fulcrum.directory.DirectoryFailed;
import fulcrum.exchange.ExchangeFailed;
import fulcrum.media.BadAudio;
import fulcrum.media.MediaFailed;
import fulcrum.sip.SipFailed;
import fulcrum.speech.SpeechFailed;
import fulcrum.storage.StorageFailed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says why a command could not do its work: one line for what a person can mend, everything for a fault of ours.
final class Failures {
    private Failures() {}

    static String inWords(Throwable thrown) {
        return switch (thrown) {
            case BadSetting bad -> String.valueOf(bad.getMessage());
            case SipFailed failed ->
                    sentence(failed)
                            + (sentence(failed).startsWith("TLS ")
                                    ? "; choose another with --sip-tls HOST:PORT"
                                    : "; choose another with --sip HOST:PORT");
            case ApiFailed failed ->
                    sentence(failed)
                            + (sentence(failed).startsWith("HTTPS ")
                                    ? "; choose another with --https HOST:PORT"
                                    : "; choose another with --http HOST:PORT");
            case StorageFailed failed -> sentence(failed);
            case DirectoryFailed failed -> sentence(failed);
            case SpeechFailed failed -> sentence(failed);
            case MediaFailed failed -> sentence(failed);
            case BadAudio failed -> sentence(failed);
            case ExchangeFailed failed -> sentence(failed);
            case UncheckedIOException failed -> file(failed);
            case Throwable fault -> {
                StringWriter trace = new StringWriter();
                fault.printStackTrace(new PrintWriter(trace));
                yield "This is a fault in Fulcrum, please report it:\n" + trace;
            }
        };
    }

    private static String sentence(Throwable failed) {
        Throwable cause = failed.getCause();
        String message = String.valueOf(failed.getMessage());
        String why = cause == null ? "" : String.valueOf(cause.getMessage());
        return (why.isEmpty() || message.contains(why) ? message : message + ": " + why)
                .replaceAll("\\s*\\R\\s*", " ");
    }

    private static String file(UncheckedIOException failed) {
        IOException cause = failed.getCause();
        return cause == null ? String.valueOf(failed.getMessage()) : reason(cause);
    }

    /// Why a file could not be read or written; the exceptions of files have only its name for a message.
    static String reason(IOException failed) {
        return switch (failed) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            default -> String.valueOf(failed.getMessage());
        };
    }
}
