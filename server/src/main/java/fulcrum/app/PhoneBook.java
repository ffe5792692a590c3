package fulcrum.app;

import fulcrum.api.Registrations;
import fulcrum.exchange.Binding;
import fulcrum.exchange.Exchange;

import java.util.List;

/// Shows the API what the registrar knows.
final class PhoneBook implements Registrations {
    private final Exchange exchange;

    PhoneBook(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public List<Row> of(String accountId) {
        return exchange.registrar().of(accountId).stream().map(PhoneBook::row).toList();
    }

    private static Row row(Binding binding) {
        return new Row(
                binding.accountId(),
                binding.deviceId(),
                binding.ownerId(),
                binding.username(),
                binding.realm(),
                binding.contact().toString(),
                binding.connection().remote().getAddress().getHostAddress(),
                binding.connection().remote().getPort(),
                binding.callId(),
                binding.userAgent(),
                binding.since(),
                binding.expires());
    }

    @Override
    public int count() {
        return exchange.registrar().count();
    }

    @Override
    public void flush(String accountId, String deviceId) {
        exchange.registrar().flush(accountId, deviceId);
    }

    @Override
    public void notify(
            String accountId, String deviceId, String event, String contentType, String body) {
        exchange.notify(accountId, deviceId, event, contentType, body);
    }
}
