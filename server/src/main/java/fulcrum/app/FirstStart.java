package fulcrum.app;

import fulcrum.api.MasterAccount;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;

import java.time.Clock;
import java.util.Locale;

/// Makes the master account when there is none yet.
final class FirstStart {
    private static final String NAME = "master";

    private FirstStart() {}

    /// The master account. A key that had to be made up is printed once: it is nowhere else to be read.
    static Document masterAccount(Directory directory, Config config, Clock clock) {
        boolean isFirst = MasterAccount.in(directory).isEmpty();
        String key = config.apiKey().orElse("").toLowerCase(Locale.ROOT);
        Document master = MasterAccount.ensure(directory, NAME, config.realm(), key, clock);
        if (isFirst && key.isEmpty()) {
            System.out.println(
                    "API key of the master account, shown this once: "
                            + MasterAccount.apiKeyOf(master));
        }
        return master;
    }
}
