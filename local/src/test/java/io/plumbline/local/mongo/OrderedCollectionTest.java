package io.plumbline.local.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.type;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.plumbline.local.EmbeddedMongo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderedCollectionTest {

    private static EmbeddedMongo mongo;
    private static MongoClient client;
    private MongoCollection<Document> letters;

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.start();
        client = MongoClients.create(mongo.url() + "/?uuidRepresentation=standard");
    }

    @AfterAll
    static void stop() {
        client.close();
        mongo.close();
    }

    @BeforeEach
    void empty() {
        letters = client.getDatabase("test").getCollection("letters");
        letters.drop();
    }

    @Test
    void shouldAnswerRangesInOrderWhenSortedById() {
        insert(IntStream.range(0, 5_000).boxed().toArray());

        assertThat(ids(letters.find(and(gte("_id", 10), lt("_id", 4_000)))
                        .sort(new Document("_id", 1))
                        .batchSize(7)))
                .isEqualTo(IntStream.range(10, 4_000)
                        .boxed()
                        .map(Object.class::cast)
                        .toList());
        assertThat(ids(letters.find(gt("_id", 3)).sort(new Document("_id", -1)).limit(2)))
                .containsExactly(4_999, 4_998);
        assertThat(ids(letters.find(lt("_id", 3_000))
                        .sort(new Document("_id", -1))
                        .batchSize(10)))
                .hasSize(3_000)
                .startsWith(2_999, 2_998);
        assertThat(ids(letters.find(gt("_id", 3))
                        .sort(new Document("_id", 1))
                        .skip(2)
                        .limit(3)))
                .containsExactly(6, 7, 8);
        assertThat(ids(letters.find())).hasSize(5_000);
        assertThat(letters.countDocuments(lt("_id", 100))).isEqualTo(100);
    }

    @Test
    void shouldOrderTextByItsBytesWhenItHasSurrogates() {
        insert("a", "B", "é", "\uFFFD", "\uD83D\uDE00", "");

        assertThat(ids(letters.find().sort(new Document("_id", 1))))
                .containsExactly("", "B", "a", "é", "\uFFFD", "\uD83D\uDE00");
        assertThat(ids(letters.find(gte("_id", "\uFFFD")).sort(new Document("_id", 1))))
                .containsExactly("\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void shouldKeepToTheBoundsTypeWhenIdsAreOfManyTypes() {
        ObjectId objectId = new ObjectId();
        UUID uuid = UUID.randomUUID();
        insert(1, 2L, 2.5, new Decimal128(3), "1", "2", objectId, uuid, true);

        assertThat(ids(letters.find(gt("_id", 1)))).containsExactly(2L, 2.5, new Decimal128(3));
        assertThat(ids(letters.find(lt("_id", "2")))).containsExactly("1");
        assertThat(ids(letters.find(gte("_id", objectId)))).containsExactly(objectId);
        assertThat(ids(letters.find(eq("_id", uuid)))).containsExactly(uuid);
        assertThat(ids(letters.find(eq("_id", 2)))).containsExactly(2L);
        assertThat(ids(letters.find(not(type("_id", BsonType.STRING))))).hasSize(7);
        assertThat(ids(letters.find(and(gt("_id", 1), lt("_id", "2"))))).isEmpty();
    }

    @Test
    void shouldCheckTheWholeFilterWhenIdsAreNamed() {
        insert(1, 2, 3, 4);
        letters.updateOne(eq("_id", 2), set("v", "x"));

        assertThat(ids(letters.find(in("_id", 4, 2, 9, 2)))).containsExactly(2, 4);
        assertThat(ids(letters.find(and(in("_id", 1, 2, 3), eq("v", "x"))))).containsExactly(2);
        assertThat(ids(letters.find(and(in("_id", 1, 2, 3), gt("_id", 1), lt("_id", 3)))))
                .containsExactly(2);
        assertThat(letters.updateOne(and(eq("_id", 2), eq("v", "y")), set("v", "z"))
                        .getMatchedCount())
                .isZero();
        assertThat(letters.deleteOne(and(eq("_id", 2), eq("v", "x"))).getDeletedCount())
                .isOne();
        assertThat(ids(letters.find())).containsExactly(1, 3, 4);
    }

    @Test
    void shouldReportDuplicatesWhenAConditionalUpsertIsStale() {
        letters.insertOne(new Document("_id", 1).append("v", 1));
        List<WriteModel<Document>> writes = List.of(
                new UpdateOneModel<>(and(eq("_id", 1), lt("v", 1)), set("v", 1), new UpdateOptions().upsert(true)),
                new UpdateOneModel<>(and(eq("_id", 2), lt("v", 1)), set("v", 1), new UpdateOptions().upsert(true)));

        MongoBulkWriteException thrown = Assertions.catchThrowableOfType(
                MongoBulkWriteException.class, () -> letters.bulkWrite(writes, new BulkWriteOptions().ordered(false)));

        assertThat(thrown.getWriteErrors()).singleElement().satisfies(error -> {
            assertThat(error.getCode()).isEqualTo(11000);
            assertThat(error.getIndex()).isZero();
        });
        assertThat(letters.countDocuments()).isEqualTo(2);
    }

    @Test
    void shouldGoOnBehindTheLastDocumentWhenOthersComeAndGo() {
        insert(IntStream.range(0, 100).boxed().toArray());

        List<Object> seen = new ArrayList<>();
        try (var cursor =
                letters.find().sort(new Document("_id", 1)).batchSize(10).iterator()) {
            while (cursor.hasNext()) {
                seen.add(cursor.next().get("_id"));
                if (seen.size() == 5) {
                    letters.deleteMany(and(gte("_id", 10), lt("_id", 90)));
                    letters.insertOne(new Document("_id", 200));
                }
            }
        }

        List<Object> expected = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
        expected.addAll(IntStream.range(90, 100).boxed().toList());
        expected.add(200);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void shouldNeverShowHalfAnUpdateWhenReadersAndWritersMeet() throws Exception {
        letters.insertOne(new Document("_id", 1).append("a", 0).append("b", new Document("c", 0)));
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 3_000; i++) {
                letters.updateOne(eq("_id", 1), both());
            }
        });
        writer.start();

        while (writer.isAlive()) {
            Document found =
                    java.util.Objects.requireNonNull(letters.find(eq("_id", 1)).first());
            assertThat(found.getInteger("a")).isEqualTo(found.getEmbedded(List.of("b", "c"), Integer.class));
        }
        writer.join();
    }

    @Test
    void shouldUseAnotherUniqueIndexWhenItsKeysAreNamedAmongOthers() {
        letters.createIndex(new Document("client", 1), new com.mongodb.client.model.IndexOptions().unique(true));
        for (int i = 0; i < 20_000; i += 500) {
            int from = i;
            letters.insertMany(IntStream.range(from, from + 500)
                    .mapToObj(n ->
                            new Document("_id", n).append("client", "c" + n).append("v", 0))
                    .toList());
        }

        long modified = new Random(1)
                .ints(2_000, 0, 20_000)
                .distinct()
                .mapToLong(n -> letters.updateOne(and(eq("client", "c" + n), eq("v", 0)), set("v", 1))
                        .getModifiedCount())
                .sum();

        assertThat(letters.countDocuments(eq("v", 1))).isEqualTo(modified);
        assertThat(letters.find(and(eq("client", "c7"), lt("v", 5)))
                        .projection(include("client"))
                        .first())
                .isEqualTo(new Document("_id", 7).append("client", "c7"));
    }

    private static org.bson.conversions.Bson both() {
        return com.mongodb.client.model.Updates.combine(inc("a", 1), inc("b.c", 1));
    }

    private void insert(Object... ids) {
        letters.insertMany(Arrays.stream(ids).map(id -> new Document("_id", id)).toList());
    }

    private static List<Object> ids(FindIterable<Document> found) {
        return found.map(document -> document.get("_id")).into(new ArrayList<>());
    }

    @Test
    void shouldAnswerInBatchesThatFitAMessageWhenDocumentsHaveGrown() {
        int documents = 12;
        letters.insertMany(IntStream.range(0, documents)
                .mapToObj(i -> new Document("_id", i).append("text", ""))
                .toList());
        letters.updateMany(new Document(), set("text", "x".repeat(5 << 20)));

        List<Integer> found = new ArrayList<>();
        letters.find()
                .sort(new Document("_id", 1))
                .batchSize(1_000)
                .forEach(document -> found.add(document.getInteger("_id")));

        assertThat(found).isEqualTo(IntStream.range(0, documents).boxed().toList());
    }
}
