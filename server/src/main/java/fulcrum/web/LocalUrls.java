package fulcrum.web;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Which URLs on this machine and in private networks may be fetched (`--allow-local-urls`).
///
/// @param all every one
/// @param only these `host:port` pairs, as the URL writes them, in lower case; unused when `all` is true
public record LocalUrls(boolean all, Set<String> only) {
    public static final LocalUrls NONE = new LocalUrls(false, Set.of());
    public static final LocalUrls ALL = new LocalUrls(true, Set.of());

    public LocalUrls {
        only = Collections.unmodifiableSet(new TreeSet<>(only));
    }

    /// Reads the option's value: `HOST:PORT,…`; IPv6 addresses in brackets. An empty text allows all.
    ///
    /// @throws IllegalArgumentException when a part is not `HOST:PORT`
    public static LocalUrls of(String list) {
        if (list.isBlank()) {
            return ALL;
        }
        Set<String> pairs = new TreeSet<>();
        for (String part : list.split(",", -1)) {
            String pair = part.strip().toLowerCase(Locale.ROOT);
            WebUrl url =
                    WebUrl.parse("http://" + pair + "/")
                            .filter(one -> pair.matches(".*:\\d+"))
                            .orElseThrow(
                                    () -> new IllegalArgumentException("not HOST:PORT: " + part));
            pairs.add(url.hostAndPort());
        }
        return new LocalUrls(false, pairs);
    }

    /// @param host as [WebUrl] has it: lower case, an IP address in its usual spelling
    boolean allow(String host, int port) {
        return all || only.contains(WebUrl.joined(host, port));
    }
}
