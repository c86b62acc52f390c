package io.plumbline.local.system;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.plumbline.local.EmbeddedPostgres;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * The application's two stores as the system tests see them: accounts, whose copies are documents, and debts, whose
 * copies are elements of an array in a document and of which several rows speak of one element.
 */
final class TwoStores implements AutoCloseable {

    static final String CONFIG = """
            kafka: { bootstrap-servers: "localhost:0", partitions: 2 }
            postgres: { url: "jdbc:postgresql://localhost/none", user: postgres, password: plumbline }
            mongo: { url: "mongodb://localhost", database: crm }
            datasets:
              accounts:
                source: { table: accounts, primary-key: [id], order: updated_at, change-time: updated_at }
                target: { collection: accounts }
                key: [ { source: id, document: _id, type: integer } ]
                fields:
                  - { source: name, target: name, trim: true }
                  - { source: balance, target: balance, type: number, scale: 2 }
                  - { source: status, target: profile.status }
                  - { source: vip, target: vip }
                extras: delete
                grace: 2s
                segment-size: 1000
                unavailable-after: 20s
                deadline: 3m
                outbox: { table: outbox_messages, aggregate-type: aggregate_type, aggregate-type-value: account,
                          retry-count: retry_count, error: error }
              debts:
                source: { table: debts, primary-key: [id], order: received_at, change-time: updated_at }
                target: { collection: clients, array: creditors }
                key:
                  - { source: client_id, document: _id, type: integer }
                  - { source: creditor, element: name, rewrite: { pattern: "/", replacement: "_" } }
                fields:
                  - { source: amount, target: amount, type: number, scale: 2 }
                extras: delete
                grace: 2s
                segment-size: 1000
                unavailable-after: 20s
                deadline: 3m
            schedules:
              accounts-hourly: { enabled: false }
              accounts-full: { enabled: false }
              debts-hourly: { enabled: false }
              debts-full: { enabled: false }
            """;

    static final int CREDITORS = 3;
    /** Equal to no amount. */
    private static final BigDecimal ABSENT = BigDecimal.valueOf(Long.MIN_VALUE);

    private final PostgresConfig postgres;
    private Connection connection;
    private final MongoClient mongo;
    final MongoCollection<Document> accounts;
    final MongoCollection<Document> clients;

    TwoStores(PlumblineConfig config) throws SQLException {
        postgres = config.postgres();
        connection = connect();
        mongo = MongoClients.create(config.mongo().url());
        MongoDatabase crm = mongo.getDatabase("crm");
        accounts = crm.getCollection("accounts");
        clients = crm.getCollection("clients");
    }

    /** The tables alone: the apps look at them when they start. */
    void createTables() throws SQLException {
        execute("""
                CREATE TABLE accounts (id bigint PRIMARY KEY, name text NOT NULL, balance numeric(12,2), status text,
                  vip boolean NOT NULL DEFAULT false, updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
                CREATE TABLE debts (id bigserial PRIMARY KEY, client_id bigint NOT NULL, creditor text NOT NULL,
                  amount numeric(12,2), received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                  updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
                CREATE INDEX ON debts (client_id, creditor);
                CREATE TABLE outbox_messages (id bigserial PRIMARY KEY, aggregate_type text, aggregate_id text,
                  payload jsonb, processed_at timestamptz, retry_count int NOT NULL DEFAULT 0, error text);
                """);
    }

