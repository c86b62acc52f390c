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

/** The mail system in a local system's stores: its configuration, tables and connections. */
public final class MailSystem implements AutoCloseable {

    static final String DATASET = "emails";
    static final String FULL_JOB = DATASET + "-full";
    static final String HOURLY_JOB = DATASET + "-hourly";
    static final String CLEAN_UP_JOB = DATASET + "-clean-up";
    private static final String COLLECTION = "clients";

    private final LocalSystem system;
    private final MongoClient mongo;

    MailSystem(LocalSystem system) {
        this.system = system;
        this.mongo = MongoClients.create(system.config().mongo().url());
    }

    /** How Plumbline is told about it; the addresses in it are nobody's. */
    public static PlumblineConfig config() {
        return ConfigFile.parse(resource("mail-system.yaml"), Map.of());
    }

    /** Makes tables and documents to play with; what a kept directory has already is left as it is, and copied anew. */
    public static void makeIn(LocalSystem system) throws SQLException {
        try (MailSystem mails = new MailSystem(system);
                Connection connection = mails.connect()) {
            if (mails.isThere(connection)) {
                new MailCopier(connection, mails.documents()).copyAll();
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
        source.setUrl(system.config().postgres().url());
        source.setUser(system.config().postgres().user());
        source.setPassword(system.config().postgres().password());
        source.setReWriteBatchedInserts(true);
        return source.getConnection();
    }

    MailDocuments documents() {
        MongoCollection<Document> clients =
                mongo.getDatabase(system.config().mongo().database()).getCollection(COLLECTION);
        return new MailDocuments(clients);
    }

    @Override
    public void close() {
        mongo.close();
    }

    private boolean isThere(Connection connection) throws SQLException {
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
