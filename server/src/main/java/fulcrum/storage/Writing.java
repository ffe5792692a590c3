package fulcrum.storage;

import org.jdbi.v3.core.Handle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// One transaction under way, and what the writes in it share: each statement is prepared once for all of them.
final class Writing implements AutoCloseable {
    private final Handle handle;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Writing(Handle handle) {
        this.handle = handle;
    }

    Handle handle() {
        return handle;
    }

    /// A statement that an earlier write of the transaction may have used; its parameters are as that one left them.
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            Connection connection = handle.getConnection();
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
    }
}
