package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.regex.Pattern;

/// One log line for each change of state of a call, with the call's id and nothing secret in it: no bodies, no digits,
/// no passwords in URLs. What callers and handlers wrote cannot break a line or begin a new one.
public final class CallLog implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger("fulcrum.call");
    private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s]*@");
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S*");
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]");

    @Override
    public void emit(CallEvent event) {
        Level level = level(event);
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LOG.atLevel(level)
                .addKeyValue("call_id", event.callId())
                .addKeyValue("account_id", event.accountId())
                .log("call " + plain(event.callId()) + " " + plain(words(event)));
    }

    private static Level level(CallEvent event) {
        return switch (event) {
            case CallEvent.Started _,
                    CallEvent.Answered _,
                    CallEvent.PresenceSet _,
                    CallEvent.MailWritten _,
                    CallEvent.Ended _ ->
                    Level.INFO;
            case CallEvent.NodeEntered _, CallEvent.PivotDebug _ -> Level.DEBUG;
            case CallEvent.Noticed _, CallEvent.Alarmed _ -> Level.WARN;
            case CallEvent.Exchanged exchanged ->
                    exchanged.problem().isEmpty() ? Level.DEBUG : Level.WARN;
        };
    }

    private static String words(CallEvent event) {
        return switch (event) {
            case CallEvent.Started started ->
                    "started: "
                            + started.facts().caller().number()
                            + " calls "
                            + started.facts().request().user()
                            + " in account "
                            + started.accountId();
            case CallEvent.Answered _ -> "answered";
            case CallEvent.NodeEntered entered -> "at " + entered.path() + ": " + entered.module();
            case CallEvent.Noticed noticed -> "at " + noticed.path() + ": " + noticed.message();
            case CallEvent.Alarmed alarm -> "ALARM " + alarm.kind() + ": " + alarm.message();
            case CallEvent.PivotDebug _ -> "pivot debug document";
            case CallEvent.Exchanged exchanged ->
                    exchanged.problem().isEmpty()
                            ? "the handler answered in " + exchanged.took().toMillis() + " ms"
                            : exchanged.problem();
            case CallEvent.PresenceSet set ->
                    "set the lamp of " + set.presenceId() + ": " + set.state();
            case CallEvent.MailWritten written -> "wrote a mail: " + written.mail().kind();
            case CallEvent.Ended ended ->
                    "ended after "
                            + Duration.between(ended.started(), ended.at()).toSeconds()
                            + " s: "
                            + ended.cause()
                            + (ended.byCaller() ? ", the caller hung up" : "");
        };
    }

    /// Without line breaks, and without what URLs carry besides their place: passwords and query strings.
    private static String plain(String text) {
        String open = text;
        if (text.contains("://")) {
            open = QUERY.matcher(PASSWORD.matcher(text).replaceAll("://")).replaceAll("$1?…");
        }
        return isPrintable(open) ? open : UNPRINTABLE.matcher(open).replaceAll("?");
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (Character.isISOControl(each) || each == '\u2028' || each == '\u2029') {
                return false;
            }
        }
        return true;
    }
}
