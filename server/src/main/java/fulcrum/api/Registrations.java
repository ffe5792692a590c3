package fulcrum.api;

import java.time.Instant;
import java.util.List;

/// The registrations of phones, as the registrar knows them. Safe for use from any thread; nothing here waits.
public interface Registrations {
    /// One contact of one device.
    ///
    /// @param contact the contact's URI as registered
    /// @param address and `port`: where the registration came from
    /// @param expires when it ends unless it is renewed
    record Row(
            String accountId,
            String deviceId,
            String ownerId,
            String username,
            String realm,
            String contact,
            String address,
            int port,
            String callId,
            String userAgent,
            Instant registered,
            Instant expires) {}

    /// Live registrations of one account, oldest first.
    List<Row> of(String accountId);

    /// How many live registrations there are in all accounts.
    int count();

    /// Forgets all registrations of a device.
    void flush(String accountId, String deviceId);

    /// Sends a NOTIFY (RFC 3265 §3.2, outside of a subscription, as phones expect `check-sync`) to every contact of a
    /// device; does not wait for answers.
    ///
    /// @param contentType and `body`: empty for a NOTIFY without a body
    /// @throws Refusal 501 when this server cannot send any
    default void notify(
            String accountId, String deviceId, String event, String contentType, String body) {
        throw Refusal.fault(501, "not_implemented");
    }
}
