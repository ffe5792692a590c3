package fulcrum.app;

import fulcrum.event.Logs;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `./fulcrum serve`: the server, until SIGTERM or SIGINT.
final class ServeCommand {
    private static final String PRINT = "--print-config";

    private ServeCommand() {}

    static CommandLine line() {
        return Shape.command(
                "serve",
                "Runs the server. Each option may also come from the environment (FULCRUM_DATA, …) or from"
                        + " --config FILE; an option beats the environment, which beats the file.",
                List.of("./fulcrum serve --data /var/lib/fulcrum --public-address 203.0.113.7"),
                spec -> {
                    SettingOptions.addTo(spec);
                    spec.addOption(Shape.flag(PRINT, "Prints what is in force, and ends."));
                },
                ServeCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        Config config = SettingOptions.read(parsed, Map.of());
        if (parsed.hasMatchedOption(PRINT)) {
            line.getOut().print(ConfigReader.print(config));
            line.getOut().flush();
            return 0;
        }
        useLogs(config);
        House house = House.open(config, Furnishing.STANDARD);
        System.getLogger("fulcrum")
                .log(
                        System.Logger.Level.INFO,
                        "Fulcrum {0} takes calls: SIP {1} (UDP and TCP), API {2}",
                        Version.NUMBER,
                        house.sipAddress(),
                        house.apiUri());
        tellOfTls(house);
        ReloadSignal.on(house::reload);
        stayUntilAsked(house, Duration.ofSeconds(config.drainSeconds()));
        return 0;
    }

    private static void tellOfTls(House house) {
        house.tlsAddress()
                .ifPresent(
                        address ->
                                System.getLogger("fulcrum")
                                        .log(
                                                System.Logger.Level.INFO,
                                                "with TLS: SIP {0}, API on port {1}",
                                                address,
                                                String.valueOf(house.httpsPort().orElse(0))));
    }

    static void useLogs(Config config) {
        Logs.use(config.log() == Config.LogStyle.JSON ? Logs.Format.JSON : Logs.Format.TEXT);
    }

    /// Runs until the process is told to end, then lets running calls go on for a while.
    static void stayUntilAsked(House house, Duration patience) {
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("shutdown")
                                .unstarted(
                                        () -> {
                                            house.drain(patience);
                                            house.close();
                                            Logs.settle();
                                            over.countDown();
                                        }));
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
