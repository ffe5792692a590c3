package fulcrum.sdk;

import fulcrum.directory.Document;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The world that a scenario plays in.
///
/// @param accountId the account that everything belongs to
/// @param documents further documents of that account: menus, media …
/// @param callflows flow JSON by the number (or `no_match`) that it answers
/// @param origins who vouches for the calls of a person; nobody where it says nothing
/// @param registrations the device that a person's phone is registered as, by person
/// @param unreachable persons whose phones say nothing at all when they are rung
/// @param robots persons who take part by themselves
/// @param pages what the web server answers: the n-th request for a path gets its n-th page, the last one is repeated
/// @param lengths how long sounds last, by name; others as [Heard] says
/// @param missing names of sounds that cannot be played
/// @param forbidden beginnings of URLs that may not be fetched
/// @param handlerTakes how long the web server thinks where a page does not say
/// @param seed of identifiers and chance
public record Stage(
        String accountId,
        String realm,
        List<Document> documents,
        Map<String, String> callflows,
        Map<String, Origin> origins,
        Map<String, String> registrations,
        Set<String> unreachable,
        Map<String, Robot> robots,
        List<WebPage> pages,
        Map<String, Duration> lengths,
        Set<String> missing,
        List<String> forbidden,
        Duration handlerTakes,
        long seed) {}
