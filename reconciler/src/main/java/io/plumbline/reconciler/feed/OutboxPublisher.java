package io.plumbline.reconciler.feed;

import io.debezium.data.Envelope;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.plumbline.runtime.DeadLetters;
import io.plumbline.runtime.RecordTransactions;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what change capture has read, batch by batch:
 *
 * <ol>
 *   <li>rows become events; malformed ones dead letters; other aggregate types' are left out;
 *   <li>events and the position behind them are committed in one transaction;
 *   <li>only then capture is told, which lets the server remove its log.
 * </ol>
 */
final class OutboxPublisher implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    static final String APP = "plumbline-outbox-feed";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxPublisher.class);

    private final FeedConfig.Feed feed;
    private final Topics topics;
    private final RecordTransactions transactions;
    private final FeedMetrics metrics;
    private final OutboxRowReader reader;
    private final DeadLetters deadLetters;
    private FeedPosition position;

    OutboxPublisher(
            FeedConfig.Feed feed,
            Topics topics,
            RecordTransactions transactions,
            FeedMetrics metrics,
            FeedPosition position) {
        this.feed = feed;
        this.topics = topics;
        this.transactions = transactions;
        this.metrics = metrics;
        this.position = position;
        reader = new OutboxRowReader(feed);
        deadLetters = new DeadLetters(APP, topics);
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size() + 1);
        for (RecordChangeEvent<SourceRecord> change : batch) {
            ProducerRecord<byte[], byte[]> record = record(change.record());
            if (record != null) {
                records.add(record);
            }
        }
        RecordChangeEvent<SourceRecord> last = batch.getLast();
        commit(records, last.record().sourceOffset());
        committer.markProcessed(last);
        committer.markBatchFinished();
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> records, Map<String, ?> offset)
            throws InterruptedException {
        FeedPosition reached = position.at(offset);
        if (records.isEmpty() && reached.equals(position)) {
            return;
        }
        records.add(topics.outboxPositions.toRecord(feed.dataset(), reached.json()));
        transactions.commit(records);
        position = reached;
    }

    /** {@code null} for what is nobody's: heartbeats and other aggregate types. */
    private @Nullable ProducerRecord<byte[], byte[]> record(SourceRecord change) {
        if (!(change.value() instanceof Struct value) || value.schema().field(Envelope.FieldName.AFTER) == null) {
            return null;
        }
        Struct row = value.getStruct(Envelope.FieldName.AFTER);
        if (row == null) {
            return null;
        }
        Struct source = value.getStruct(Envelope.FieldName.SOURCE);
        return switch (reader.read(row, source)) {
            case OutboxRowReader.Read.Event read -> {
                metrics.published(feed.dataset(), read.event().committedAt());
                yield topics.outbox.toRecord(read.event().aggregateId(), read.event());
            }
            case OutboxRowReader.Read.Malformed malformed -> {
                metrics.malformed(feed.dataset());
                yield deadLetter(malformed, row, source.getInt64("lsn"));
            }
            case OutboxRowReader.Read.Others others -> null;
        };
    }

    private ProducerRecord<byte[], byte[]> deadLetter(OutboxRowReader.Read.Malformed row, Struct columns, long lsn) {
        String table = feed.outbox().table();
        LOG.warn("dead letter: row {} of {}, dataset {}: {}", row.id(), table, feed.dataset(), row.reason());
        return deadLetters.record(
                new DeadLetter(APP, table, 0, lsn, row.id(), row.reason(), columns.toString(), false));
    }
}
