package fulcrum.app;

import fulcrum.event.Logs;
import fulcrum.phone.Login;
import fulcrum.phone.SoftPhone;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `./fulcrum demo`: a server, a handler, and a real call to it, told as it happens.
final class DemoCommand {
    private static final String ONCE = "--once";
    private static final String SAVE = "--save";
    private static final String NUMBER = "12345";
    private static final String KEYS = "1234";

    /// The two sentences, the tones and the repetition, at the least.
    private static final double LEAST_SECONDS = 5;

    private DemoCommand() {}

    static CommandLine line() {
        return Shape.command(
                "demo",
                "Starts everything on loopback, places a real SIP call to a sample handler, and tells what happened.",
                List.of("./fulcrum demo --once --save heard.wav"),
                spec -> {
                    spec.addOption(
                            Shape.flag(ONCE, "Stops after the call; exit code 0 if it went well."));
                    spec.addOption(Shape.text(SAVE, "FILE.wav", "Keeps what the caller heard."));
                },
                DemoCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        Logs.quiet();
        PrintWriter out = line.getOut();
        Optional<Path> save =
                Optional.ofNullable(parsed.matchedOptionValue(SAVE, (String) null))
                        .map(Path::of)
                        .map(Caller::writable);
        Timeline timeline = new Timeline(out);
        Watching watching = new Watching(timeline);
        Furnishing furnishing =
                Furnishing.STANDARD.throwAway().watchedBy(watching).sounding(watching.sounds());
        try (DemoHandler handler = new DemoHandler();
                House house = House.open(config(), furnishing);
                Errands errands = new Errands(house.apiUri().toString())) {
            Shop shop = Shop.in(house, errands);
            Login alice = shop.phone("alice", "Alice");
            Login bob = shop.phone("bob", "Bob");
            shop.pivot(NUMBER, handler.url() + "/welcome");
            out.println("Alice calls " + NUMBER + ", whose calls are up to " + handler.url() + ":");
            boolean well;
            try (SoftPhone phone = SoftPhone.open(alice)) {
                well = call(phone, timeline, handler, save);
            }
            out.println(well ? "The call went as told." : "The call did NOT go as it should.");
            if (parsed.hasMatchedOption(ONCE)) {
                return well ? 0 : 1;
            }
            invite(out, house, errands, List.of(alice, bob), handler);
            ServeCommand.stayUntilAsked(house, Duration.ZERO);
            return well ? 0 : 1;
        } catch (IOException failed) {
            throw new BadSetting("The sample handler could not be started: " + failed.getMessage());
        }
    }

    private static boolean call(
            SoftPhone phone, Timeline timeline, DemoHandler handler, Optional<Path> save) {
        boolean registered = phone.register(Duration.ofMinutes(10)) == 200;
        timeline.tell(registered ? "phone    registered" : "problem  the phone could not register");
        Caller.Report report = new Caller(phone, timeline).call(NUMBER, KEYS, Optional.empty());
        save.ifPresent(file -> Caller.save(report.hearing(), file));
        return registered
                && report.answered()
                && report.byServer()
                && report.soundSeconds() >= LEAST_SECONDS
                && handler.collected().equals(List.of(KEYS));
    }

    private static Config config() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("http", "127.0.0.1:" + freePort(8000));
        options.put("sip", "127.0.0.1:" + freePort(5060));
        options.put("rtp-ports", "0-0");
        options.put("api-key", Secrets.apiKey());
        options.put("realm", "demo.fulcrum.local");
        options.put("allow-local-urls", "all");
        return ConfigReader.read(options, Map.of(), Optional.empty(), Map.of());
    }

    /// The wanted port when it is free for TCP and UDP, else 0.
    static int freePort(int wanted) {
        return isFree(wanted) ? wanted : 0;
    }

    private static boolean isFree(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            new ServerSocket(port, 1, loopback).close();
            new DatagramSocket(port, loopback).close();
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void invite(
            PrintWriter out,
            House house,
            Errands errands,
            List<Login> logins,
            DemoHandler handler) {
        String sip =
                house.sipAddress().getAddress().getHostAddress()
                        + ":"
                        + house.sipAddress().getPort();
        String api = house.apiUri() + "/v2";
        out.println();
        out.println("The server stays up. REST interface: " + api + "   (Ctrl-C ends it)");
        out.println("  API key      " + house.apiKey());
        out.println("  account      " + errands.accountId());
        out.println(
                "  this call    GET " + api + "/accounts/" + errands.accountId() + "/pivot/debug");
        out.println();
        out.println(
                "Register a softphone at "
                        + sip
                        + ", domain "
                        + logins.getFirst().realm()
                        + ", and dial "
                        + NUMBER
                        + ":");
        for (Login login : logins) {
            out.println("  user " + login.username() + "   password " + login.password());
        }
        out.println();
        out.println(
                "Next: write a handler of your own and hear it with   ./fulcrum dev http://127.0.0.1:3000/");
        out.println(
                "      or without a phone:                            ./fulcrum simulate "
                        + handler.url()
                        + "/welcome --press 1234");
        out.flush();
    }
}
