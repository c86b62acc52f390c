package io.plumbline.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * An application that changes customers and says so in its outbox, in the same transaction. A harmless change touches a
 * column that is not mapped, so that the copy stays right without a write; a harmful one is never copied.
 */
final class ChangingApplication implements AutoCloseable {

    /** The dataset's options for a configuration file, which leaves drifts as they are. */
    static final String OPTIONS = options("off", "plumbline_customers");

    private static final String SAY = "INSERT INTO outbox_messages (aggregate_id) SELECT unnest(?)::text";

    private final Connection connection;
    private final PreparedStatement touch;
    private final PreparedStatement spoil;
    private final PreparedStatement say;

    private ChangingApplication(Connection connection) throws SQLException {
        this.connection = connection;
        this.touch = connection.prepareStatement("UPDATE customers SET touched = touched + 1 WHERE id = ANY (?)");
        this.spoil = connection.prepareStatement("UPDATE customers SET revision = revision + 1 WHERE id = ANY (?)");
        this.say = connection.prepareStatement(SAY);
    }

    /**
     * The dataset's options.
     *
     * @param repair what becomes of drifts
     * @param slot the replication slot
     */
    static String options(String repair, String slot) {
        return """
                grace: 1s
                repair: "%s"
                outbox:
                  slot: %s
                  table: outbox_messages
                  aggregate-id: aggregate_id
                  payload: null
                  retry-count: retry_count
                  error: last_error
                  source-column: id
                """.formatted(repair, slot);
    }

    static ChangingApplication start(BenchParts parts) throws SQLException {
        Connection connection = parts.postgres().connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE customers ADD touched integer NOT NULL DEFAULT 0");
            statement.execute("""
                    CREATE TABLE outbox_messages (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, aggregate_id text NOT NULL,
                        created_at timestamptz NOT NULL DEFAULT now(), processed_at timestamptz,
                        retry_count integer NOT NULL DEFAULT 0, last_error text);
                    CREATE INDEX ON outbox_messages (aggregate_id) WHERE processed_at IS NULL;
                    """);
        }
        connection.setAutoCommit(false);
        return new ChangingApplication(connection);
    }

    /** Changes both kinds in one transaction; it is committed when this returns. */
    void change(long[] harmless, long[] harmful) {
        try {
            change(touch, harmless);
            change(spoil, harmful);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the application cannot write", e);
        }
    }

    private void change(PreparedStatement update, long[] ids) throws SQLException {
        if (ids.length == 0) {
            return;
        }
        Array array =
                connection.createArrayOf("bigint", Arrays.stream(ids).boxed().toArray());
        update.setArray(1, array);
        update.executeUpdate();
        say.setArray(1, array);
        say.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
