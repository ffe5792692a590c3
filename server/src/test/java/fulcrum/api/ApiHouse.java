package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.Attachments;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.MonthlyStore;
import fulcrum.storage.SqlDirectory;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A server with the REST interface on a free port, over SQLite in a folder that is thrown away.
final class ApiHouse implements AutoCloseable {
    static final String KEY = "0123456789abcdef".repeat(4);

    final MovingClock clock = new MovingClock();
    final DataFolder folder = DataFolder.throwAway();
    final Database database = Database.in(folder);
    final Directory directory = new SqlDirectory(database);
    final MonthlyStore monthly = new MonthlyStore(database);
    final FakePhones phones = new FakePhones();
    final List<Document> heard = new CopyOnWriteArrayList<>();
    final Document master = MasterAccount.ensure(directory, "master", "fulcrum.local", KEY, clock);
    private final AtomicInteger accounts = new AtomicInteger();
    volatile boolean isReady = true;
    final ApiSettings settings;
    final ApiServer server;

    ApiHouse() {
        this(settings -> settings.withBucket(0, 0));
    }

    ApiHouse(UnaryOperator<ApiSettings> change) {
        settings = change.apply(ApiSettings.standard("1.2.3", "192.0.2.7", 5060));
        server = another(0);
        server.start();
    }

    /// A further server over the same store, not started.
    ApiServer another(int port) {
        return new ApiServer("127.0.0.1", port, parts());
    }

    private ApiParts parts() {
        return new ApiParts(
                directory,
                monthly,
                new Attachments(folder, database),
                TestActions.CATALOG,
                phones,
                phones.registrations(),
                url -> !url.contains("//127."),
                ApiHouse::spoken,
                heard::add,
                health(),
                clock,
                settings);
    }

    private static byte[] spoken(String text, String voice, String language) {
        if (text.equals("unspeakable")) {
            throw Speaker.failed("no voice today");
        }
        return ("RIFF " + text + " " + voice).getBytes(StandardCharsets.UTF_8);
    }

    private Health health() {
        return new Health() {
            @Override
            public boolean isUp() {
                return true;
            }

            @Override
            public boolean isReady() {
                return isReady;
            }

            @Override
            public String metrics() {
                return "# TYPE calls gauge\ncalls 3\n";
            }
        };
    }

    /// Somebody without a token.
    Client stranger() {
        return new Client(server.port(), "", "");
    }

    /// The top account.
    Client top() {
        return withKey(KEY);
    }

    Client withKey(String key) {
        Answer login = stranger().put("/v2/api_auth", Json.object().put("api_key", key)).is(201);
        return new Client(
                server.port(), login.json().path("auth_token").asString(), login.at("account_id"));
    }

    /// A new account below another, with its own token.
    Client below(Client parent) {
        String name = "account" + accounts.incrementAndGet();
        ObjectNode body = Json.object().put("name", name).put("realm", name + ".example");
        Answer made = parent.put(parent.account(""), body).is(201);
        return withKey(parent.get("/v2/accounts/" + made.id() + "/api_key").is(200).at("api_key"));
    }

    /// Ids of documents of a type in an account.
    List<String> ids(String accountId, String type) {
        List<String> ids = new ArrayList<>();
        directory.all(accountId, type).forEach(document -> ids.add(document.id()));
        return ids;
    }

    @Override
    public void close() {
        server.close();
        database.close();
        folder.close();
    }
}
