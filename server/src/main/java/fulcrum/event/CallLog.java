package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import java.time.Duration;
import java.util.regex.Pattern;

/// One log line for each change of state of a call, with the call's id and nothing secret in it: no bodies, no digits,
/// no passwords in URLs. What callers and handlers wrote cannot break a line or begin a new one.
public final class CallLog implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger("fulcrum.call");
    private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s]*@");
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

    @Override
    public void emit(CallEvent event) {
        switch (event) {
            case CallEvent.Started started ->
                    say(
                            LOG.atInfo(),
                            event,
                            "started: %s calls %s in account %s"
                                    .formatted(
                                            started.facts().caller().number(),
                                            started.facts().request().user(),
                                            started.accountId()));
            case CallEvent.Answered _ -> say(LOG.atInfo(), event, "answered");
            case CallEvent.NodeEntered entered ->
                    say(LOG.atDebug(), event, "at " + entered.path() + ": " + entered.module());
            case CallEvent.Noticed noticed ->
                    say(LOG.atWarn(), event, "at " + noticed.path() + ": " + noticed.message());
            case CallEvent.PivotDebug _ -> say(LOG.atDebug(), event, "pivot debug document");
            case CallEvent.Exchanged exchanged -> exchanged(exchanged);
            case CallEvent.Ended ended ->
                    say(
                            LOG.atInfo(),
                            event,
                            "ended after %d s: %s%s"
                                    .formatted(
                                            Duration.between(ended.started(), ended.at())
                                                    .toSeconds(),
                                            ended.cause(),
                                            ended.byCaller() ? ", the caller hung up" : ""));
        }
    }

    private static void exchanged(CallEvent.Exchanged exchanged) {
        if (exchanged.problem().isEmpty()) {
            say(
                    LOG.atDebug(),
                    exchanged,
                    "the handler answered in " + exchanged.took().toMillis() + " ms");
        } else {
            say(LOG.atWarn(), exchanged, exchanged.problem());
        }
    }

    private static void say(LoggingEventBuilder line, CallEvent event, String what) {
        line.addKeyValue("call_id", event.callId())
                .addKeyValue("account_id", event.accountId())
                .log("call {} {}", plain(event.callId()), plain(what));
    }

    /// Without line breaks, and without what URLs carry besides their place: passwords and query strings.
    private static String plain(String text) {
        String open = PASSWORD.matcher(text).replaceAll("://");
        return UNPRINTABLE.matcher(QUERY.matcher(open).replaceAll("$1?…")).replaceAll("?");
    }
}
