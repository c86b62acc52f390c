package io.plumbline.local.system;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.plumbline.topics.config.PlumblineConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Good rows and documents, drifts among them, and everything that cannot be compared or is hard to. */
final class BadStores implements AutoCloseable {

    static final int GOOD = 300;
    static final int DIFFERENT = 10;
    static final int MISSING = 5;
    static final int EXTRA = 5;

    private static final String ONE = "{\"amount\":1}";
    private static final String LONG_KEY = "L".repeat(100_000);
    private static final int LARGER_THAN_A_DOCUMENT = 17 * 1024 * 1024;

    /** Hard to compare, and different: amounts of these keys are wrong in the target. */
    static final List<String> STRANGE_KEYS =
            List.of("a/b%c\"d'e\\", "\ud83d\ude00", "tab\tline\nstart\u0001escape\u001b", " ", "g000 ", "$set", "a.b");

    /** Values in the place of an amount that are of another shape. */
    static final List<Object> STRANGE_AMOUNTS =
            List.of(List.of(1), new Document("value", 1), "1", "one", new BsonDateTime(1));

    /** Not in the target; the numbers and dates are at the ends of what PostgreSQL has. */
    static final List<String> EXTREMES = List.of(
            "'NaN', NULL, NULL",
            "'-Infinity', NULL, NULL",
            "1e-6000, NULL, NULL",
            "NULL, '294276-12-31 23:59:59.999999Z', '5874897-12-31'",
            "NULL, '4713-01-01 00:00:00Z BC', '4713-01-01 BC'");

    private final Connection connection;
    private final MongoClient mongo;

    BadStores(PlumblineConfig config) throws SQLException {
        connection = TwoStores.connect(config.postgres());
        mongo = MongoClients.create(config.mongo().url());
    }

    /** What is unreadable in the source, by key, with a part of the reason; none of it is in the target. */
    private static Map<String, String> unreadableData() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("{\"amount\":", "not JSON");
        data.put("not JSON at all", "not JSON");
        data.put(ONE + ONE, "not JSON");
        data.put("{\"amount\":1e2147483647}", "exponent");
        data.put("{\"amount\":1e99999999999}", "not JSON");
        data.put("{\"amount\":" + "7".repeat(40) + "}", "40 digits");
        data.put("{\"amount\":\"one\"}", "is not a number");
        data.put("{\"amount\":{\"value\":1}}", "of another type");
        data.put("{\"deep\":{\"a\\u0000b\":1}}", "NUL");
        data.put("{\"deep\":[\"\\ud800\"]}", "surrogate");
        data.put("{\"deep\":[1e9999]}", "exponent");
        return data;
    }

    /** Makes a table and a collection of that name; returns what must be reported as unreadable, with a part of the reason. */
    Map<String, String> fill(String name, String keyType) throws SQLException {
        execute("CREATE TABLE %s (k %s PRIMARY KEY, data text, num numeric, at timestamptz, day date, note text)"
                .formatted(name, keyType));
        execute("CREATE TABLE IF NOT EXISTS nothing (id bigint PRIMARY KEY, x text)");
        MongoCollection<Document> documents = mongo.getDatabase("crm").getCollection(name);
        fillGood(name, documents);
        fillStrange(name, documents);
        insert(name, "large", ONE, "w".repeat(LARGER_THAN_A_DOCUMENT));
        return fillUnreadable(name, documents);
    }

    private void fillGood(String name, MongoCollection<Document> documents) throws SQLException {
        for (int i = 0; i < GOOD; i++) {
            String key = "g%03d".formatted(i);
            insert(name, key, "{\"amount\":" + i + "}", null);
            if (i >= DIFFERENT + MISSING) {
                documents.insertOne(new Document("_id", key).append("amount", i));
            } else if (i < DIFFERENT) {
                documents.insertOne(new Document("_id", key).append("amount", -1 - i));
            }
        }
        for (int i = 0; i < EXTRA; i++) {
            documents.insertOne(new Document("_id", "x" + i).append("amount", i));
        }
    }

    private void fillStrange(String name, MongoCollection<Document> documents) throws SQLException {
        for (String key : STRANGE_KEYS) {
            insert(name, key, ONE, null);
            documents.insertOne(new Document("_id", key).append("amount", 2));
        }
        for (int i = 0; i < STRANGE_AMOUNTS.size(); i++) {
            insert(name, "amount" + i, ONE, null);
            documents.insertOne(new Document("_id", "amount" + i).append("amount", STRANGE_AMOUNTS.get(i)));
        }
        for (int i = 0; i < EXTREMES.size(); i++) {
            execute("INSERT INTO %s (k, num, at, day) VALUES ('extreme%d', %s)".formatted(name, i, EXTREMES.get(i)));
        }
        for (long end : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            execute("INSERT INTO %s (k, day) VALUES ('end%d', '2024-02-29')".formatted(name, end));
            documents.insertOne(new Document("_id", "end" + end).append("day", new BsonDateTime(end)));
        }
        execute("INSERT INTO %s (k, num) VALUES ('nan', 'NaN')".formatted(name));
        documents.insertOne(new Document("_id", "nan").append("num", Double.NaN));
    }

    private Map<String, String> fillUnreadable(String name, MongoCollection<Document> documents) throws SQLException {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Map.Entry<String, String> data : unreadableData().entrySet()) {
            String key = "unreadable" + reasons.size();
            insert(name, key, data.getKey(), null);
            reasons.put(name + "/" + key, data.getValue());
        }
        execute("INSERT INTO %s (k, at) VALUES ('infinite', 'infinity')".formatted(name));
        reasons.put(name + "/infinite", "an infinite date");
        insert(name, "", ONE, null);
        reasons.put("row ", "the key is null, empty or longer");
        for (Object wrong : List.of(List.of("x"), "x")) {
            String key = "shape" + reasons.size();
            insert(name, key, ONE, "x");
            documents.insertOne(new Document("_id", key).append("amount", 1).append("p", wrong));
            reasons.put(name + "/" + key, "where an object was expected");
        }
        for (Object id : List.of(5, new Document("a", 1), "", "nul\0nul", LONG_KEY)) {
            Document document = new Document("_id", id);
            documents.insertOne(document);
            String named = name + " " + document.toJson();
            reasons.put(named.length() > 300 ? named.substring(0, 300) + "\u2026" : named, "key");
        }
        return reasons;
    }

    private void insert(String table, String key, String data, @Nullable String note) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " (k, data, note) VALUES (?, ?, ?)")) {
            insert.setString(1, key);
            insert.setString(2, data);
            insert.setString(3, note);
            insert.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        mongo.close();
    }
}