    /** Equal content on both sides: accounts 1..n, and clients 1..m with {@link #CREDITORS} creditors each. */
    void fill(int accountCount, int clientCount, Random random) throws SQLException {
        connection.setAutoCommit(false);
        List<Document> documents = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO accounts (id, name, balance, status, vip) VALUES (?, ?, ?, ?, ?)")) {
            for (long id = 1; id <= accountCount; id++) {
                BigDecimal balance = BigDecimal.valueOf(random.nextInt(1_000_000), 2);
                String status = random.nextBoolean() ? "open" : null;
                insert.setLong(1, id);
                insert.setString(2, "Account " + id);
                insert.setBigDecimal(3, balance);
                insert.setString(4, status);
                insert.setBoolean(5, id % 7 == 0);
                insert.addBatch();
                documents.add(new Document("_id", id)
                        .append("name", "Account " + id)
                        .append("balance", id % 2 == 0 ? new Decimal128(balance) : (Object) balance.doubleValue())
                        .append("profile", status == null ? new Document() : new Document("status", status))
                        .append("vip", id % 7 == 0)
                        .append("note", "not mapped"));
            }
            insert.executeBatch();
        }
        accounts.insertMany(documents);
        documents.clear();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO debts (client_id, creditor, amount, received_at)"
                        + " VALUES (?, ?, ?, clock_timestamp() - interval '1 day')")) {
            for (long client = 1; client <= clientCount; client++) {
                List<Document> elements = new ArrayList<>();
                for (int creditor = 0; creditor < CREDITORS; creditor++) {
                    BigDecimal amount = BigDecimal.valueOf(random.nextInt(100_000), 2);
                    // An older row of the same element must not decide.
                    addDebt(insert, client, creditor, amount.add(BigDecimal.ONE));
                    addDebt(insert, client, creditor, amount);
                    elements.add(element(creditor, amount));
                }
                documents.add(new Document("_id", client)
                        .append("creditors", elements)
                        .append("city", "not mapped"));
            }
            insert.executeBatch();
        }
        clients.insertMany(documents);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void addDebt(PreparedStatement insert, long client, int creditor, BigDecimal amount)
            throws SQLException {
        insert.setLong(1, client);
        insert.setString(2, creditorInSource(creditor));
        insert.setBigDecimal(3, amount);
        insert.addBatch();
    }

    static Document element(int creditor, BigDecimal amount) {
        return new Document("name", creditorInTarget(creditor))
                .append("amount", new Decimal128(amount))
                .append("remark", "not mapped");
    }

    static String creditorInSource(int creditor) {
        return "Bank " + creditor + "/2007";
    }

    static String creditorInTarget(int creditor) {
        return "Bank " + creditor + "_2007";
    }

    /** The application's first write: the source, with the outbox row in one transaction. */
    synchronized void writeAccount(long id, String name, BigDecimal balance) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE accounts SET name = ?, balance = ?, updated_at = clock_timestamp() WHERE id = ?");
                PreparedStatement outbox = connection.prepareStatement(
                        "INSERT INTO outbox_messages (aggregate_type, aggregate_id, payload) VALUES ('account', ?, '{}')")) {
            update.setString(1, name);
            update.setBigDecimal(2, balance);
            update.setLong(3, id);
            update.executeUpdate();
            outbox.setString(1, Long.toString(id));
            outbox.executeUpdate();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Its second write: the copy. */
    void copyAccount(long id, String name, BigDecimal balance) {
        accounts.updateOne(
                Filters.eq("_id", id),
                Updates.combine(Updates.set("name", name), Updates.set("balance", new Decimal128(balance))));
    }

    synchronized void writeDebt(long client, int creditor, BigDecimal amount) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO debts (client_id, creditor, amount) VALUES (?, ?, ?)")) {
            insert.setLong(1, client);
            insert.setString(2, creditorInSource(creditor));
            insert.setBigDecimal(3, amount);
            insert.executeUpdate();
        }
    }

    void copyDebt(long client, int creditor, BigDecimal amount) {
        clients.updateOne(
                Filters.and(Filters.eq("_id", client), Filters.eq("creditors.name", creditorInTarget(creditor))),
                Updates.set("creditors.$.amount", new Decimal128(amount)));
    }

    /** The accounts that differ now, read plainly: what an oracle says. */
    synchronized List<String> accountsThatDiffer() throws SQLException {
        Map<Long, Document> copies = new HashMap<>();
        accounts.find().forEach(document -> copies.put(document.getLong("_id"), document));
        List<String> different = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, name, balance, status, vip FROM accounts")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                Document copy = copies.remove(id);
                if (copy == null
                        || !rows.getString(2).equals(copy.getString("name"))
                        || rows.getBigDecimal(3).compareTo(decimal(copy.get("balance"))) != 0
                        || !java.util.Objects.equals(
                                rows.getString(4), copy.getEmbedded(List.of("profile", "status"), String.class))
                        || !Boolean.valueOf(rows.getBoolean(5)).equals(copy.getBoolean("vip"))) {
                    different.add("accounts/" + id);
                }
            }
        }
        copies.keySet().forEach(id -> different.add("accounts/" + id));
        return different;
    }

    /** The debts that differ now. */
    synchronized List<String> debtsThatDiffer() throws SQLException {
        Map<String, BigDecimal> copies = new HashMap<>();
        for (Document client : clients.find()) {
            for (Document element : client.getList("creditors", Document.class)) {
                copies.put(
                        "debts/" + client.get("_id") + "/" + element.getString("name"), decimal(element.get("amount")));
            }
        }
        List<String> different = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT DISTINCT ON (client_id, creditor) client_id, replace(creditor, '/', '_'), amount FROM debts
                        ORDER BY client_id, creditor, received_at DESC, id DESC""")) {
            while (rows.next()) {
                String entity = "debts/" + rows.getLong(1) + "/" + rows.getString(2);
                BigDecimal copy = copies.remove(entity);
                if (copy == null || copy.compareTo(rows.getBigDecimal(3)) != 0) {
                    different.add(entity);
                }
            }
        }
        different.addAll(copies.keySet());
        return different;
    }

    /** How often each account's document was written since MongoDB records writes. */
    Map<String, Long> accountWrites() {
        Map<String, Long> writes = new HashMap<>();
        for (Document write : mongo.getDatabase("local")
                .getCollection("oplog.rs")
                .find(Filters.eq("ns", accounts.getNamespace().getFullName()))) {
            Document selector = write.get("o2", Document.class);
            Object id = (selector == null ? write.get("o", Document.class) : selector).get("_id");
            writes.merge("accounts/" + id, 1L, Long::sum);
        }
        return writes;
    }

    private static BigDecimal decimal(@Nullable Object number) {
        if (number == null) {
            return ABSENT;
        }
        return number instanceof Decimal128 exact
                ? exact.bigDecimalValue()
                : BigDecimal.valueOf(((Number) number).doubleValue());
    }

    /** The entities that the record of repairs says were repaired, each as often as it was; the first repair makes it. */
    synchronized List<String> repairedEntities() throws SQLException {
        List<String> entities = new ArrayList<>();
        if (count("SELECT count(*) FROM pg_tables WHERE schemaname = 'plumbline' AND tablename = 'repairs'") == 0) {
            return entities;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT entity FROM plumbline.repairs WHERE result LIKE 'REPAIRED%' ORDER BY number")) {
            while (rows.next()) {
                entities.add(rows.getString(1));
            }
        }
        return entities;
    }

    /** After PostgreSQL was stopped. */
    void reconnect() throws SQLException {
        connection.close();
        connection = connect();
    }

    private Connection connect() throws SQLException {
        return connect(postgres);
    }

    static Connection connect(PostgresConfig postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    /** Stops PostgreSQL and starts it again; whoever writes here waits that long. */
    synchronized void restart(EmbeddedPostgres server) throws SQLException {
        server.stop();
        server.restart();
        reconnect();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    synchronized long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        mongo.close();
    }
}
