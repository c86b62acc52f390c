package io.plumbline.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;

/** The table that is scanned: a key and eight mapped fields of the common types, and its copy without a difference. */
final class Customers {

    static final String NAME = "customers";
    static final String COLUMNS = "id, name, city, balance, orders, revision, active, score, changed_at";

    private static final int BATCH = 5_000;

    private final BenchParts parts;

    Customers(BenchParts parts) {
        this.parts = parts;
    }

    /** The dataset's part of a configuration file. */
    static String config(String apps, String options) {
        return config(apps, options, "{ enabled: false }", "{ enabled: false }");
    }

    /**
     * @param hourly the schedule {@code customers-hourly}
     * @param full the schedule {@code customers-full}
     */
    static String config(String apps, String options, String hourly, String full) {
        return """
                apps: %s
                datasets:
                  customers:
                    source:
                      table: customers
                      primary-key: [id]
                      change-time: changed_at
                    target:
                      collection: customers
                    key:
                      - { source: id, document: _id, type: integer }
                    fields:
                      - { source: name, target: name }
                      - { source: city, target: city }
                      - { source: balance, target: balance }
                      - { source: orders, target: orders }
                      - { source: revision, target: revision }
                      - { source: active, target: active }
                      - { source: score, target: score }
                      - { source: changed_at, target: changedAt }
                    breaker: { max-count: 10000000, max-ratio: 1 }
                %s
                schedules:
                  customers-hourly: %s
                  customers-full: %s
                """.formatted(apps, options.indent(4), hourly, full);
    }

    /** Fills the table up to that many rows and copies the new ones. */
    void fill(long rows) {
        Console.say("filling both stores with %,d rows", rows);
        try (Connection connection = parts.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS customers (
                        id bigint PRIMARY KEY, name text NOT NULL, city text, balance numeric(12, 2) NOT NULL,
                        orders integer NOT NULL, revision bigint NOT NULL, active boolean NOT NULL,
                        score double precision NOT NULL, changed_at timestamptz(3) NOT NULL)
                    """);
            long there = count(statement);
            statement.execute("""
                    INSERT INTO customers
                    SELECT g, 'Customer number ' || g, 'City ' || g %% 1000, (g * 37 %% 100000000) / 100.0, g %% 500,
                           g * 1000003, g %% 3 = 0, (g %% 100000) / 7.0,
                           timestamptz '2026-01-01 00:00:00Z' + g %% 10000000 * interval '1 second'
                      FROM generate_series(%d::bigint, %d) g
                    """.formatted(there + 1, rows));
            statement.execute("VACUUM ANALYZE customers");
            connection.setAutoCommit(false);
            copy(statement, there);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot fill the table", e);
        }
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT count(*) FROM customers")) {
            found.next();
            return found.getLong(1);
        }
    }

    private void copy(Statement statement, long after) throws SQLException {
        statement.setFetchSize(BATCH);
        try (MongoClient client = MongoClients.create(parts.mongo().url());
                ResultSet rows = statement.executeQuery(
                        "SELECT " + COLUMNS + " FROM customers WHERE id > " + after + " ORDER BY id")) {
            MongoCollection<Document> collection =
                    client.getDatabase(BenchParts.DATABASE).getCollection(NAME);
            List<Document> batch = new ArrayList<>(BATCH);
            while (rows.next()) {
                batch.add(document(rows));
                if (batch.size() == BATCH) {
                    collection.insertMany(batch, new InsertManyOptions().ordered(false));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                collection.insertMany(batch);
            }
        }
    }

    /** The copy of a row, as the driver gives it back. */
    @SuppressWarnings("JavaUtilDate")
    static Document document(ResultSet row) throws SQLException {
        BigDecimal balance = row.getBigDecimal(4);
        return new Document("_id", row.getLong(1))
                .append("name", row.getString(2))
                .append("city", row.getString(3))
                .append("balance", new Decimal128(balance))
                .append("orders", row.getInt(5))
                .append("revision", row.getLong(6))
                .append("active", row.getBoolean(7))
                .append("score", row.getDouble(8))
                .append("changedAt", new Date(row.getTimestamp(9).getTime()));
    }
}
