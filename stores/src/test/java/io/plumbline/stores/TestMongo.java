package io.plumbline.stores;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;

/** A server of MongoDB's protocol that all tests of the JVM share; each takes a database of its own. */
public final class TestMongo {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name;

    private TestMongo(String name) {
        this.name = name;
    }

    private static final class Server {
        static final String URL =
                new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0)).bindAndGetConnectionString();
        static final MongoClient CLIENT = MongoClients.create(URL);
    }

    public static TestMongo newDatabase() {
        return new TestMongo("test" + DATABASES.incrementAndGet());
    }

    public String url() {
        return Server.URL;
    }

    public String name() {
        return name;
    }

    public MongoDatabase database() {
        return Server.CLIENT.getDatabase(name);
    }

    public MongoCollection<BsonDocument> collection(String collection) {
        return database().getCollection(collection, BsonDocument.class);
    }

    public void insert(String collection, String... documents) {
        for (String document : documents) {
            collection(collection).insertOne(BsonDocument.parse(document));
        }
    }

    /** The documents of a collection as relaxed JSON, in their order. */
    public List<String> documents(String collection) {
        List<String> documents = new ArrayList<>();
        collection(collection).find().forEach(document -> documents.add(document.toJson()));
        return documents;
    }
}
