package fulcrum.app;

import fulcrum.event.Logs;
import fulcrum.phone.Login;

import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `./fulcrum dev URL`: the loop of somebody who writes a handler. A server whose number asks that URL, with every
/// exchange told as it happens.
final class DevCommand {
    private static final String NUMBER = "--number";
    private static final String USUAL_NUMBER = "12345";

    private DevCommand() {}

    static CommandLine line() {
        return Shape.command(
                "dev",
                "Runs a server with a number whose calls are up to your URL, and tells every exchange, with what was"
                        + " wrong and where. Local URLs are allowed. Takes the options of serve; without --data"
                        + " everything is kept in a throw-away folder.",
                List.of(
                        "./fulcrum dev http://127.0.0.1:3000/answer",
                        "./fulcrum call 12345 --press 1234"),
                spec -> {
                    spec.addPositional(
                            PositionalParamSpec.builder()
                                    .paramLabel("URL")
                                    .arity("1")
                                    .required(true)
                                    .type(String.class)
                                    .description("Your handler.")
                                    .build());
                    spec.addOption(
                            Shape.text(NUMBER, "NUMBER", "The number to call. Default: 12345."));
                    SettingOptions.addTo(spec);
                },
                DevCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        String url = checked(parsed.matchedPositionalValue(0, ""));
        String number = parsed.matchedOptionValue(NUMBER, USUAL_NUMBER);
        Map<String, String> wishes = new LinkedHashMap<>();
        wishes.put("allow-local-urls", "all");
        wishes.put("http", "127.0.0.1:" + DemoCommand.freePort(8000));
        wishes.put("sip", "127.0.0.1:" + DemoCommand.freePort(5060));
        wishes.put("rtp-ports", "0-0");
        wishes.put("api-key", Secrets.apiKey());
        wishes.put("realm", "dev.fulcrum.local");
        Config config = SettingOptions.read(parsed, wishes);
        Logs.quiet();
        Timeline timeline = new Timeline(line.getOut());
        Watching watching = new Watching(timeline);
        Furnishing furnishing = Furnishing.STANDARD.watchedBy(watching).sounding(watching.sounds());
        boolean keeps = parsed.hasMatchedOption("--data") || System.getenv("FULCRUM_DATA") != null;
        try (House house = House.open(config, keeps ? furnishing : furnishing.throwAway());
                Errands errands = new Errands(house.apiUri().toString())) {
            Shop shop = Shop.in(house, errands);
            Login phone = shop.phone("dev-" + Secrets.hex(3), "Developer's phone");
            shop.pivot(number, url);
            invite(line.getOut(), house, phone, number, url);
            ServeCommand.stayUntilAsked(house, Duration.ofSeconds(config.drainSeconds()));
        }
        return 0;
    }

    private static String checked(String url) {
        if (!url.matches("https?://.+")) {
            throw new BadSetting(
                    "`"
                            + url
                            + "` is not a URL of a handler, for example http://127.0.0.1:3000/answer");
        }
        try {
            return URI.create(url).toString();
        } catch (IllegalArgumentException bad) {
            throw new BadSetting("`" + url + "` is not a URL: " + bad.getMessage());
        }
    }

    private static void invite(
            PrintWriter out, House house, Login phone, String number, String url) {
        out.println(number + " asks " + url);
        out.println(
                "Call it:  ./fulcrum call "
                        + number
                        + " --server "
                        + house.apiUri()
                        + " --api-key "
                        + house.apiKey());
        out.println(
                "or with a softphone at %s:%d, domain %s, user %s, password %s"
                        .formatted(
                                phone.server().getAddress().getHostAddress(),
                                phone.server().getPort(),
                                phone.realm(),
                                phone.username(),
                                phone.password()));
        out.println();
        out.flush();
    }
}
