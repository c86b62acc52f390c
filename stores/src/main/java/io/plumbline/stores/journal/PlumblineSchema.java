package io.plumbline.stores.journal;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The schema that Plumbline keeps its own tables in, made when it is first needed (PostgreSQL may be away at start).
 * Processes that start at the same time wait for each other at an advisory lock; a schema that is complete is left
 * alone, so that its owner may be somebody else.
 */
final class PlumblineSchema {

    private final Transactions transactions;
    private final String name;
    private volatile boolean there;

    PlumblineSchema(DataSource source, String name) {
        this.transactions = new Transactions(source);
        this.name = name;
    }

    /** Runs JDBC for which the tables are needed. */
    <T> T each(Transactions.Piece<T> piece) {
        if (!there) {
            transactions.together(this::ensure);
            there = true;
        }
        return transactions.each(piece);
    }

    /** The quoted name of one of its tables. */
    String table(String table) {
        return QuotedName.of(name) + "." + QuotedName.of(table);
    }

    private Void ensure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('plumbline.schema'))");
            if (!exists(connection, "repairs") || !exists(connection, "reconciliation_reports")) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + QuotedName.of(name));
                statement.execute(repairs());
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS repairs_by_run ON %s (run_id, number)".formatted(table("repairs")));
                statement.execute("CREATE INDEX IF NOT EXISTS repairs_by_undone ON %s (undoes) WHERE undoes IS NOT NULL"
                        .formatted(table("repairs")));
                statement.execute(reports());
            }
        }
        return null;
    }

    private boolean exists(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table(table));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Contents are text and not {@code jsonb}, which could not hold every text of a store. Room for updates in place. */
    private String repairs() {
        return """
                CREATE TABLE IF NOT EXISTS %s (
                  repair_id text PRIMARY KEY,
                  number bigint GENERATED ALWAYS AS IDENTITY,
                  run_id text NOT NULL,
                  entity text NOT NULL,
                  content_before text,
                  content_after text,
                  undoes text,
                  result text,
                  source_content text,
                  reason text,
                  intended_at timestamptz NOT NULL DEFAULT now(),
                  completed_at timestamptz
                ) WITH (fillfactor = 70)
                """.formatted(table("repairs"));
    }

    private String reports() {
        return """
                CREATE TABLE IF NOT EXISTS %s (
                  run_id text PRIMARY KEY,
                  job text NOT NULL,
                  kind text NOT NULL,
                  dataset text,
                  status text NOT NULL,
                  started_at timestamptz NOT NULL,
                  updated_at timestamptz NOT NULL,
                  ended_at timestamptz,
                  report json NOT NULL
                )
                """.formatted(table("reconciliation_reports"));
    }
}
