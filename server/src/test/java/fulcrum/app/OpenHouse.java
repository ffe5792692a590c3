package fulcrum.app;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.exchange.Exchange;
import fulcrum.exchange.Sounds;
import fulcrum.phone.Login;

import tools.jackson.databind.node.ObjectNode;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A whole server for tests: on loopback, on free ports, in a folder that goes with it.
public final class OpenHouse implements AutoCloseable {
    private final House house;
    private final Errands errands;
    private final Shop shop;

    private OpenHouse(House house) {
        this.house = house;
        errands = new Errands(house.apiUri().toString());
        shop = Shop.in(house, errands);
    }

    /// @param localUrls which local URLs may be fetched, as `--allow-local-urls` says it
    /// @param watcher hears every event of every call
    /// @param sounding what is played in place of the server's sounds
    public static OpenHouse open(
            String localUrls, EventSink watcher, UnaryOperator<Sounds> sounding) {
        return open(localUrls, watcher, sounding, facts -> Journal.NONE);
    }

    /// @param journals keeps what enters each call's inbox
    public static OpenHouse open(
            String localUrls,
            EventSink watcher,
            UnaryOperator<Sounds> sounding,
            Function<CallFacts, Journal> journals) {
        return open(localUrls, watcher, sounding, journals, Map.of());
    }

    /// @param further settings by name, as options of the command line give them
    public static OpenHouse open(
            String localUrls,
            EventSink watcher,
            UnaryOperator<Sounds> sounding,
            Function<CallFacts, Journal> journals,
            Map<String, String> further) {
        return open(localUrls, watcher, sounding, journals, further, body -> body);
    }

    /// @param carrying puts something in place of the flows that calls carry out
    public static OpenHouse open(
            String localUrls,
            EventSink watcher,
            UnaryOperator<Sounds> sounding,
            Function<CallFacts, Journal> journals,
            Map<String, String> further,
            UnaryOperator<Consumer<Call>> carrying) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("http", "127.0.0.1:0");
        options.put("sip", "127.0.0.1:0");
        options.put("rtp-ports", "0-0");
        options.put("api-key", Secrets.apiKey());
        options.put("allow-local-urls", localUrls);
        options.putAll(further);
        Config config = ConfigReader.read(options, Map.of(), Optional.empty(), Map.of());
        Furnishing furnishing =
                Furnishing.STANDARD
                        .throwAway()
                        .watchedBy(watcher)
                        .sounding(sounding)
                        .journalled(journals)
                        .carrying(carrying);
        return new OpenHouse(House.open(config, furnishing));
    }

    /// As `serve` has it, with all local URLs allowed.
    public static OpenHouse open() {
        return open("all", EventSink.NONE, sounds -> sounds);
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

    /// The port of HTTPS; 0 without a certificate.
    public int httpsPort() {
        return house.httpsPort().orElse(0);
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

    /// Makes a device by REST.
    ///
    /// @return what its phone needs
    public Login phone(String username) {
        return shop.phone(username, username);
    }

    /// Puts a flow on a number by REST.
    public void callflow(String number, String flowJson) {
        ObjectNode callflow = Json.object();
        callflow.putArray("numbers").add(number);
        callflow.set("flow", Json.MAPPER.readTree(flowJson));
        errands.account("PUT", "/callflows", callflow);
    }

    /// The call detail records of the last hour.
    public List<Document> cdrs() {
        Instant now = Instant.now();
        return house.monthly()
                .between(
                        masterAccountId(),
                        "cdr",
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofHours(1)));
    }

    @Override
    public void close() {
        errands.close();
        house.close();
    }
}
