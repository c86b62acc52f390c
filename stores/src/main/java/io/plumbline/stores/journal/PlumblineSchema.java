package io.plumbline.stores.journal;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The schema that Plumbline keeps its own tables in, made when it is first needed (PostgreSQL may be away at start).
 * Processes that start at the same time wait for each other at an advisory lock; a schema that is complete is left
 * alone, so that its owner may be somebody else, who has run {@code tables.sql} in it.
 */
final class PlumblineSchema {

    private static final String TABLES = "tables.sql";

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
            if (!exists(connection, "to_regnamespace", QuotedName.of(name))) {
                statement.execute("CREATE SCHEMA " + QuotedName.of(name));
            }
            if (!exists(connection, "to_regclass", table("repairs"))
                    || !exists(connection, "to_regclass", table("reconciliation_reports"))) {
                statement.execute("SET LOCAL search_path TO " + QuotedName.of(name));
                statement.execute(tables());
            }
        }
        return null;
    }

    private static boolean exists(Connection connection, String lookUp, String quoted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + lookUp + "(?) IS NOT NULL")) {
            statement.setString(1, quoted);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String tables() {
        try (InputStream in = PlumblineSchema.class.getResourceAsStream(TABLES)) {
            if (in == null) {
                throw new IllegalStateException(TABLES + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLES, e);
        }
    }
}
