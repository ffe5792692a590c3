package fulcrum.call;

import java.util.List;

/// A mail of plain text, in UTF-8.
///
/// @param kind what it is about, as Kazoo's notifications are called: `missed_call`
/// @param to addresses; at least one
/// @param subject one line
public record Mail(String kind, List<String> to, String subject, String text) {
    public Mail {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a mail to nobody");
        }
        to = List.copyOf(to);
    }
}
