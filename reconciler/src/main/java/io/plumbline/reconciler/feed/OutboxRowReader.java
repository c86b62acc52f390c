package io.plumbline.reconciler.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.OutboxEvent;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes an event of an outbox row as change capture saw it inserted. */
final class OutboxRowReader {

    private final String dataset;
    private final OutboxConfig outbox;

    OutboxRowReader(FeedConfig.Feed feed) {
        this.dataset = feed.dataset();
        this.outbox = feed.outbox();
    }

    /** What a row is. */
    sealed interface Read {
        /** An event of this dataset. */
        record Event(OutboxEvent event) implements Read {}

        /** A row of another aggregate type. */
        record Others() implements Read {}

        /** A row that cannot be used, with why. */
        record Malformed(@Nullable String id, String reason) implements Read {}
    }

    /**
     * @param row the row's columns
     * @param source Debezium's block about where it comes from
     */
    Read read(Struct row, Struct source) {
        String type = text(row, outbox.aggregateType());
        if (outbox.aggregateTypeValue() != null && !outbox.aggregateTypeValue().equals(type)) {
            return new Read.Others();
        }
        String id = text(row, outbox.id());
        String aggregateId = text(row, outbox.aggregateId());
        if (id == null || aggregateId == null) {
            return new Read.Malformed(id, (id == null ? outbox.id() : outbox.aggregateId()) + " is null");
        }
        try {
            return new Read.Event(new OutboxEvent(
                    dataset,
                    id,
                    type,
                    aggregateId,
                    text(row, outbox.eventType()),
                    json(text(row, outbox.payload())),
                    number(text(row, outbox.version())),
                    source.getInt64("lsn"),
                    Instant.ofEpochMilli(source.getInt64("ts_ms"))));
        } catch (UncheckedIOException e) {
            return new Read.Malformed(id, outbox.payload() + " is not JSON: " + e.getMessage());
        } catch (ArithmeticException | NumberFormatException e) {
            return new Read.Malformed(id, outbox.version() + " is not a whole number: " + text(row, outbox.version()));
        }
    }

    private static @Nullable String text(Struct row, @Nullable String column) {
        Object value = column == null ? null : row.get(column);
        return switch (value) {
            case null -> null;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case ByteBuffer bytes ->
                StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
            default -> value.toString();
        };
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.parse(text, JsonNode.class);
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text.strip()).longValueExact();
    }
}
