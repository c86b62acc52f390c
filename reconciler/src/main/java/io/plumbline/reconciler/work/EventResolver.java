package io.plumbline.reconciler.work;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.DeadLetters;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.RetryLaterException;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.OutboxTable.Reference;
import io.plumbline.stores.OutboxTable.Resolution;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.OutboxEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code outbox} to {@code case-events}: an event carries a source key, and is mapped to its entity before anything is
 * keyed by it. While the source is away the batch waits; an event of no entity becomes a dead letter.
 */
final class EventResolver implements BatchHandler<OutboxEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(EventResolver.class);

    private final Map<String, OutboxTable> datasets;
    private final Topics topics;
    private final DeadLetters deadLetters;
    private final WorkMeters metrics;

    EventResolver(Map<String, OutboxTable> datasets, Topics topics, WorkMeters metrics) {
        this.datasets = datasets;
        this.topics = topics;
        this.deadLetters = new DeadLetters("reconciler", topics);
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<OutboxEvent>> batch) {
        Map<String, List<Received<OutboxEvent>>> byDataset = new LinkedHashMap<>();
        for (Received<OutboxEvent> event : batch) {
            byDataset
                    .computeIfAbsent(event.value().dataset(), name -> new ArrayList<>())
                    .add(event);
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        try {
            byDataset.forEach((dataset, events) -> resolve(dataset, events, records));
        } catch (StoreUnavailableException away) {
            throw new RetryLaterException(away);
        }
        return records;
    }

    private void resolve(
            String dataset, List<Received<OutboxEvent>> events, List<ProducerRecord<byte[], byte[]>> records) {
        OutboxTable outbox = datasets.get(dataset);
        if (outbox == null) {
            String reason = "no dataset '" + dataset + "' with an outbox is configured";
            events.forEach(event -> records.add(deadLetter("unknown", event, reason)));
            return;
        }
        List<Reference> references = events.stream()
                .map(event ->
                        new Reference(event.value().aggregateId(), event.value().payload()))
                .toList();
        List<Resolution> resolutions = outbox.resolve(references);
        for (int i = 0; i < events.size(); i++) {
            records.add(record(dataset, events.get(i), resolutions.get(i)));
        }
    }

    private ProducerRecord<byte[], byte[]> record(
            String dataset, Received<OutboxEvent> received, Resolution resolution) {
        if (resolution.entity() == null) {
            return deadLetter(dataset, received, String.valueOf(resolution.reason()));
        }
        metrics.resolved(dataset, true);
        OutboxEvent event = received.value();
        return topics.caseEvents.toRecord(
                resolution.entity().text(),
                new CaseEvent.Changed(resolution.entity(), event.eventId(), event.position(), event.committedAt()));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(String dataset, Received<OutboxEvent> event, String reason) {
        LOG.warn("dead letter: {}-{} offset {}: {}", event.topic(), event.partition(), event.offset(), reason);
        metrics.resolved(dataset, false);
        return deadLetters.of(event, reason);
    }
}
