package io.plumbline.local.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.plumbline.local.LocalSystem;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.bson.Document;
import org.postgresql.ds.PGSimpleDataSource;

/** The mail system in the stores that a configuration names: its configuration, tables and connections. */
public final class MailSystem implements AutoCloseable {

    static final String DATASET = "emails";
    static final String FULL_JOB = DATASET + "-full";
    static final String HOURLY_JOB = DATASET + "-hourly";
    static final String CLEAN_UP_JOB = DATASET + "-clean-up";
    private static final String COLLECTION = "clients";

    private final PlumblineConfig config;
    private final MongoClient mongo;

    MailSystem(PlumblineConfig config) {
        this.config = config;
        this.mongo = MongoClients.create(config.mongo().url());
    }

    /** How Plumbline is told about it; the addresses in it are nobody's. */
    public static PlumblineConfig config() {
        return ConfigFile.parse(resource("mail-system.yaml"), Map.of());
    }

    /** Makes tables and documents to play with; what a kept directory has already is left as it is, and copied anew. */
    public static void makeIn(LocalSystem system) throws SQLException {
        try (MailSystem mails = new MailSystem(system.config());
                Connection connection = mails.connect()) {
            if (mails.isThere(connection)) {
                MailLoader.copy(MailReader.read(connection), mails.documents());
                return;
            }
            mails.createTables(connection);
            new MailLoader(1, 500).load(connection, mails.documents());
        }
    }

    void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(resource("mail-system.sql"));
        }
    }

    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(config.postgres().url());
        source.setUser(config.postgres().user());
        source.setPassword(config.postgres().password());
        source.setReWriteBatchedInserts(true);
        return source.getConnection();
    }

    MailDocuments documents() {
        MongoCollection<Document> clients =
                mongo.getDatabase(config.mongo().database()).getCollection(COLLECTION);
        return new MailDocuments(clients);
    }

    @Override
    public void close() {
        mongo.close();
    }

    boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select to_regclass('incoming_emails') is not null")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = MailSystem.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
