package io.plumbline.stores.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntities.ConditionalWrite;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.TestDataset;
import io.plumbline.stores.TestMongo;
import io.plumbline.stores.TestPostgres;
import io.plumbline.stores.mapping.MappedComparer;
import io.plumbline.stores.mongo.MongoTargetEntities;
import io.plumbline.stores.postgres.PostgresSourceRows;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every common type of column: written as it is planned, read back as equal, and seen where it differs. */
class ColumnTypesTest {

    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("int2", List.of("1", "-2", "{$numberInt: '1'}"));
        VALUES.put("int4", List.of("2147483647", "0", "{$numberInt: '2147483647'}"));
        VALUES.put("int8", List.of("9007199254740993", "9007199254740992", "{$numberLong: '9007199254740993'}"));
        VALUES.put("numeric", List.of("12.50", "12.51", "{$numberDecimal: '12.5'}"));
        VALUES.put(
                "numeric(30,10)",
                List.of("-12345678901234567890.5", "0", "{$numberDecimal: '-12345678901234567890.5'}"));
        VALUES.put("float4", List.of("0.1", "0.2", "{$numberDouble: '0.1'}"));
        VALUES.put("float8", List.of("0.1", "0.2", "{$numberDouble: '0.1'}"));
        VALUES.put("text", List.of("'Ünï\"code'", "'x'", "'Ünï\"code'"));
        VALUES.put("varchar(9)", List.of("'a b'", "'x'", "'a b'"));
        VALUES.put("char(5)", List.of("'ab'", "'x'", "'ab'"));
        VALUES.put("bool", List.of("true", "false", "true"));
        VALUES.put(
                "uuid",
                List.of(
                        "'0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'",
                        "'0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f7'",
                        "{$uuid: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'}"));
        VALUES.put("date", List.of("'2024-02-29'", "'2024-03-01'", "{$date: '2024-02-29T00:00:00Z'}"));
        VALUES.put(
                "timestamp",
                List.of(
                        "'2024-02-29 12:34:56.789123'",
                        "'2024-02-29 12:34:56.788'",
                        "{$date: '2024-02-29T12:34:56.789Z'}"));
        VALUES.put(
                "timestamptz",
                List.of(
                        "'2024-02-29 12:34:56.789+02'",
                        "'2024-02-29 12:34:56.789+03'",
                        "{$date: '2024-02-29T10:34:56.789Z'}"));
        VALUES.put(
                "jsonb",
                List.of(
                        "'{\"b\": [1, 2.5, null], \"a\": {\"c\": true}}'",
                        "'{\"b\": [1, 2.5]}'",
                        "{a: {c: true}, b: [{$numberInt: '1'}, {$numberDouble: '2.5'}, null]}"));
        VALUES.put("json", List.of("'\"text\"'", "'1'", "'text'"));
        VALUES.put("int4[]", List.of("'{1,2}'", "'{2,1}'", "[{$numberInt: '1'}, {$numberInt: '2'}]"));
        VALUES.put("text[]", List.of("'{a,null}'", "'{a}'", "['a', null]"));
        VALUES.put("timestamptz[]", List.of("'{2024-02-29 10:00:00+00}'", "'{}'", "[{$date: '2024-02-29T10:00:00Z'}]"));
        VALUES.put(
                "uuid[]",
                List.of(
                        "'{0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6}'",
                        "'{}'",
                        "[{$uuid: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'}]"));
        VALUES.put("bytea", List.of("'\\x00ff10'", "'\\x00ff11'", "{$binary: {base64: 'AP8Q', subType: '00'}}"));
        VALUES.put("mood", List.of("'happy'", "'sad'", "'happy'"));
        VALUES.put("email", List.of("'A@b.c'", "'a@b.d'", "'A@b.c'"));
        VALUES.put("time", List.of("'12:34:56'", "'12:34:57'", "'12:34:56'"));
        VALUES.put("inet", List.of("'10.0.0.1'", "'10.0.0.2'", "'10.0.0.1/32'"));
    }

    private final TestPostgres postgres = TestPostgres.newDatabase();
    private final TestMongo mongo = TestMongo.newDatabase();
    private final EntityKey key = EntityKey.of("all", "1");
    private PostgresSourceRows source = rows("none");
    private MongoTargetEntities target = entities();
    private ResolvedMapping mapping = mapping("none");

    @BeforeEach
    void createTypes() {
        postgres.execute(
                "CREATE TYPE mood AS ENUM ('happy', 'sad')",
                "CREATE DOMAIN email AS varchar(50) CHECK (value LIKE '%@%')");
    }

    private ResolvedMapping mapping(String table) {
        TestDataset dataset =
                TestDataset.documents(table, "all", null, "id").key("id", "_id", KeyPartConfig.Type.INTEGER);
        return new ResolvedMapping("all", dataset.field("v", "v").config(), postgres.source());
    }

    private PostgresSourceRows rows(String table) {
        mapping = mapping(table);
        return new PostgresSourceRows(mapping, postgres.source());
    }

    private MongoTargetEntities entities() {
        return new MongoTargetEntities(mapping, mongo.database());
    }

    private Look look() {
        return new MappedComparer(mapping).compare(source(), target());
    }

    private SourceEntity source() {
        return Objects.requireNonNull(source.find(List.of(key)).get(key));
    }

    private TargetEntity target() {
        return Objects.requireNonNull(target.find(List.of(key)).get(key));
    }

    private WriteResult repair() {
        return target.write(List.of(new ConditionalWrite(key, target(), source.plan(source()))))
                .getFirst();
    }

    @Test
    void shouldWriteReadBackAndTellApartEveryType() {
        int table = 0;
        for (Map.Entry<String, List<String>> type : VALUES.entrySet()) {
            String name = "types" + table++;
            String first = type.getValue().get(0);
            postgres.execute(
                    "CREATE TABLE " + name + " (id bigint PRIMARY KEY, v " + type.getKey() + ")",
                    "INSERT INTO " + name + " VALUES (1, " + first + ")");
            source = rows(name);
            target = entities();
            mongo.collection("all").deleteMany(new BsonDocument());

            assertThat(look().drift()).as(type.getKey()).isEqualTo(DriftClass.MISSING);
            assertThat(repair()).as(type.getKey()).isEqualTo(new WriteResult.Written());
            assertThat(mongo.collection("all").find().first())
                    .as(type.getKey())
                    .isEqualTo(BsonDocument.parse(
                            "{_id: {$numberLong: '1'}, v: " + type.getValue().get(2) + "}"));
            assertThat(look())
                    .as(type.getKey())
                    .extracting(Look::drift, Look::unreadable)
                    .containsOnlyNulls();
            assertThat(look().sourceContent()).as(type.getKey()).isEqualTo(look().targetContent());

            postgres.execute("UPDATE " + name + " SET v = " + type.getValue().get(1));
            assertThat(look().drift()).as(type.getKey()).isEqualTo(DriftClass.DIFFERENT);
            assertThat(look().differences())
                    .as(type.getKey())
                    .extracting(FieldDifference::kind)
                    .containsAnyOf("value", "type");
            assertThat(repair()).as(type.getKey()).isEqualTo(new WriteResult.Written());
            assertThat(look().drift()).as(type.getKey()).isNull();

            postgres.execute("UPDATE " + name + " SET v = NULL");
            assertThat(look().differences())
                    .as(type.getKey())
                    .extracting(FieldDifference::kind)
                    .containsExactly("null-against-value");
            assertThat(repair()).as(type.getKey()).isEqualTo(new WriteResult.Written());
            assertThat(look().drift()).as(type.getKey()).isNull();
        }
    }
}
