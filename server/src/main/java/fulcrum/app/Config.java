package fulcrum.app;

import fulcrum.mail.SmtpServer;
import fulcrum.web.LocalUrls;

import java.nio.file.Path;
import java.util.Optional;

/// Everything that can be set, each with its name, unit, default and meaning in one place. The help text, the
/// environment, the file and `docs/reference/config.md` are read off this record.
record Config(
        @Setting(
                        name = "data",
                        value = "DIR",
                        preset = "fulcrum-data",
                        doc = "Folder of the database and media.")
                Path data,
        @Setting(
                        name = "http",
                        value = "HOST:PORT",
                        preset = "127.0.0.1:8000",
                        doc = "Where the REST API listens.")
                HostPort http,
        @Setting(
                        name = "sip",
                        value = "HOST:PORT",
                        preset = "0.0.0.0:5060",
                        doc = "Where SIP listens, UDP and TCP.")
                HostPort sip,
        @Setting(
                        name = "tls-cert",
                        value = "FILE",
                        doc =
                                "Certificate of this server in PEM, with those that signed it behind"
                                        + " it; with --tls-key it opens SIP over TLS and HTTPS. Read"
                                        + " again on SIGHUP.")
                Optional<String> tlsCert,
        @Setting(
                        name = "tls-key",
                        value = "FILE",
                        doc = "Private key of --tls-cert in PEM, PKCS#8 without a password.")
                Optional<String> tlsKey,
        @Setting(
                        name = "sip-tls",
                        value = "HOST:PORT",
                        preset = "0.0.0.0:5061",
                        doc = "Where SIP over TLS listens, once there is a certificate.")
                HostPort sipTls,
        @Setting(
                        name = "https",
                        value = "HOST:PORT",
                        preset = "127.0.0.1:8443",
                        doc = "Where the REST API listens for HTTPS, once there is a certificate.")
                HostPort https,
        @Setting(
                        name = "sip-digest",
                        value = "ALGORITHM,...",
                        preset = "md5",
                        doc =
                                "What phones may prove their password with, best first: md5,"
                                        + " sha-256. Many phones cannot answer when sha-256 is offered,"
                                        + " even beside md5.")
                DigestChoice sipDigest,
        @Setting(
                        name = "rtp-ports",
                        value = "A-B",
                        preset = "10000-19999",
                        doc = "UDP ports for sound, two for each leg; 0-0 takes any free ones.")
                PortRange rtpPorts,
        @Setting(
                        name = "call-bucket",
                        value = "CALLS/PER-SECOND",
                        preset = "0",
                        doc =
                                "How many calls one address may begin at once for one account, and"
                                        + " how many more each second; further ones are refused with"
                                        + " 503. 0 is any number.")
                CallBucket callBucket,
        @Setting(
                        name = "public-address",
                        value = "IP",
                        doc =
                                "The address that peers outside the local networks reach this"
                                        + " server by (behind NAT).")
                Optional<String> publicAddress,
        @Setting(
                        name = "api-key",
                        value = "KEY",
                        secret = true,
                        doc =
                                "API key of the master account that the first start makes, 64"
                                        + " hexadecimal digits; without it a random one is made and"
                                        + " printed once.")
                Optional<String> apiKey,
        @Setting(
                        name = "realm",
                        value = "NAME",
                        preset = "fulcrum.local",
                        doc = "SIP realm of the master account that the first start makes.")
                String realm,
        @Setting(
                        name = "allow-local-urls",
                        value = "HOST:PORT,...",
                        bare = "all",
                        doc =
                                "Handlers and media may live on loopback and private addresses:"
                                        + " without a value all of them, with a value only those."
                                        + " Link-local and metadata addresses never.")
                Optional<String> allowLocalUrls,
        @Setting(
                        name = "smtp",
                        value = "URL",
                        secret = true,
                        doc =
                                "Mail server that mails are handed to:"
                                        + " smtp[s]://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS];"
                                        + " without it they are dropped, with a log line.")
                Optional<String> smtp,
        @Setting(
                        name = "log",
                        value = "text|json",
                        preset = "text",
                        doc = "How log lines are written.")
                LogStyle log,
        @Setting(
                        name = "drain-seconds",
                        value = "SECONDS",
                        preset = "30",
                        doc = "How long running calls may go on after SIGTERM, 0 to 86400 s.")
                int drainSeconds) {

    /// Which local URLs may be fetched.
    LocalUrls localUrls() {
        if (allowLocalUrls.isEmpty()) {
            return LocalUrls.NONE;
        }
        String said = allowLocalUrls.get();
        try {
            return said.equals("all") ? LocalUrls.ALL : LocalUrls.of(said);
        } catch (IllegalArgumentException bad) {
            throw new BadSetting("--allow-local-urls: " + bad.getMessage());
        }
    }

    /// The server that mails are handed to.
    Optional<SmtpServer> mailServer() {
        try {
            return smtp.map(SmtpServer::of);
        } catch (IllegalArgumentException bad) {
            throw new BadSetting("--smtp: " + bad.getMessage());
        }
    }

    /// How log lines are written.
    enum LogStyle {
        TEXT,
        JSON
    }

    Config {
        if (apiKey.isPresent() && !apiKey.get().matches("[0-9a-fA-F]{64}")) {
            throw new BadSetting(
                    "--api-key must be 64 hexadecimal digits; here is a fresh one: "
                            + Secrets.apiKey());
        }
        if (tlsCert.isPresent() != tlsKey.isPresent()) {
            throw new BadSetting("--tls-cert and --tls-key go together; give both or neither");
        }
        if (drainSeconds < 0 || drainSeconds > 86_400) {
            throw new BadSetting("--drain-seconds must be 0 to 86400, was " + drainSeconds);
        }
    }
}
