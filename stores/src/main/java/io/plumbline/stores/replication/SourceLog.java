package io.plumbline.stores.replication;

import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.connect.Away;
import io.plumbline.topics.config.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server's log and the slots that read it. Every method opens a connection of its own: they are asked when a
 * capture starts, not while it runs. Each throws {@link StoreUnavailableException} where PostgreSQL cannot be asked, and
 * {@link IllegalStateException} where it denies the role something.
 */
public final class SourceLog implements AutoCloseable {

    private static final String POSTGRES = "PostgreSQL";
    private static final String PLUGIN = "pgoutput";
    private static final String DENIED = "42501";

    private final Connection connection;
    private final String role;

    private SourceLog(Connection connection, String role) {
        this.connection = connection;
        this.role = role;
    }

    public static SourceLog open(PostgresConfig postgres) {
        // It says what is wrong with the URL and does not show it, as the driver would.
        SourceAddress unused = SourceAddress.of(postgres);
        Properties properties = new Properties();
        properties.setProperty("user", postgres.user());
        properties.setProperty("password", postgres.password());
        properties.setProperty("ApplicationName", "plumbline-outbox-feed");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        try {
            return new SourceLog(DriverManager.getConnection(postgres.url(), properties), postgres.user());
        } catch (SQLException e) {
            throw Away.postgres(e);
        }
    }

    public SourceServer server() {
        String sql = """
                SELECT (SELECT system_identifier::text FROM pg_control_system()),
                       current_database(),
                       pg_current_wal_insert_lsn() - '0/0'::pg_lsn
                """;
        return one(sql, row -> new SourceServer(row.getString(1), row.getString(2), row.getLong(3)));
    }

    /** {@code null} where there is none of that name. */
    public @Nullable ReplicationSlot slot(String name) {
        String sql = """
                SELECT database, plugin, coalesce(wal_status = 'lost', false),
                       coalesce(confirmed_flush_lsn, restart_lsn, '0/0') - '0/0'::pg_lsn, active_pid
                FROM pg_replication_slots WHERE slot_name = ?
                """;
        return maybe(
                sql,
                row -> new ReplicationSlot(
                        name,
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getLong(4),
                        row.getObject(5, Integer.class)),
                name);
    }

    /** Creates a slot of this database and returns it. */
    public ReplicationSlot createSlot(String name) {
        return one(
                "SELECT current_database(), lsn - '0/0'::pg_lsn FROM pg_create_logical_replication_slot(?, ?)",
                row -> new ReplicationSlot(name, row.getString(1), PLUGIN, false, row.getLong(2), null),
                name,
                PLUGIN);
    }

    public void dropSlot(String name) {
        one("SELECT pg_drop_replication_slot(?)::text", row -> true, name);
    }

    /** Ends the process that streams from a slot; returns whether there was one. */
    public boolean endReader(String slot) {
        return one(
                "SELECT coalesce(bool_or(pg_terminate_backend(active_pid, 5000)), false)"
                        + " FROM pg_replication_slots WHERE slot_name = ? AND active_pid IS NOT NULL",
                row -> row.getBoolean(1),
                slot);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreUnavailableException(POSTGRES, e);
        }
    }

    <T> T one(String sql, Reading<T> reading, String... arguments) {
        T found = maybe(sql, reading, arguments);
        if (found == null) {
            throw new IllegalStateException("PostgreSQL answered nothing to " + sql);
        }
        return found;
    }

    <T> @Nullable T maybe(String sql, Reading<T> reading, String... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? reading.of(row) : null;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    void execute(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(SQLException cause) {
        return DENIED.equals(cause.getSQLState())
                ? new IllegalStateException(
                        "PostgreSQL denies the role %s: %s; right are the grants for the outbox feed in docs/security.md"
                                .formatted(role, cause.getMessage()),
                        cause)
                : new StoreUnavailableException(POSTGRES, cause);
    }

    /** What is made of a row. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }
}
