package fulcrum.app;

import fulcrum.call.EventSink;
import fulcrum.directory.Directory;
import fulcrum.exchange.Exchange;
import fulcrum.exchange.Sounds;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A whole server for tests: on loopback, on free ports, in a folder that goes with it.
public final class OpenHouse implements AutoCloseable {
    private final House house;

    private OpenHouse(House house) {
        this.house = house;
    }

    /// @param localUrls which local URLs may be fetched, as `--allow-local-urls` says it
    /// @param watcher hears every event of every call
    /// @param sounding what is played in place of the server's sounds
    public static OpenHouse open(
            String localUrls, EventSink watcher, UnaryOperator<Sounds> sounding) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("http", "127.0.0.1:0");
        options.put("sip", "127.0.0.1:0");
        options.put("rtp-ports", "0-0");
        options.put("api-key", Secrets.apiKey());
        options.put("allow-local-urls", localUrls);
        Config config = ConfigReader.read(options, Map.of(), Optional.empty(), Map.of());
        return new OpenHouse(
                House.open(
                        config,
                        Furnishing.STANDARD.throwAway().watchedBy(watcher).sounding(sounding)));
    }

    public Directory directory() {
        return house.directory();
    }

    public Exchange exchange() {
        return house.exchange();
    }

    public InetSocketAddress sip() {
        return house.sipAddress();
    }

    public URI api() {
        return house.apiUri();
    }

    public String apiKey() {
        return house.apiKey();
    }

    public String masterAccountId() {
        return house.master().accountId();
    }

    @Override
    public void close() {
        house.close();
    }
}
