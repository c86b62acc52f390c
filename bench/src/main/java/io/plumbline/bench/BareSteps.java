package io.plumbline.bench;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.bson.Document;

/**
 * The store operations that a safe repair consists of, and nothing else: read the document and the row, record the
 * intent, write on condition, read both again, record the end. In batches, on as many threads as the repairer has.
 */
final class BareSteps {

    private static final int BATCH = 1_000;

    private final String url;
    private final String user;
    private final String password;
    private final MongoCollection<Document> collection;

    BareSteps(String url, String user, String password, MongoCollection<Document> collection) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.collection = collection;
    }

    void prepare() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bare_journal");
            statement.execute("CREATE TABLE bare_journal (id text PRIMARY KEY, content_before text, content_after text,"
                    + " result text) WITH (fillfactor = 70)");
        }
    }

    /** Makes the first documents equal to their rows. */
    void repair(int documents, int threads) throws InterruptedException, ExecutionException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int share = i;
                shares.add(workers.submit(() -> {
                    try (Connection connection = DriverManager.getConnection(url, user, password)) {
                        for (int at = share * BATCH; at < documents; at += threads * BATCH) {
                            batch(connection, at + 1L, Math.min(documents, at + BATCH));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        }
    }

    private void batch(Connection connection, long from, long to) throws SQLException {
        Long[] ids = LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
        Map<Long, Document> before = documents(ids);
        Map<Long, Document> rows = rows(connection, ids);
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Long id : ids) {
            Document fields = new Document(rows.get(id));
            fields.remove("_id");
            writes.add(new UpdateOneModel<>(Filters.and(before.get(id)), new Document("$set", fields)));
        }
        intend(connection, ids, before, rows);
        collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        if (!documents(ids).equals(rows(connection, ids))) {
            throw new IllegalStateException("documents " + from + " to " + to + " were not repaired");
        }
        complete(connection, ids);
    }

    private Map<Long, Document> documents(Long[] ids) {
        Map<Long, Document> found = new HashMap<>();
        for (Document document : collection.find(Filters.in("_id", ids)).batchSize(BATCH)) {
            found.put(document.getLong("_id"), document);
        }
        return found;
    }

    private static Map<Long, Document> rows(Connection connection, Long[] ids) throws SQLException {
        String sql = "SELECT " + Customers.COLUMNS + " FROM customers WHERE id = ANY (?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids));
            Map<Long, Document> found = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), Customers.document(row));
                }
            }
            return found;
        }
    }

    private static void intend(Connection connection, Long[] ids, Map<Long, Document> before, Map<Long, Document> after)
            throws SQLException {
        String sql = "INSERT INTO bare_journal SELECT * FROM unnest(?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, texts(connection, ids, id -> id.toString()));
            statement.setArray(2, texts(connection, ids, id -> String.valueOf(before.get(id))));
            statement.setArray(3, texts(connection, ids, id -> String.valueOf(after.get(id))));
            statement.executeUpdate();
        }
    }

    private static void complete(Connection connection, Long[] ids) throws SQLException {
        String sql = "UPDATE bare_journal SET result = 'repaired' WHERE id = ANY (?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, texts(connection, ids, id -> id.toString()));
            statement.executeUpdate();
        }
    }

    private static java.sql.Array texts(Connection connection, Long[] ids, Function<Long, String> text)
            throws SQLException {
        return connection.createArrayOf(
                "text", java.util.Arrays.stream(ids).map(text).toArray(String[]::new));
    }
}
