package fulcrum.app;

import fulcrum.directory.Json;
import fulcrum.event.Logs;
import fulcrum.media.AudioFile;
import fulcrum.media.AudioSource;
import fulcrum.media.BadAudio;
import fulcrum.phone.Login;
import fulcrum.phone.SoftPhone;

import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `./fulcrum call NUMBER`: the built-in phone against a running server.
final class CallCommand {
    private CallCommand() {}

    static CommandLine line() {
        return Shape.command(
                "call",
                "Calls a number of a running server with the built-in phone, and tells what happened. It makes a"
                        + " device in the key's account and removes it afterwards.",
                List.of("./fulcrum call 12345 --api-key KEY --press \"1234#\" --save heard.wav"),
                spec -> {
                    spec.addPositional(
                            PositionalParamSpec.builder()
                                    .paramLabel("NUMBER")
                                    .arity("1")
                                    .required(true)
                                    .type(String.class)
                                    .description("What to dial.")
                                    .build());
                    spec.addOption(
                            Shape.text(
                                    "--press",
                                    "KEYS",
                                    "Keys, pressed once the other side falls silent; w waits half a second."));
                    spec.addOption(Shape.text("--say", "FILE", "A WAV or MP3 file to say."));
                    spec.addOption(Shape.text("--save", "FILE.wav", "Keeps what was heard."));
                    spec.addOption(
                            Shape.text("--as", "DEVICE", "Calls as this device, by its id."));
                    spec.addOption(
                            Shape.text(
                                    "--server",
                                    "URL",
                                    "The server's API; also from FULCRUM_SERVER. Default:"
                                            + " http://127.0.0.1:8000."));
                    spec.addOption(
                            Shape.text(
                                    "--api-key",
                                    "KEY",
                                    "The account's API key; also from FULCRUM_API_KEY."));
                },
                CallCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        Logs.quiet();
        String server = said(parsed, "--server", "FULCRUM_SERVER").orElse("http://127.0.0.1:8000");
        String key =
                said(parsed, "--api-key", "FULCRUM_API_KEY")
                        .orElseThrow(
                                () ->
                                        new BadSetting(
                                                "--api-key is needed: the key of the account to call in"));
        Caller.keys(parsed.matchedOptionValue("--press", ""));
        file(parsed, "--save").ifPresent(Caller::writable);
        Optional<AudioSource> say = file(parsed, "--say").map(CallCommand::speech);
        try (Errands errands = new Errands(server)) {
            errands.logIn(key);
            Optional<String> named =
                    Optional.ofNullable(parsed.matchedOptionValue("--as", (String) null));
            String deviceId = named.orElseGet(() -> newDevice(errands));
            try {
                return call(parsed, line, login(errands, server, deviceId), say);
            } finally {
                if (named.isEmpty()) {
                    errands.account("DELETE", "/devices/" + deviceId, Json.object());
                }
            }
        }
    }

    private static int call(
            ParseResult parsed, CommandLine line, Login login, Optional<AudioSource> say) {
        try (SoftPhone phone = SoftPhone.open(login)) {
            Caller.Report report =
                    new Caller(phone, new Timeline(line.getOut()))
                            .call(
                                    parsed.matchedPositionalValue(0, ""),
                                    parsed.matchedOptionValue("--press", ""),
                                    say);
            file(parsed, "--save").ifPresent(wav -> Caller.save(report.hearing(), wav));
            return report.answered() ? 0 : 1;
        }
    }

    /// What an option says, or the environment in its place.
    private static Optional<String> said(ParseResult parsed, String option, String variable) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null))
                .or(() -> Optional.ofNullable(System.getenv(variable)));
    }

    private static AudioSource speech(Path file) {
        if (!Files.isReadable(file)) {
            throw new BadSetting("--say: cannot read " + file);
        }
        try {
            return AudioFile.read(file).source(1);
        } catch (BadAudio bad) {
            throw new BadSetting("--say: " + file + " is neither WAV nor MP3: " + bad.getMessage());
        }
    }

    private static Optional<Path> file(ParseResult parsed, String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null)).map(Path::of);
    }

    private static String newDevice(Errands errands) {
        ObjectNode device = Json.object();
        device.put("name", "Command line, for one call");
        ObjectNode sip = device.putObject("sip");
        sip.put("username", "call" + Secrets.hex(6));
        sip.put("password", Secrets.hex(12));
        return Json.text(errands.account("PUT", "/devices", device), "id").orElseThrow();
    }

    private static Login login(Errands errands, String server, String deviceId) {
        JsonNode device = errands.account("GET", "/devices/" + deviceId, Json.object());
        JsonNode account = errands.account("GET", "", Json.object());
        JsonNode about =
                Json.at(errands.ask("GET", "/about", Json.object()), "data").orElse(Json.object());
        String host =
                Json.text(about, "sip", "host")
                        .orElseGet(() -> String.valueOf(URI.create(server).getHost()));
        int port = (int) Json.whole(about, "sip", "port").orElse(5060);
        try {
            return new Login(
                    Json.text(device, "sip", "username").orElse(""),
                    Json.text(device, "sip", "password").orElse(""),
                    Json.text(device, "sip", "realm")
                            .or(() -> Json.text(account, "realm"))
                            .orElse(""),
                    Json.text(device, "name").orElse(""),
                    new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            throw new BadSetting("The server's SIP host " + host + " has no address");
        }
    }
}
