package fulcrum.app;

import fulcrum.exchange.ExchangeFailed;
import fulcrum.media.MediaFailed;
import fulcrum.sip.SipFailed;
import fulcrum.storage.StorageFailed;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Says why a command could not do its work: one line for what a person can mend, everything for a fault of ours.
final class Failures {
    private Failures() {}

    static String inWords(Throwable thrown) {
        return switch (thrown) {
            case BadSetting bad -> String.valueOf(bad.getMessage());
            case StorageFailed failed -> sentence(failed);
            case SipFailed failed -> sentence(failed);
            case MediaFailed failed -> sentence(failed);
            case ExchangeFailed failed -> sentence(failed);
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
        return why.isEmpty() || message.contains(why) ? message : message + ": " + why;
    }
}
