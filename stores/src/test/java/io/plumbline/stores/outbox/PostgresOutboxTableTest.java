package io.plumbline.stores.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.stores.Content;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.TestPostgres;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresOutboxTableTest {

    private static final String ROWS =
            "SELECT id, processed_at IS NOT NULL, retry_count, error_message FROM outbox_messages ORDER BY id";

    private final TestPostgres database = TestPostgres.newDatabase();
    private final KnownKeys source = new KnownKeys();

    @BeforeEach
    void createTables() {
        database.execute("""
                CREATE TABLE incoming_emails (
                  id bigint PRIMARY KEY, client text, sync_status varchar(10) DEFAULT 'pending',
                  changed timestamptz NOT NULL DEFAULT '2026-03-01 12:00:00+00')
                """, """
                CREATE TABLE outbox_messages (
                  id bigint PRIMARY KEY, aggregate_type text, aggregate_id text, payload text,
                  processed_at timestamp, retry_count int, error_message varchar(12))
                """, "CREATE TABLE idempotency_keys (key text, expires_at timestamp)");
    }

    @Test
    void shouldPageThroughUnprocessedRowsBelowTheirLimit() {
        source.put("10", "c1");
        row(1, "email", "10", null);
        row(2, "email", "10", null);
        row(3, "other", "10", null);
        row(4, "email", "10", null);
        row(5, "email", "10", null);
        row(10, "email", "10", null);
        database.execute(
                "UPDATE outbox_messages SET retry_count = 5 WHERE id = 2",
                "UPDATE outbox_messages SET retry_count = 4 WHERE id = 5",
                "UPDATE outbox_messages SET processed_at = now() WHERE id = 4");

        OutboxTable.Page first = table().unprocessed(null, 2);
        OutboxTable.Page second = table().unprocessed(first.cursor(), 2);

        assertThat(first.entities())
                .containsOnlyKeys(new OutboxRow("1", 0), new OutboxRow("5", 4))
                .containsValue(EntityKey.of("mail", "c1"));
        assertThat(first.cursor()).isEqualTo("5");
        assertThat(second.entities()).containsOnlyKeys(new OutboxRow("10", 0));
        assertThat(second.cursor()).isNull();
    }

    @Test
    void shouldResolveByPayloadFirstAndThenThroughTheSource() {
        source.put("10", "from source");
        row(1, "email", "10", "{\"client\": {\"name\": \" From Payload \"}}");
        row(2, "email", "10", "{\"client\": null}");
        row(3, "email", "10", "no { json");
        row(4, "email", "11", null);

        OutboxTable.Page page = table(TestOutbox.payloadKey("/client/name")).unprocessed(null, 10);

        assertThat(page.entities())
                .containsExactly(
                        Map.entry(new OutboxRow("1", 0), EntityKey.of("mail", "from payload")),
                        Map.entry(new OutboxRow("2", 0), EntityKey.of("mail", "from source")),
                        Map.entry(new OutboxRow("3", 0), EntityKey.of("mail", "from source")));
        assertThat(page.unresolved()).containsOnlyKeys(new OutboxRow("4", 0));
        assertThat(page.unresolved().get(new OutboxRow("4", 0))).contains("id").contains("/client/name");
    }

    @Test
    void shouldMarkWhatWasSeenAndOnlyWhereItIsAsItWasRead() {
        email(10);
        email(11);
        row(1, "email", "10", null);
        row(2, "email", "11", null);
        row(3, "email", "11", null);
        database.execute("UPDATE incoming_emails SET changed = '2026-03-01 12:00:01+00' WHERE id = 11");

        int marked = table().markProcessed(List.of(
                seen("c1", "2026-03-01 12:00:00+00", new OutboxRow("1", 0)),
                seen("c2", "2026-03-01 12:00:00+00", new OutboxRow("2", 0))));

        assertThat(marked).isEqualTo(2);
        assertThat(database.rows(ROWS)).containsExactly("1|t|null|null", "2|t|null|null", "3|f|null|null");
        assertThat(database.rows("SELECT id, sync_status FROM incoming_emails ORDER BY id"))
                .containsExactly("10|synced", "11|pending");
        assertThat(database.rows("SELECT abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - processed_at)) < 60"
                        + " FROM outbox_messages WHERE id = 1"))
                .containsExactly("t");
    }

    @Test
    void shouldMarkOnceOnly() {
        email(10);
        row(1, "email", "10", null);
        SourceEntity seen = seen("c1", "2026-03-01 12:00:00+00", new OutboxRow("1", 0));

        assertThat(table().markProcessed(List.of(seen))).isEqualTo(1);
        assertThat(table().markProcessed(List.of(seen))).isZero();
        assertThat(table().markProcessed(List.of())).isZero();
    }

    @Test
    void shouldSetFailuresAndNotIncrementThem() {
        row(1, "email", "10", null);
        row(2, "email", "10", null);
        row(3, "email", "10", null);
        database.execute(
                "UPDATE outbox_messages SET retry_count = 2 WHERE id = 2",
                "UPDATE outbox_messages SET processed_at = now() WHERE id = 3");
        List<OutboxRow> rows = List.of(new OutboxRow("1", 0), new OutboxRow("2", 2), new OutboxRow("3", 0));

        assertThat(table().markFailed(rows, "too long a reason\0")).isEqualTo(2);
        assertThat(table().markFailed(rows, "again")).isZero();

        assertThat(database.rows(ROWS)).containsExactly("1|f|1|too long a r", "2|f|3|too long a r", "3|t|null|null");
    }

    @Test
    void shouldCleanUpInBatches() {
        for (int id = 1; id <= 5; id++) {
            row(id, id == 5 ? "other" : "email", "10", null);
        }
        database.execute(
                "UPDATE outbox_messages SET processed_at = now() AT TIME ZONE 'UTC' - interval '31 days'",
                "UPDATE outbox_messages SET processed_at = now() AT TIME ZONE 'UTC' - interval '29 days' WHERE id = 4",
                "INSERT INTO idempotency_keys SELECT i, now() AT TIME ZONE 'UTC' + i * interval '1 minute'"
                        + " FROM generate_series(-3, 3) i");

        assertThat(table().deleteProcessed(Duration.ofDays(30), 2)).isEqualTo(2);
        assertThat(table().deleteProcessed(Duration.ofDays(30), 2)).isEqualTo(1);
        assertThat(table().deleteProcessed(Duration.ofDays(30), 2)).isZero();
        assertThat(table().deleteExpiredKeys(100)).isBetween(3, 4);
        assertThat(database.rows("SELECT id FROM outbox_messages ORDER BY id")).containsExactly("4", "5");
    }

    @Test
    void shouldAcceptATableOnWhichMarksMoveNothing() {
        assertThatCode(() -> table().verifyMarks()).doesNotThrowAnyException();
        email(10);
        assertThatCode(() -> table().verifyMarks()).doesNotThrowAnyException();
        assertThat(database.rows("SELECT sync_status FROM incoming_emails")).containsExactly("pending");
    }

    @Test
    void shouldRefuseATableOnWhichAMarkMovesTheOrderColumn() {
        email(10);
        database.execute(
                """
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN NEW.changed := clock_timestamp(); RETURN NEW; END$$
                """, "CREATE TRIGGER touch BEFORE UPDATE ON incoming_emails FOR EACH ROW EXECUTE FUNCTION touch()");

        assertThatThrownBy(() -> table().verifyMarks())
                .isInstanceOf(StoresConfigException.class)
                .hasMessageContaining("moves its order column 'changed'");
        assertThat(database.rows("SELECT sync_status, changed = '2026-03-01 12:00:00+00' FROM incoming_emails"))
                .containsExactly("pending|t");
    }

    @Test
    void shouldNameEveryColumnThatIsNotThere() {
        database.execute(
                "ALTER TABLE outbox_messages DROP COLUMN payload, DROP COLUMN retry_count",
                "DROP TABLE idempotency_keys");

        assertThatThrownBy(() -> table().verifyMarks())
                .isInstanceOf(StoresConfigException.class)
                .hasMessageContainingAll("'payload'", "'retry_count'", "'idempotency_keys'");
    }

    @Test
    void shouldNotWaitForRowsThatTheApplicationHolds() throws Exception {
        email(10);
        row(1, "email", "10", null);
        row(2, "email", "10", null);
        try (var application = database.source().getConnection();
                var statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("UPDATE incoming_emails SET client = 'new' WHERE id = 10");
            statement.execute("UPDATE outbox_messages SET payload = 'new' WHERE id = 1");

            int marked = table().markProcessed(List.of(
                    seen("c1", "2026-03-01 12:00:00+00", new OutboxRow("1", 0), new OutboxRow("2", 0))));

            assertThat(marked).isEqualTo(1);
            application.rollback();
        }
        assertThat(database.rows("SELECT sync_status FROM incoming_emails")).containsExactly("pending");
    }

    private OutboxTable table() {
        return table(TestOutbox.payloadKey());
    }

    private OutboxTable table(TestOutbox outbox) {
        return new PostgresOutboxTable("mail", outbox.dataset(), outbox.outbox(), database.source(), source);
    }

    private void row(int id, String type, String aggregateId, @Nullable String payload) {
        database.execute(
                "INSERT INTO outbox_messages (id, aggregate_type, aggregate_id, payload) VALUES (%d, '%s', '%s', %s)"
                        .formatted(id, type, aggregateId, payload == null ? "NULL" : "'" + payload + "'"));
    }

    private void email(int id) {
        database.execute("INSERT INTO incoming_emails (id) VALUES (" + id + ")");
    }

    private static SourceEntity seen(String key, String order, OutboxRow... rows) {
        return new SourceEntity(EntityKey.of("mail", key), null, order, Arrays.asList(rows), null);
    }

    /** Source keys with their entities. */
    private static final class KnownKeys implements SourceRows {

        private final Map<String, EntityKey> known = new HashMap<>();

        void put(String sourceKey, String part) {
            known.put(sourceKey, EntityKey.of("mail", part));
        }

        @Override
        public Map<EntityKey, SourceEntity> find(Collection<EntityKey> keys) {
            throw new UnsupportedOperationException("the outbox table asks for no content");
        }

        @Override
        public Map<String, EntityKey> resolve(Collection<String> sourceKeys) {
            Map<String, EntityKey> found = new HashMap<>(known);
            found.keySet().retainAll(sourceKeys);
            return found;
        }

        @Override
        public Content plan(SourceEntity entity) {
            throw new UnsupportedOperationException("the outbox table plans nothing");
        }
    }
}
