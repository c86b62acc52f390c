package io.plumbline.repairer;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.RepairJournal;
import io.plumbline.stores.Stores;
import io.plumbline.stores.connect.ConnectedStores;
import io.plumbline.stores.connect.StoreUse;
import io.plumbline.topics.record.EntityKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A dataset "debts" on PostgreSQL and on MongoDB's protocol: a row is an element of its client's array, ten to a client.
 * Its one mapped value is a version.
 */
final class RealStores implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final MongoServer mongo;
    private final MongoClient client;
    private final Connection application;
    private final MongoCollection<Document> clients;
    private final Stores stores;

    RealStores() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        mongo = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
        String url = "mongodb://127.0.0.1:" + mongo.bind().getPort();
        client = MongoClients.create(url);
        clients = client.getDatabase("copies").getCollection("clients");
        application = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = application.createStatement()) {
            statement.execute(
                    "CREATE TABLE debts (id bigint PRIMARY KEY, client bigint NOT NULL, version int NOT NULL)");
        }
        clients.insertOne(new Document("_id", -1L));
        stores = ConnectedStores.open(
                ConfigFile.parse(config(postgres.getJdbcUrl("postgres", "postgres"), url), Map.of()), StoreUse.REPAIR);
    }

    private static String config(String postgresUrl, String mongoUrl) {
        return """
            kafka: { bootstrap-servers: "127.0.0.1:1" }
            postgres: { url: "%s", user: postgres, password: plumbline }
            mongo: { url: "%s", database: copies }
            datasets:
              debts:
                source: { table: debts, primary-key: [id], order: version }
                target: { collection: clients, array: debts, create-documents: true }
                key:
                  - { source: client, document: _id, type: integer }
                  - { source: id, element: id, type: integer }
                fields:
                  - { source: version, target: version }
                extras: delete
            """.formatted(postgresUrl, mongoUrl);
    }

    DatasetStores debts() {
        return Objects.requireNonNull(stores.datasets().get("debts"));
    }

    RepairJournal journal() {
        return stores.journal();
    }

    static EntityKey entity(int id) {
        return EntityKey.of("debts", Integer.toString(id / 10), Integer.toString(id));
    }

    void writeSource(int id, int version) {
        try (PreparedStatement statement = application.prepareStatement(
                "INSERT INTO debts VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version")) {
            statement.setInt(1, id);
            statement.setInt(2, id / 10);
            statement.setInt(3, version);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int source(int id) {
        try (Statement statement = application.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM debts WHERE id = " + id)) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As applications do: sets the element, or else pushes it. */
    void writeTarget(int id, int version) {
        Bson document = Filters.eq("_id", (long) id / 10);
        Bson holding = new Document("_id", (long) id / 10).append("debts.id", (long) id);
        while (clients.updateOne(holding, Updates.set("debts.$.version", version))
                        .getMatchedCount()
                == 0) {
            Bson lacking = Filters.and(document, Filters.ne("debts.id", (long) id));
            Document element =
                    new Document("id", (long) id).append("version", version).append("note", "ours");
            clients.updateOne(document, Updates.setOnInsert("name", "client"), new UpdateOptions().upsert(true));
            if (clients.updateOne(lacking, Updates.push("debts", element)).getMatchedCount() == 1) {
                return;
            }
        }
    }

    void removeTarget(int id) {
        clients.updateOne(Filters.eq("_id", (long) id / 10), Updates.pull("debts", new Document("id", (long) id)));
    }

    /** The version in the target; 0 where it is not there. Fails where it is there twice. */
    int target(int id) {
        @Nullable
        Document client = clients.find(Filters.eq("_id", (long) id / 10)).first();
        List<Document> debts = client == null ? List.of() : client.getList("debts", Document.class, List.of());
        List<Document> found =
                debts.stream().filter(debt -> number(debt, "id") == id).toList();
        if (found.size() > 1) {
            throw new AssertionError("element " + id + " is there " + found.size() + " times");
        }
        return found.isEmpty() ? 0 : number(found.getFirst(), "version");
    }

    private static int number(Document document, String field) {
        return Objects.requireNonNull(document.get(field, Number.class)).intValue();
    }

    @Override
    public void close() throws IOException, SQLException {
        stores.close();
        application.close();
        client.close();
        mongo.shutdownNow();
        postgres.close();
    }
}
