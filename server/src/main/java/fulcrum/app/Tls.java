package fulcrum.app;

import fulcrum.api.ApiServer;
import fulcrum.secure.BadCertificate;
import fulcrum.secure.Certificates;
import fulcrum.sip.TlsSettings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The certificate of `--tls-cert` and `--tls-key`, if there is one: SIP over TLS and HTTPS show the same.
final class Tls {
    private static final System.Logger LOG = System.getLogger(Tls.class.getName());

    private final Config config;
    private final Optional<Certificates> certificates;

    private Tls(Config config, Optional<Certificates> certificates) {
        this.config = config;
        this.certificates = certificates;
    }

    /// Reads the files.
    ///
    /// @throws BadSetting when they cannot be used
    static Tls of(Config config) {
        if (config.tlsCert().isEmpty() || config.tlsKey().isEmpty()) {
            return new Tls(config, Optional.empty());
        }
        try {
            Certificates read =
                    Certificates.read(
                            Path.of(config.tlsCert().get()), Path.of(config.tlsKey().get()));
            tellIfEnded(read);
            return new Tls(config, Optional.of(read));
        } catch (BadCertificate bad) {
            throw new BadSetting("--tls-cert and --tls-key: " + bad.getMessage());
        }
    }

    private static void tellIfEnded(Certificates read) {
        if (read.validUntil().isBefore(Instant.now())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the certificate of --tls-cert was good until {0}; phones will refuse it",
                    read.validUntil());
        }
    }

    /// What SIP over TLS needs.
    Optional<TlsSettings> sip() {
        return certificates.map(read -> new TlsSettings(config.sipTls().address(), read::context));
    }

    /// Lets the API answer HTTPS as well, before it starts.
    void open(ApiServer api) {
        certificates.ifPresent(
                read -> {
                    InetSocketAddress https = config.https().address();
                    api.secure(
                            https.getAddress().getHostAddress(), https.getPort(), read.context());
                });
    }

    /// Reads the files again, for connections to come; when they cannot be used, what is in force stays so.
    void reload(ApiServer api) {
        if (certificates.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "there is no certificate to read again");
            return;
        }
        try {
            certificates.get().reload();
            api.renew(certificates.get().context());
            LOG.log(
                    System.Logger.Level.INFO,
                    "the certificate was read again; it is good until {0}",
                    certificates.get().validUntil());
            tellIfEnded(certificates.get());
        } catch (BadCertificate bad) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the certificate in force stays, the new one cannot be used: {0}",
                    bad.getMessage());
        }
    }
}
