package io.plumbline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPartsTest {

    @Test
    void shouldKeepRecordsWhenKafkaIsStoppedAndStartedAgain() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            createTopic(kafka, "letters");
            send(kafka, "letters", "one");
            String before = kafka.bootstrapServers();

            kafka.stop();
            kafka.restart();
            send(kafka, "letters", "two");

            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            assertThat(read(kafka, "letters", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void shouldKeepRecordsWhenKafkaIsStartedOnTheSameDirectory(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            createTopic(kafka, "letters");
            send(kafka, "letters", "one");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThat(read(kafka, "letters", 1)).containsExactly("one");
        }
    }

    @Test
    void shouldKeepRowsWhenPostgresIsStoppedKilledAndStartedAgain(@TempDir Path data) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0)) {
            execute(postgres, "create table letters (id int primary key); insert into letters values (1)");
            postgres.stop();
            assertThatThrownBy(postgres::connect).isInstanceOf(SQLException.class);
            postgres.restart();
            execute(postgres, "insert into letters values (2)");
            postgres.kill();
            postgres.restart();
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, 0)) {
            assertThat(query(postgres, "select count(*) from letters")).isEqualTo("2");
        }
    }

    @Test
    void shouldBeReadyForChangeCaptureWhenPostgresIsStarted() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertThat(query(postgres, "show wal_level")).isEqualTo("logical");
            assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
            // As databases in use do, it sorts text otherwise than by bytes.
            assertThat(query(postgres, "select min(t) from (values ('a'), ('B')) v(t)"))
                    .isEqualTo("a");
        }
    }

    @Test
    void shouldKeepDocumentsWhenMongoIsStoppedAndStartedAgain() {
        try (EmbeddedMongo mongo = EmbeddedMongo.start();
                MongoClient client = MongoClients.create(mongo.url())) {
            MongoCollection<Document> letters = client.getDatabase("test").getCollection("letters");
            letters.insertOne(new Document("_id", 1));

            mongo.stop();
            mongo.restart();

            assertThat(letters.countDocuments()).isEqualTo(1);
            assertThat(client.getDatabase("admin")
                            .runCommand(new Document("buildInfo", 1))
                            .getString("version"))
                    .startsWith("5.0");
        }
    }

    @Test
    void shouldForgetCursorsWhenMongoIsStoppedAndStartedAgain() {
        try (EmbeddedMongo mongo = EmbeddedMongo.start();
                MongoClient client = MongoClients.create(mongo.url())) {
            MongoCollection<Document> letters = client.getDatabase("test").getCollection("letters");
            letters.insertMany(List.of(new Document("_id", 1), new Document("_id", 2), new Document("_id", 3)));
            try (MongoCursor<Document> cursor = letters.find().batchSize(2).cursor()) {
                cursor.next();
                cursor.next();

                mongo.stop();
                mongo.restart();
                letters.countDocuments();

                assertThatThrownBy(cursor::next).isInstanceOf(MongoCursorNotFoundException.class);
            }
        }
    }

    private static void createTopic(EmbeddedKafka kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedKafka kafka, String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, String topic, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new java.util.ArrayList<>();
            for (int tries = 0; tries < 20 && values.size() < count; tries++) {
                for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(500))) {
                    values.add(letter.value());
                }
            }
            return values;
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
