package io.plumbline.stores.scan;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.connect.ResolvedMapping;
import io.plumbline.stores.mongo.MongoTargetEntities;
import io.plumbline.stores.postgres.PostgresSourceRows;
import io.plumbline.topics.config.DatasetConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The real PostgreSQL and a MongoDB-compatible server, and a dataset between them. */
final class ScanStores implements AutoCloseable {

    static final String DATASET = "scanned";

    private final EmbeddedPostgres postgres;
    private final HikariDataSource source;
    private final MongoServer mongo;
    private final MongoClient client;

    ScanStores() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "icu")
                    .setLocaleConfig("icu-locale", "en-US")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(postgres.getPostgresDatabase());
        source = new HikariDataSource(pool);
        mongo = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
        mongo.bind();
        client = MongoClients.create(mongo.getConnectionString());
    }

    Connection connect() throws SQLException {
        return source.getConnection();
    }

    MongoDatabase database() {
        return client.getDatabase("copies");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows of the table that the server has read so far, for whatever reason. */
    long rowsRead() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // A backend reports what it has read at the latest when it ends.
            statement.execute("CREATE TEMP TABLE others AS SELECT pid FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            await("the pool's connections have ended")
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        // Every time: what the pool was just opening reaches it only later.
                        source.getHikariPoolMXBean().softEvictConnections();
                        return number(statement, "SELECT count(*) FROM others JOIN pg_stat_activity USING (pid)") == 0;
                    });
            return number(
                    statement,
                    "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables"
                            + " WHERE relname = 'scanned'");
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Both stores hold exactly this. */
    void load(ScanShape shape, List<ScanWorld.Row> rows, List<Document> documents) throws SQLException {
        execute(shape.ddl());
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        String part = shape.hasTwoParts() ? ", part" : "";
        String sql = "INSERT INTO scanned (row_id, id, version, name, amount, changed" + part
                + ") VALUES (?, ?, ?, ?, ?, ?" + (part.isEmpty() ? "" : ", ?") + ")";
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (ScanWorld.Row row : rows) {
                insert.setLong(1, row.rowId());
                insert.setObject(2, id(shape, row.id()), shape.isInteger() ? Types.BIGINT : Types.VARCHAR);
                insert.setInt(3, row.version());
                insert.setString(4, row.values().name());
                insert.setBigDecimal(5, row.values().amount());
                insert.setObject(6, row.recent() ? now.minusHours(1) : now.minusDays(30));
                if (shape.hasTwoParts()) {
                    insert.setInt(7, row.part());
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        database().getCollection("copies").drop();
        if (!documents.isEmpty()) {
            database().getCollection("copies").insertMany(documents);
        }
    }

    private static @Nullable Object id(ScanShape shape, @Nullable String id) {
        return id != null && shape.isInteger() ? (Object) Long.valueOf(id) : id;
    }

    SegmentScanner scanner(DatasetConfig config) {
        ResolvedMapping mapping = new ResolvedMapping(DATASET, config, source);
        return new DatasetScanner(
                mapping,
                source,
                database(),
                new PostgresSourceRows(mapping, source),
                new MongoTargetEntities(mapping, database()));
    }

    @Override
    public void close() {
        client.close();
        mongo.shutdownNow();
        source.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
