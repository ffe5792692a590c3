package fulcrum.api;

import fulcrum.call.LegCard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The phones of a test: legs and registrations that it puts there, and what the API did to them.
final class FakePhones implements LiveLegs {
    final List<LegCard> cards = new CopyOnWriteArrayList<>();
    final List<Registrations.Row> rows = new CopyOnWriteArrayList<>();
    final List<String> deeds = new CopyOnWriteArrayList<>();

    @Override
    public List<LegCard> cards() {
        return List.copyOf(cards);
    }

    @Override
    public boolean hangUp(String legId) {
        deeds.add("hang up " + legId);
        return cards.stream().anyMatch(card -> card.legId().equals(legId));
    }

    @Override
    public boolean follow(String legId, String flowJson) {
        deeds.add("follow " + legId + " " + flowJson);
        return true;
    }

    Registrations registrations() {
        return new Registrations() {
            @Override
            public List<Row> of(String accountId) {
                return rows.stream().filter(row -> row.accountId().equals(accountId)).toList();
            }

            @Override
            public int count() {
                return rows.size();
            }

            @Override
            public void flush(String accountId, String deviceId) {
                deeds.add("flush " + deviceId);
                rows.removeIf(row -> row.deviceId().equals(deviceId));
            }

            @Override
            public void notify(
                    String accountId,
                    String deviceId,
                    String event,
                    String contentType,
                    String body) {
                deeds.add("notify " + deviceId + " " + event + " " + contentType + " " + body);
            }
        };
    }
}
