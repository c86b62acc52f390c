package io.plumbline.reconciler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.reconciler.feed.OutboxRowReader.Read;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.record.OutboxEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxRowReaderTest {

    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("aggregate_type", Schema.OPTIONAL_STRING_SCHEMA)
            .field("aggregate_id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
            .field("version", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("lsn", Schema.INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    @Test
    void shouldMakeAnEventOfARow() {
        OutboxEvent event = ((Read.Event) read("debt", "2007/255", "{\"a\": [1]}", "12")).event();

        assertThat(event.dataset()).isEqualTo("debts");
        assertThat(event.eventId()).isEqualTo("7");
        assertThat(event.aggregateId()).isEqualTo("2007/255");
        assertThat(String.valueOf(event.payload())).isEqualTo("{\"a\":[1]}");
        assertThat(event.version()).isEqualTo(12);
        assertThat(event.position()).isEqualTo(4_711);
        assertThat(event.committedAt()).isEqualTo(Instant.parse("2026-11-21T22:00:00.123Z"));
    }

    @Test
    void shouldDoWithoutPayloadAndVersion() {
        OutboxEvent event = ((Read.Event) read("debt", "1", null, null)).event();

        assertThat(event.payload()).isNull();
        assertThat(event.version()).isNull();
    }

    @Test
    void shouldLeaveOtherAggregateTypesOut() {
        assertThat(read("mail", "1", "{", "x")).isEqualTo(new Read.Others());
        assertThat(read(null, "1", "{}", "1")).isEqualTo(new Read.Others());
    }

    @Test
    void shouldSayWhyARowCannotBeUsed() {
        assertThat(((Read.Malformed) read("debt", null, "{}", "1")).reason()).isEqualTo("aggregate_id is null");
        assertThat(((Read.Malformed) read("debt", "1", "{not json", "1")).reason())
                .contains("payload is not JSON");
        assertThat(((Read.Malformed) read("debt", "1", "{}", "1.5")).reason())
                .isEqualTo("version is not a whole number: 1.5");
        assertThat(((Read.Malformed) read("debt", "1", "{}", "new")).id()).isEqualTo("7");
    }

    private static Read read(
            @Nullable String type, @Nullable String aggregateId, @Nullable String payload, @Nullable String version) {
        Struct row = new Struct(ROW)
                .put("id", 7L)
                .put("aggregate_type", type)
                .put("aggregate_id", aggregateId)
                .put("payload", payload)
                .put("version", version);
        Struct source = new Struct(SOURCE)
                .put("lsn", 4_711L)
                .put("ts_ms", Instant.parse("2026-11-21T22:00:00.123Z").toEpochMilli());
        OutboxConfig outbox = new OutboxConfig(
                "outbox",
                "id",
                "aggregate_type",
                "debt",
                "aggregate_id",
                null,
                "payload",
                "version",
                "processed_at",
                null,
                null,
                "id",
                List.of(),
                "plumbline_debts",
                "plumbline_debts",
                5);
        return new OutboxRowReader(new FeedConfig.Feed("debts", outbox, "debts-full", "debts-outbox-retry"))
                .read(row, source);
    }
}
