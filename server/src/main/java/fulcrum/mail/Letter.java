package fulcrum.mail;

import fulcrum.call.CallEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A mail to one recipient, as it waits on disk.
///
/// @param id 32 hexadecimal digits; its Message-ID, so that a mail that a crash sent twice is known as one
/// @param callId of the call that wrote it, for the log
/// @param kind what it is about: `missed_call`
record Letter(
        String id,
        String callId,
        String accountId,
        String kind,
        String to,
        String subject,
        String text,
        Instant written) {

    /// One for each recipient: who cannot be reached does not hold the others up, and nobody learns of the others.
    static List<Letter> of(CallEvent.MailWritten event) {
        List<Letter> letters = new ArrayList<>();
        for (String to : event.mail().to()) {
            letters.add(
                    new Letter(
                            UUID.randomUUID().toString().replace("-", ""),
                            event.callId(),
                            event.accountId(),
                            event.mail().kind(),
                            to,
                            event.mail().subject(),
                            event.mail().text(),
                            event.at()));
        }
        return letters;
    }
}
